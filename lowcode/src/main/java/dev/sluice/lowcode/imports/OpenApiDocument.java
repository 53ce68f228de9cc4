package dev.sluice.lowcode.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document of OpenAPI 3 or Swagger 2, with its references followed where they lead into itself. Immutable. */
final class OpenApiDocument {
    private static final int MOST_HOPS = 20;
    private static final int MOST_DEPTH = 6;
    private static final int MOST_FIELDS = 400;

    private final Map<?, ?> root;

    private OpenApiDocument(Map<?, ?> root) {
        this.root = root;
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if it is none
     */
    static OpenApiDocument read(String text) {
        Map<?, ?> root = Yaml.map(Yaml.read(text));
        String three = String.valueOf(root.get("openapi"));
        String two = String.valueOf(root.get("swagger"));
        if (!three.startsWith("3.") && !two.startsWith("2")) {
            throw new IllegalArgumentException("it says neither `openapi: 3.…` nor `swagger: \"2.0\"`");
        }
        return new OpenApiDocument(root);
    }

    boolean isSwagger() {
        return root.get("openapi") == null;
    }

    Map<?, ?> root() {
        return root;
    }

    /** A mapping with its reference followed; empty if there is none, or it leads elsewhere. */
    Map<?, ?> resolved(@Nullable Object value) {
        Object at = value;
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            Map<?, ?> map = Yaml.map(at);
            String reference = Yaml.text(map.get("$ref"));
            if (reference == null) {
                return map;
            }
            if (!reference.startsWith("#/")) {
                return Map.of();
            }
            at = target(reference);
        }
        return Map.of();
    }

    private @Nullable Object target(String reference) {
        Object at = root;
        for (String part : reference.substring(2).split("/", -1)) {
            String key = part.replace("~1", "/")
                    .replace("~0", "~")
                    .replace("%7B", "{")
                    .replace("%7D", "}");
            at = Yaml.map(at).get(key);
        }
        return at;
    }

    /** A schema with what `allOf` puts together; of alternatives the first one that is an object or a list. */
    Map<?, ?> schema(@Nullable Object value) {
        return schema(value, 0);
    }

    private Map<?, ?> schema(@Nullable Object value, int depth) {
        Map<?, ?> schema = resolved(value);
        if (depth > MOST_HOPS) {
            return Map.of();
        }
        if (schema.get("allOf") instanceof List<?> parts) {
            Map<Object, @Nullable Object> all = new LinkedHashMap<>();
            Map<Object, @Nullable Object> properties = new LinkedHashMap<>();
            for (Object part : parts) {
                Map<?, ?> one = schema(part, depth + 1);
                all.putAll(one);
                properties.putAll(Yaml.map(one.get("properties")));
            }
            schema.forEach(all::put);
            properties.putAll(Yaml.map(schema.get("properties")));
            if (!properties.isEmpty()) {
                all.put("properties", properties);
            }
            return all;
        }
        for (String alternatives : List.of("oneOf", "anyOf")) {
            if (schema.get(alternatives) instanceof List<?> several && !schema.containsKey("properties")) {
                for (Object each : several) {
                    Map<?, ?> one = schema(each, depth + 1);
                    if (isObject(one) || isList(one)) {
                        return one;
                    }
                }
            }
        }
        return schema;
    }

    static boolean isObject(Map<?, ?> schema) {
        return is(schema, "object") || schema.get("properties") instanceof Map;
    }

    static boolean isList(Map<?, ?> schema) {
        return is(schema, "array") || schema.get("items") instanceof Map;
    }

    /** True if a schema has a type; since OpenAPI 3.1 there may be several. */
    private static boolean is(Map<?, ?> schema, String type) {
        Object told = schema.get("type");
        return type.equals(told) || (told instanceof List<?> several && several.contains(type));
    }

    /** The schema as one of a stream: with what it refers to, and null allowed everywhere. */
    Map<String, Object> asRecord(Map<?, ?> schema) {
        int[] left = {MOST_FIELDS};
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("type", "object");
        record.put("properties", properties(schema, 0, left));
        record.put("additionalProperties", true);
        return record;
    }

