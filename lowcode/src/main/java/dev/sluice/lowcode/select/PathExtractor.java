package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records at a path, and what lies in a field of each of them if that is wanted instead. */
final class PathExtractor implements Extractor {
    private final Component component;
    private final Surroundings surroundings;

    PathExtractor(Component component, Surroundings surroundings) {
        this.component = component;
        this.surroundings = surroundings;
    }

    @Override
    public List<Object> records(List<Object> elements) {
        Scope scope = surroundings.scope(component.parameters());
        List<String> path = new ArrayList<>();
        for (String part : component.texts("field_path")) {
            path.add(surroundings.templates().text(part, scope));
        }
        List<Object> records = new ArrayList<>();
        for (Object element : elements) {
            Object found = path.isEmpty()
                    ? element
                    : Dpath.hasPattern(path) ? Dpath.all(element, path) : Dpath.get(element, path, List.of());
            if (found instanceof List<?> list) {
                records.addAll(list);
            } else if (Values.truthy(found)) {
                records.add(found);
            }
        }
        return component
                .optional("record_expander")
                .map(expander -> expanded(expander, records))
                .orElse(records);
    }

    private static List<Object> expanded(Component expander, List<Object> records) {
        List<String> path = expander.texts("expand_records_from_field");
        boolean keeps = expander.truth("remain_original_record", false);
        boolean emits = expander.text("on_no_records", "skip").equals("emit_parent");
        List<Object> all = new ArrayList<>();
        for (Object record : records) {
            List<Object> found =
                    Dpath.hasPattern(path) ? Dpath.all(record, path) : List.of(Dpath.get(record, path, List.of()));
            int before = all.size();
            for (Object each : found) {
                Values.items(each instanceof List<?> ? each : List.of(each))
                        .forEach(item -> all.add(child(item, record, keeps)));
            }
            if (all.size() == before && emits) {
                all.add(record);
            }
        }
        return all;
    }

    private static Object child(Object item, Object record, boolean keeps) {
        if (!keeps) {
            return item;
        }
        Map<Object, Object> child =
                item instanceof Map<?, ?> map ? Values.copyMap(map) : new LinkedHashMap<>(Map.of("value", item));
        child.put("original_record", Values.copy(record));
        return child;
    }
}
