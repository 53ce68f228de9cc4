package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of an answer in the manner of <a href="https://jsonapi.org/format/#document-compound-documents">JSON:API</a>: what
 * their relationships point at lies beside them in {@code included}, and is put where it is pointed at.
 */
final class IncludedExtractor implements Extractor {
    private final Extractor records;

    IncludedExtractor(Component component, Surroundings surroundings) {
        this.records = new PathExtractor(component, surroundings);
    }

    @Override
    public List<Object> records(List<Object> elements) {
        Map<String, Map<Object, Object>> included = new HashMap<>();
        for (Object element : elements) {
            if (Values.member(element, "included") instanceof List<?> list) {
                Values.asList(list).forEach(each -> included.put(identity(each), Values.mapOrEmpty(each)));
            }
        }
        List<Object> found = records.records(elements);
        for (Object record : found) {
            Values.mapOrEmpty(Values.member(record, "relationships"))
                    .values()
                    .forEach(relationship -> complete(Values.member(relationship, "data"), included));
        }
        return found;
    }

    private static String identity(Object resource) {
        return JsonValues.canonical(Tuple.of(Values.member(resource, "type"), Values.member(resource, "id")));
    }

    private static void complete(Object pointers, Map<String, Map<Object, Object>> included) {
        if (pointers instanceof List<?> list) {
            Values.asList(list).forEach(each -> complete(each, included));
        } else if (pointers instanceof Map<?, ?> pointer) {
            Map<Object, Object> resource = included.get(identity(pointer));
            if (resource != null) {
                Values.asMap(pointer).putAll(Values.mapOrEmpty(Values.member(resource, "attributes")));
                Object inner = resource.get("relationships");
                if (inner != null) {
                    Values.asMap(pointer).put("relationships", inner);
                }
            }
        }
    }
}