    private Map<String, Object> properties(Map<?, ?> schema, int depth, int[] left) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Yaml.map(schema.get("properties")).forEach((name, property) -> {
            if (left[0]-- > 0) {
                properties.put(String.valueOf(name), field(schema(property), depth + 1, left));
            }
        });
        return properties;
    }

    private Map<String, Object> field(Map<?, ?> schema, int depth, int[] left) {
        Map<String, Object> field = new LinkedHashMap<>();
        if (isObject(schema)) {
            field.put("type", List.of("object", "null"));
            Map<String, Object> inner = depth < MOST_DEPTH ? properties(schema, depth, left) : Map.of();
            if (!inner.isEmpty()) {
                field.put("properties", inner);
            }
            field.put("additionalProperties", true);
            return field;
        }
        if (isList(schema)) {
            field.put("type", List.of("array", "null"));
            Map<?, ?> items = schema(schema.get("items"));
            if (depth < MOST_DEPTH && !items.isEmpty()) {
                field.put("items", field(items, depth + 1, left));
            }
            return field;
        }
        String type = scalar(schema);
        if (type == null) {
            field.put("type", List.of("string", "number", "boolean", "object", "array", "null"));
            return field;
        }
        field.put("type", List.of(type, "null"));
        String format = Yaml.text(schema.get("format"));
        if (type.equals("string")
                && format != null
                && List.of("date", "date-time").contains(format)) {
            field.put("format", format);
            if (format.equals("date-time")) {
                field.put("airbyte_type", "timestamp_with_timezone");
            }
        }
        return field;
    }

    private static @Nullable String scalar(Map<?, ?> schema) {
        for (String type : List.of("string", "integer", "number", "boolean")) {
            if (is(schema, type)) {
                return type;
            }
        }
        return schema.get("enum") instanceof List<?> values && values.stream().allMatch(String.class::isInstance)
                ? "string"
                : null;
    }

    /** Where the service is, and what is to be asked of the user for it. */
    String base(Draft draft) {
        if (isSwagger()) {
            String host = Yaml.text(root.get("host"));
            String path = Yaml.text(root.get("basePath"));
            boolean secure = !(root.get("schemes") instanceof List<?> schemes) || schemes.contains("https");
            return host == null
                    ? draft.input("base_url", "Address of the service", false, null)
                    : (secure ? "https://" : "http://") + host + (path == null || path.equals("/") ? "" : path);
        }
        Map<?, ?> server = root.get("servers") instanceof List<?> servers && !servers.isEmpty()
                ? Yaml.map(servers.getFirst())
                : Map.of();
        String url = Yaml.text(server.get("url"));
        if (url == null || !url.matches("(?i)https?://.+")) {
            draft.note("The document does not say where the service is: give its address as base_url.");
            return draft.input("base_url", "Address of the service", false, null)
                    + (url == null || url.equals("/") || !url.startsWith("/") ? "" : url);
        }
        String base = url;
        for (Map.Entry<?, ?> variable : Yaml.map(server.get("variables")).entrySet()) {
            String name = String.valueOf(variable.getKey());
            Object usual = Yaml.map(variable.getValue()).get("default");
            base = base.replace(
                    "{" + name + "}",
                    draft.input(
                            Draft.name(name, "server"),
                            "Part of the address: " + name,
                            false,
                            usual == null ? null : usual.toString()));
        }
        return base.replaceAll("/+$", "");
    }

    /** The parameters of an operation, those of its path included, references followed. */
    List<Map<?, ?>> parameters(Map<?, ?> path, Map<?, ?> operation) {
        Map<String, Map<?, ?>> parameters = new LinkedHashMap<>();
        for (Map<?, ?> owner : List.of(path, operation)) {
            if (owner.get("parameters") instanceof List<?> list) {
                for (Object each : list) {
                    Map<?, ?> parameter = resolved(each);
                    parameters.put(parameter.get("in") + " " + parameter.get("name"), parameter);
                }
            }
        }
        return new ArrayList<>(parameters.values());
    }
}
