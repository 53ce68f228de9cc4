package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The streams of a manifest: those that stand in it, and those that it makes from the configuration or a service. */
public final class StreamList {
    private final Manifest manifest;
    private final Surroundings surroundings;
    private final StreamBuilder builder;

    /** The streams of a source. */
    public StreamList(Manifest manifest, Surroundings surroundings, StreamBuilder builder) {
        this.manifest = manifest;
        this.surroundings = surroundings;
        this.builder = builder;
    }

    /** All of them, in order. Asks the service for those that it tells. */
    public List<Component> all() {
        List<Component> streams = fixed();
        int place = 0;
        for (Component dynamic : manifest.root().all("dynamic_streams")) {
            streams.addAll(made(dynamic, place++));
        }
        requireNew(streams);
        return streams;
    }

    /** Those that stand in the manifest. */
    public List<Component> fixed() {
        List<Component> streams = new ArrayList<>();
        for (Component stream : manifest.root().all("streams")) {
            if (!stream.type().equals("ConditionalStreams")) {
                streams.add(stream);
            } else if (surroundings.templates().holds(stream.text("condition"), surroundings.scope())) {
                streams.addAll(stream.all("streams"));
            }
        }
        return streams;
    }

    private static void requireNew(List<Component> streams) {
        Set<String> names = new HashSet<>();
        for (Component stream : streams) {
            if (!names.add(stream.text("name", ""))) {
                throw Problem.of(
                                "E_MANIFEST",
                                ProblemKind.CONFIG,
                                "two streams of the manifest have the name " + stream.text("name", ""))
                        .at(stream.where())
                        .exception();
            }
        }
    }

    /** The name of a group of streams that the manifest makes. */
    public static String group(Component dynamic, int place) {
        return dynamic.text("name", "dynamic_stream_" + place);
    }

    /** The streams that a template of the manifest makes. */
    public List<Component> made(Component dynamic, int place) {
        Component resolver = dynamic.required("components_resolver");
        List<Object> values = switch (resolver.type()) {
            case "HttpComponentsResolver" -> {
                List<Object> all = new ArrayList<>();
                builder.records(resolver.required("retriever")).forEachRemaining(all::addAll);
                yield all;
            }
            case "ConfigComponentsResolver" -> configured(resolver);
            case "ParametrizedComponentsResolver" ->
                new ArrayList<>(resolver.required("stream_parameters").list("list_of_parameters_for_stream"));
            default -> throw resolver.unsupported();
        };
        List<Component> streams = new ArrayList<>();
        for (Object each : values) {
            Map<Object, Object> template =
                    Values.copyMap(dynamic.required("stream_template").values());
            resolver.all("components_mapping").forEach(mapping -> map(mapping, resolver, template, each));
            Map<Object, Object> stream =
                    Manifest.propagated(template, "DynamicDeclarativeStream.stream_template", Map.of());
            streams.add(new Component(stream, dynamic.where() + "/" + group(dynamic, place)));
        }
        return streams;
    }

    /** Each combination of what the configuration lists. */
    private List<Object> configured(Component resolver) {
        List<List<Object>> lists = new ArrayList<>();
        for (Component config : resolver.all("stream_config")) {
            Object found = surroundings.configAt(config.texts("configs_pointer"));
            List<Object> items = new ArrayList<>(found instanceof List<?> list ? list : List.of());
            items.addAll(config.list("default_values"));
            lists.add(items);
        }
        List<Object> combined = new ArrayList<>();
        combined.add(new LinkedHashMap<>());
        for (int i = 0; i < lists.size(); i++) {
            List<Object> more = new ArrayList<>();
            for (Object left : combined) {
                for (int k = 0; k < lists.get(i).size(); k++) {
                    Map<Object, Object> merged = new LinkedHashMap<>(Values.mapOrEmpty(left));
                    Object item = lists.get(i).get(k);
                    if (item instanceof Map<?, ?> map) {
                        merged.putAll(map);
                    } else {
                        merged.put("source_config_" + i, new Tuple(List.of((long) k, item)));
                    }
                    more.add(merged);
                }
            }
            combined = more;
        }
        return combined;
    }

    private void map(Component mapping, Component resolver, Map<Object, Object> template, Object components) {
        Templates templates = surroundings.templates();
        Scope scope = surroundings
                .scope(mapping.parameters())
                .with("components_values", components)
                .with("stream_template_config", template)
                .with("stream_slice", Map.of());
        boolean applies = !resolver.type().equals("ConfigComponentsResolver")
                || mapping.optionalText("condition")
                        .map(condition -> templates.holds(condition, scope))
                        .orElse(true);
        if (!applies) {
            return;
        }
        Object value = mapping.has("value_type")
                ? templates.typed(mapping.text("value"), types(mapping), scope)
                : mapping.raw("value") instanceof String text ? templates.value(text, scope) : mapping.raw("value");
        List<String> path = new ArrayList<>();
        mapping.texts("field_path").forEach(part -> path.add(templates.text(part, scope)));
        boolean creates = mapping.truth("create_or_update", false);
        if (Dpath.hasPattern(path)) {
            record Place(Object parent, String key) {}
            List<Place> places = new ArrayList<>();
            Dpath.walk(template, path, (parent, key) -> places.add(new Place(parent, key)));
            places.forEach(place -> Dpath.put(Values.mapOrEmpty(place.parent()), List.of(place.key()), value));
        } else if (creates || !(Dpath.get(template, path, None.NONE) instanceof None)) {
            Dpath.put(template, path, value);
        }
    }

    private static Set<Templates.Type> types(Component mapping) {
        return switch (mapping.text("value_type")) {
            case "integer" -> Set.of(Templates.Type.INTEGER);
            case "number" -> Set.of(Templates.Type.NUMBER);
            case "boolean" -> Set.of(Templates.Type.BOOLEAN);
            default -> Set.of(Templates.Type.TEXT);
        };
    }
}
