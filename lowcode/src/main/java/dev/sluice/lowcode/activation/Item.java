package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.value.None;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record that is to be sent.
 *
 * @param row its place in the batch
 * @param record its fields
 * @param rendered what is sent of it
 * @param key the number of its key; 0 if it has none
 * @param print the number of all of it
 */
record Item(int row, Map<Object, Object> record, Object rendered, long key, long print) {
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
