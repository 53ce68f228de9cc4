package dev.sluice.cdk.schema;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a stream as the {@code json_schema} of an Airbyte catalog, and back.
 *
 * <p>The types are those that the Airbyte protocol knows: <a
 * href="https://docs.airbyte.com/platform/understanding-airbyte/supported-data-types">Data types in records</a>. A schema that
 * says less, or something else, is read as JSON, which holds any value. Every field may be null, whatever the schema says.
 */
public final class JsonSchemas {
    private static final int MAX_DEPTH = 32;

    private final Map<?, ?> root;

    private JsonSchemas(Map<?, ?> root) {
        this.root = root;
    }

    /**
     * The fields that records have by their schema.
     *
     * @param jsonSchema a JSON Schema of an object, as maps and lists
     * @return the properties, in their order; none if the schema names none
     */
    public static Schema fields(Map<?, ?> jsonSchema) {
        JsonSchemas schemas = new JsonSchemas(jsonSchema);
        Map<?, ?> resolved = schemas.resolved(jsonSchema, 0);
        return resolved == null ? new Schema(List.of()) : new Schema(schemas.properties(resolved, 0));
    }

    private List<Field> properties(Map<?, ?> schema, int depth) {
        List<Field> fields = new ArrayList<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                if (!String.valueOf(name).isEmpty()) {
                    fields.add(new Field(String.valueOf(name), type(property, depth + 1)));
                }
            });
        }
        return fields;
    }

    private DataType type(@Nullable Object property, int depth) {
        if (depth > MAX_DEPTH || !(property instanceof Map<?, ?> given)) {
            return new DataType.JsonType();
        }
        Map<?, ?> schema = resolved(given, depth);
        if (schema == null) {
            return new DataType.JsonType();
        }
        Object choices = schema.containsKey("oneOf") ? schema.get("oneOf") : schema.get("anyOf");
        if (choices instanceof List<?> options && !schema.containsKey("type")) {
            return oneOf(options, depth);
        }
        List<String> types = types(schema.get("type"));
        if (types.size() == 2 && types.contains("integer") && types.contains("number")) {
            return number(schema);
        }
        return types.size() == 1 ? single(types.getFirst(), schema, depth) : untyped(schema, types, depth);
    }

    /** Without a type, what it has tells what it is. */
    private DataType untyped(Map<?, ?> schema, List<String> types, int depth) {
        if (types.isEmpty() && schema.get("properties") instanceof Map<?, ?>) {
            return new DataType.ObjectType(properties(schema, depth));
        }
        return new DataType.JsonType();
    }

    private static List<String> types(@Nullable Object type) {
        List<?> named = type instanceof List<?> list ? list : type == null ? List.of() : List.of(type);
        return named.stream()
                .map(String::valueOf)
                .filter(each -> !each.equals("null"))
                .distinct()
                .toList();
    }

    private DataType oneOf(List<?> options, int depth) {
        List<DataType> types = options.stream()
                .filter(option -> !(option instanceof Map<?, ?> map && "null".equals(map.get("type"))))
                .map(option -> type(option, depth + 1))
                .distinct()
                .toList();
        return types.size() == 1 ? types.getFirst() : new DataType.JsonType();
    }

    private DataType single(String type, Map<?, ?> schema, int depth) {
        return switch (type) {
            case "string" -> string(schema);
            case "boolean" -> new DataType.BoolType();
            case "integer" -> integer(schema);
            case "number" -> number(schema);
            case "array" -> new DataType.ArrayType(type(schema.get("items"), depth + 1));
            case "object" -> new DataType.ObjectType(properties(schema, depth));
            default -> new DataType.JsonType();
        };
    }

    private static DataType string(Map<?, ?> schema) {
        Object airbyte = schema.get("airbyte_type");
        boolean local = airbyte instanceof String named && named.endsWith("_without_timezone");
        return switch (String.valueOf(schema.get("format"))) {
            case "date" -> new DataType.DateType();
            case "date-time" -> new DataType.TimestampType(6, !local);
            case "time" -> new DataType.TimeType(6, "time_with_timezone".equals(airbyte));
            default ->
                "big_integer".equals(airbyte) || "big_number".equals(airbyte)
                        ? DataType.DecimalType.unconstrained()
                        : new DataType.TextType();
        };
    }

    private static DataType integer(Map<?, ?> schema) {
        return "big_integer".equals(schema.get("airbyte_type"))
                ? new DataType.DecimalType(DataType.DecimalType.MAX_WIDE_PRECISION, 0)
                : new DataType.IntType(64);
    }

    private static DataType number(Map<?, ?> schema) {
        return "integer".equals(schema.get("airbyte_type")) ? integer(schema) : new DataType.FloatType(64);
    }

    /** What a reference inside the schema stands for; null if it leads nowhere, or round in circles. */
    private @Nullable Map<?, ?> resolved(Map<?, ?> schema, int depth) {
        Map<?, ?> at = schema;
        for (int step = depth; step <= MAX_DEPTH; step++) {
            if (!(at.get("$ref") instanceof String reference)) {
                return at;
            }
            if (!(find(reference) instanceof Map<?, ?> found)) {
                return null;
            }
            at = found;
        }
        return null;
    }

    private @Nullable Object find(String reference) {
        if (!reference.startsWith("#")) {
            return null;
        }
        Object at = root;
        for (String step : reference.substring(1).split("/", -1)) {
            if (!step.isEmpty()) {
                // The escapes of JSON Pointer (RFC 6901, section 3).
                String key = step.replace("~1", "/").replace("~0", "~");
                at = at instanceof Map<?, ?> map ? map.get(key) : null;
            }
        }
        return at;
    }

    /** The schema of records with these fields. */
    public static Map<String, Object> of(Schema schema) {
        return object(schema.fields(), "object");
    }

    private static Map<String, Object> object(List<Field> fields, Object type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), of(field.type())));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        if (!fields.isEmpty() || type instanceof String) {
            schema.put("properties", properties);
        }
        return schema;
    }

    private static Map<String, Object> of(DataType type) {
        return switch (type) {
            case DataType.BoolType _ -> nullable("boolean");
            case DataType.IntType _ -> nullable("integer");
            case DataType.DecimalType(int precision, int scale) ->
                precision != DataType.DecimalType.UNCONSTRAINED && scale <= 0
                        ? with(nullable("number"), "airbyte_type", "integer")
                        : nullable("number");
            case DataType.FloatType _ -> nullable("number");
            case DataType.TextType _ -> nullable("string");
            case DataType.UuidType _ -> nullable("string");
            case DataType.UnknownType _ -> nullable("string");
            case DataType.BinaryType _ -> with(nullable("string"), "contentEncoding", "base64");
            case DataType.DateType _ -> with(nullable("string"), "format", "date");
            case DataType.TimeType(int _, boolean zoned) -> moment("time", "time", zoned);
            case DataType.TimestampType(int _, boolean zoned) -> moment("date-time", "timestamp", zoned);
            case DataType.JsonType _ -> new LinkedHashMap<>();
            case DataType.ArrayType(DataType element) -> with(nullable("array"), "items", of(element));
            case DataType.ObjectType(List<Field> fields) -> object(fields, List.of("null", "object"));
        };
    }

    private static Map<String, Object> moment(String format, String word, boolean zoned) {
        return with(
                with(nullable("string"), "format", format),
                "airbyte_type",
                word + (zoned ? "_with_timezone" : "_without_timezone"));
    }

    private static Map<String, Object> nullable(String type) {
        return with(new LinkedHashMap<>(), "type", List.of("null", type));
    }

    private static Map<String, Object> with(Map<String, Object> schema, String key, Object value) {
        schema.put(key, value);
        return schema;
    }
}
