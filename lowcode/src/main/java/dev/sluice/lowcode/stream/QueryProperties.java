package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.transform.Transformations;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Properties that a service wants named in a request, in parts if there are too many for one. */
final class QueryProperties {
    /** A stream that names none. */
    static final QueryProperties NONE = new QueryProperties(Optional.empty(), List::of, Optional.empty());

    private final Optional<Component> component;
    private final Supplier<List<Object>> listed;
    private final Optional<Set<Object>> wanted;

    /**
     * What of a stream is read.
     *
     * @param fields its fields; empty where all of them are
     * @param surroundings what evaluates how they are renamed
     */
    record Selection(Optional<Set<String>> fields, Surroundings surroundings) {
        /** The properties of the service that the fields are made of; empty if all are asked for. */
        private Optional<Set<Object>> of(Component properties) {
            Optional<Component> selector = properties.optional("property_selector");
            if (selector.isPresent() && !selector.get().type().equals("JsonSchemaPropertySelector")) {
                throw selector.get().unsupported();
            }
            return selector.flatMap(there -> fields.map(names -> {
                Map<Object, Object> renamed = new LinkedHashMap<>();
                names.forEach(name -> renamed.put(name, None.NONE));
                new Transformations(there.all("transformations"), surroundings).apply(renamed, StreamSlice.WHOLE);
                return renamed.keySet();
            }));
        }
    }

    private QueryProperties(
            Optional<Component> component, Supplier<List<Object>> listed, Optional<Set<Object>> wanted) {
        this.component = component;
        this.listed = listed;
        this.wanted = wanted;
    }

    /** The properties that the parameters of a requester name. */
    static QueryProperties of(Component requester, Supplier<List<Object>> fromEndpoint, Selection selection) {
        Object parameters = requester.raw("request_parameters");
        for (Map.Entry<Object, Object> entry : Values.mapOrEmpty(parameters).entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> map && "QueryProperties".equals(map.get("type"))) {
                Component found =
                        new Component(Values.asMap(map), requester.where() + "/request_parameters/" + entry.getKey());
                boolean fixed = found.raw("property_list") instanceof List<?>;
                return new QueryProperties(
                        Optional.of(found),
                        fixed ? () -> found.list("property_list") : fromEndpoint,
                        selection.of(found));
            }
        }
        return requester
                .optional("query_properties")
                .map(found ->
                        new QueryProperties(Optional.of(found), () -> found.list("property_list"), selection.of(found)))
                .orElse(NONE);
    }

    /** The slice once for each part of the properties. */
    List<StreamSlice> chunks(StreamSlice slice) {
        if (component.isEmpty()) {
            return List.of(slice);
        }
        List<Object> always = component.get().list("always_include_properties");
        Optional<Component> chunking = component.get().optional("property_chunking");
        long most = chunking.map(rule -> rule.whole("property_limit").orElse(Long.MAX_VALUE))
                .orElse(Long.MAX_VALUE);
        boolean counts = chunking.filter(
                        rule -> rule.text("property_limit_type").equals("property_count"))
                .isPresent();
        List<StreamSlice> slices = new ArrayList<>();
        List<Object> open = new ArrayList<>(always);
        long size = 0;
        for (Object property : listed.get()) {
            if (wanted.isPresent() && !wanted.get().contains(property)) {
                continue;
            }
            long more = counts ? 1 : Values.str(property).length() + 3L;
            if (size + more > most && open.size() > always.size()) {
                slices.add(slice.withExtra("query_properties", List.copyOf(open)));
                open = new ArrayList<>(always);
                size = 0;
            }
            open.add(property);
            size += more;
        }
        slices.add(slice.withExtra("query_properties", List.copyOf(open)));
        return slices;
    }

    /** Puts the parts of records together that came with different properties. */
    void merge(List<Map<Object, Object>> records, List<Map<Object, Object>> more) {
        if (component.isEmpty() || records.isEmpty()) {
            records.addAll(more);
            return;
        }
        String key = component
                .get()
                .optional("property_chunking")
                .flatMap(rule -> rule.optional("record_merge_strategy"))
                .map(rule -> rule.text("key", "id"))
                .orElse("id");
        Map<Object, Map<Object, Object>> known = new LinkedHashMap<>();
        records.forEach(record -> known.put(Values.member(record, key), record));
        for (Map<Object, Object> part : more) {
            Object id = Values.member(part, key);
            Map<Object, Object> record = id instanceof None ? null : known.get(id);
            if (record == null) {
                records.add(part);
            } else {
                deepMerge(record, part);
            }
        }
    }

    private static void deepMerge(Map<Object, Object> into, Map<Object, Object> more) {
        more.forEach((key, value) -> {
            if (into.get(key) instanceof Map<?, ?> before && value instanceof Map<?, ?> map) {
                deepMerge(Values.asMap(before), Values.asMap(map));
            } else {
                into.put(key, value);
            }
        });
    }
}
