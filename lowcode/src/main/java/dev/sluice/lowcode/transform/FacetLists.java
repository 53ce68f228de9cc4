package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes maps that have data for keys, such as the criteria of an audience, lists of {@code type} and {@code values}. */
final class FacetLists implements Step {
    private final Component component;

    FacetLists(Component component) {
        this.component = component;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        if (!(record.get(component.text("field")) instanceof Map<?, ?> found)) {
            return;
        }
        Map<Object, Object> criteria = Values.asMap(found);
        if (criteria.containsKey("include")) {
            List<Object> all = new ArrayList<>();
            for (Object each : Values.items(Dpath.get(criteria, List.of("include", "and"), List.of()))) {
                all.addAll(facets(Values.member(each, "or")));
            }
            criteria.put("include", new LinkedHashMap<>(Map.of("and", all)));
        }
        if (criteria.containsKey("exclude")) {
            List<Object> all = facets(Dpath.get(criteria, List.of("exclude", "or"), None.NONE));
            criteria.put("exclude", new LinkedHashMap<>(Map.of("or", all)));
        }
    }

    private static List<Object> facets(Object map) {
        List<Object> facets = new ArrayList<>();
        Values.mapOrEmpty(map).forEach((type, value) -> {
            Map<Object, Object> facet = new LinkedHashMap<>();
            facet.put("type", type);
            facet.put("values", value instanceof Map<?, ?> ? new ArrayList<>(List.of(value)) : listed(value));
            facets.add(facet);
        });
        return facets;
    }

    private static List<Object> listed(Object value) {
        boolean known = value instanceof List<?> list
                && !list.isEmpty()
                && (list.getFirst() instanceof String || list.getFirst() instanceof Map<?, ?>);
        return known ? new ArrayList<>(Values.items(value)) : new ArrayList<>();
    }
}
