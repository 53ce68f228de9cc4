package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.transform.Transformations;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON schema of a stream: as the manifest has it, or as the service tells it. */
public final class Schemas {
    private final StreamBuilder builder;
    private final Surroundings surroundings;

    /** Schemas of the streams of a source. */
    public Schemas(StreamBuilder builder, Surroundings surroundings) {
        this.builder = builder;
        this.surroundings = surroundings;
    }

    /** The schema of a stream; of several loaders the first that names a field counts. */
    public Object of(Component stream) {
        Map<Object, Object> properties = new LinkedHashMap<>();
        if (stream.has("schema_loader")) {
            for (Component loader : stream.all("schema_loader")) {
                Values.mapOrEmpty(Values.member(load(loader), "properties")).forEach(properties::putIfAbsent);
            }
        }
        if (stream.has("file_uploader") && !properties.isEmpty()) {
            properties.putIfAbsent(FileUpload.FIELD, FileUpload.schema());
        }
        Map<Object, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }

    private Object load(Component loader) {
        return switch (loader.type()) {
            case "InlineSchemaLoader" -> loader.raw("schema");
            case "JsonFileSchemaLoader" -> file(loader);
            case "DynamicSchemaLoader" -> dynamic(loader);
            default -> throw loader.unsupported();
        };
    }

    /**
     * A schema in a file of the package that the manifest is of. The path begins at the package or above it, and the manifest
     * lies somewhere in there. Without the file the records are kept as a whole.
     */
    private Object file(Component loader) {
        String path = surroundings
                .templates()
                .text(
                        loader.text("file_path", "./schemas/{{ parameters['name'] }}.json"),
                        surroundings.scope(loader.parameters()))
                .replaceFirst("^(\\./|/)+", "");
        for (String rest = path;
                !rest.isEmpty();
                rest = rest.contains("/") ? rest.substring(rest.indexOf('/') + 1) : "") {
            Optional<String> text = surroundings.places().beside().apply(rest);
            if (text.isPresent()) {
                return read(loader, rest, text.get());
            }
        }
        return None.NONE;
    }

    private static Object read(Component loader, String path, String text) {
        try {
            return JsonValues.read(text);
        } catch (IllegalArgumentException notJson) {
            throw loader.wrong("file_path", "leads to " + path + ", which is no JSON: " + notJson.getMessage());
        }
    }

    private Object dynamic(Component loader) {
        Iterator<List<Map<Object, Object>>> pages = builder.records(loader.required("retriever"));
        if (!pages.hasNext()) {
            throw Problem.of("E_SCHEMA", ProblemKind.CONFIG, "the service tells no fields of a stream")
                    .at(loader.where())
                    .exception();
        }
        Map<Object, Object> first = pages.next().getFirst();
        Component identifier = loader.required("schema_type_identifier");
        Object raw = Dpath.get(first, texts(identifier, "schema_pointer"), List.of());
        Map<Object, Object> properties = new LinkedHashMap<>();
        for (Object field : Values.items(raw)) {
            Object name = Dpath.get(field, texts(identifier, "key_pointer"), None.NONE);
            if (!(name instanceof None)) {
                properties.put(Values.str(name), type(identifier, field));
            }
        }
        Transformations transformations = new Transformations(loader.all("schema_transformations"), surroundings);
        transformations.apply(properties, StreamSlice.WHOLE);
        return new LinkedHashMap<>(Map.of("properties", properties));
    }

    private List<String> texts(Component identifier, String field) {
        List<String> path = new ArrayList<>();
        Scope scope = surroundings.scope(identifier.parameters());
        identifier
                .texts(field)
                .forEach(part -> path.add(surroundings.templates().text(part, scope)));
        return path;
    }

    private Object type(Component identifier, Object field) {
        Object told = identifier.has("type_pointer")
                ? Dpath.get(field, texts(identifier, "type_pointer"), "string")
                : "string";
        Object target = told;
        for (Component mapping : identifier.all("types_mapping")) {
            boolean named = Values.equal(mapping.raw("current_type"), told);
            boolean holds = mapping.optionalText("condition")
                    .map(condition -> surroundings
                            .templates()
                            .holds(condition, surroundings.scope().with("raw_schema", field)))
                    .orElse(true);
            if (named && holds) {
                target = mapping.raw("target_type");
                break;
            }
        }
        if (target instanceof List<?> several && several.size() == 2) {
            List<Object> options = new ArrayList<>();
            several.forEach(each -> options.add(airbyte(Values.str(Values.requireDefined(each)))));
            return new LinkedHashMap<>(Map.of("oneOf", options));
        }
        if (target instanceof Map<?, ?> complex) {
            return airbyte(Values.str(Values.member(complex, "field_type")));
        }
        return airbyte(Values.str(target));
    }

    private static Map<Object, Object> airbyte(String name) {
        Map<Object, Object> type = new LinkedHashMap<>();
        switch (name) {
            case "boolean", "integer", "number", "array", "object" -> type.put("type", nullable(name));
            default -> type.put("type", nullable("string"));
        }
        switch (name) {
            case "date" -> type.put("format", "date");
            case "timestamp_with_timezone", "timestamp_without_timezone" -> {
                type.put("format", "date-time");
                type.put("airbyte_type", name);
            }
            case "time_with_timezone", "time_without_timezone" -> type.put("format", "time");
            default -> {}
        }
        return type;
    }

    private static List<Object> nullable(String type) {
        return List.of("null", type);
    }
}
