package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of which an answer lists the names of the fields once and the values of all one after the other. A record with a null
 * value ends them, as in the connector that this is for.
 */
final class KeyValueExtractor implements Extractor {
    private final Extractor keys;
    private final Extractor values;

    KeyValueExtractor(Component component, Surroundings surroundings) {
        this.keys = Extractor.of(component.required("keys_extractor"), surroundings);
        this.values = Extractor.of(component.required("values_extractor"), surroundings);
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<Object> names = keys.records(elements);
        List<Object> all = values.records(elements);
        List<Object> records = new ArrayList<>();
        for (int from = 0; !names.isEmpty() && from + names.size() <= all.size(); from += names.size()) {
            Map<Object, Object> record = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                record.put(names.get(i), all.get(from + i));
            }
            if (record.containsValue(None.NONE)) {
                return records;
            }
            records.add(record);
        }
        return records;
    }
}
