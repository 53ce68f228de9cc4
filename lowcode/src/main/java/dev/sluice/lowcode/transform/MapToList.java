package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the map in a field a list of names and values. */
final class MapToList implements Step {
    private final String field;

    MapToList(Component component) {
        this.field = component.text("field");
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        List<Object> entries = new ArrayList<>();
        Values.mapOrEmpty(Values.member(record, field))
                .forEach((name, value) -> entries.add(entry("name", name, value)));
        record.put(field, entries);
    }

    static Map<Object, Object> entry(String key, Object name, Object value) {
        Map<Object, Object> entry = new LinkedHashMap<>();
        entry.put(key, name);
        entry.put("value", value);
        return entry;
    }
}
