package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.value.None;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that is to be sent.
 *
 * @param row its place in the batch
 * @param record its fields
 * @param rendered what is sent of it
 * @param key the number of its key; 0 if it has none
 * @param print the number of all of it
 * @param found what the system has of it; null if it was not asked, or has none
 */
record Item(
        int row,
        Map<Object, Object> record,
        Object rendered,
        long key,
        long print,
        @Nullable Found found) {
    /** An object that the system has, and its place in the list that told it. */
    record Found(Object item, long index) {}

    /** The same record, sent otherwise. */
    Item with(@Nullable Found other, Object otherwise) {
        return new Item(row, record, otherwise, key, print, other);
    }

    /** What it is found by: the value of a single field, those of several in a map, and nothing without any. */
    Object key(List<String> names) {
        return key(record, names);
    }

    /** The same of a record. */
    static Object key(Map<Object, Object> record, List<String> names) {
        if (names.size() == 1) {
            return record.getOrDefault(names.getFirst(), None.NONE);
        }
        Map<Object, Object> several = new LinkedHashMap<>();
        names.forEach(name -> several.put(name, record.getOrDefault(name, None.NONE)));
        return names.isEmpty() ? None.NONE : several;
    }
}
