package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Partitions by lists that are cut into pieces, as a service takes so many values at once: each piece of one with each of the
 * others. A list that is not there has no key.
 */
final class Chunks implements Router {
    private final Component component;
    private final Surroundings surroundings;

    Chunks(Component component, Surroundings surroundings) {
        this.component = component;
        this.surroundings = surroundings;
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        List<Map<Object, Object>> partitions = new ArrayList<>();
        partitions.add(new LinkedHashMap<>());
        for (String field : component.texts("lists")) {
            List<Object> values = values(field);
            if (values.isEmpty()) {
                continue;
            }
            int size = (int) component.whole("size").orElse(1);
            List<Map<Object, Object>> more = new ArrayList<>();
            for (Map<Object, Object> left : partitions) {
                for (int from = 0; from < values.size(); from += size) {
                    Map<Object, Object> joined = new LinkedHashMap<>(left);
                    joined.put(field + "_chunk", values.subList(from, Math.min(values.size(), from + size)));
                    more.add(joined);
                }
            }
            partitions = more;
        }
        return partitions.stream()
                .map(partition -> new StreamSlice(partition, Map.of(), Map.of()))
                .iterator();
    }

    private List<Object> values(String field) {
        Object given = component.raw(field);
        Object value = given instanceof String template
                ? surroundings.templates().value(template, surroundings.scope(component.parameters()))
                : given;
        return value instanceof List<?> list ? Values.asList(list) : List.of();
    }
}
