package dev.sluice.lowcode.schema;

import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a stream by its JSON schema, with the well-known types of the Airbyte protocol. */
public final class Columns {
    /** The field that holds the whole record where a schema names none. */
    public static final String WHOLE = "data";

    private Columns() {}

    /** The fields of a schema. */
    public static Schema of(Object schema) {
        List<Field> fields = new ArrayList<>();
        Values.mapOrEmpty(Values.member(schema, "properties")).forEach((name, property) -> {
            if (!Values.str(name).isEmpty()) {
                fields.add(new Field(Values.str(name), type(property)));
            }
        });
        return new Schema(fields.isEmpty() ? List.of(new Field(WHOLE, new DataType.JsonType())) : fields);
    }

    /** True if the schema names no field, so that the record is kept as a whole. */
    public static boolean isWhole(Schema schema, Object definition) {
        return schema.size() == 1
                && Values.mapOrEmpty(Values.member(definition, "properties")).isEmpty();
    }

    private static DataType type(Object property) {
        Set<String> types = new LinkedHashSet<>();
        Object given = Values.member(property, "type");
        if (given instanceof String one) {
            types.add(one);
        } else if (given instanceof List<?> several) {
            several.forEach(each -> types.add(Values.str(Values.requireDefined(each))));
        }
        types.remove("null");
        if (types.equals(Set.of("integer", "number"))) {
            return new DataType.FloatType(64);
        }
        if (types.size() != 1) {
            return types.isEmpty() ? choice(property) : new DataType.JsonType();
        }
        return switch (types.iterator().next()) {
            case "boolean" -> new DataType.BoolType();
            case "integer" -> new DataType.IntType(64);
            case "number" ->
                "integer".equals(Values.member(property, "airbyte_type"))
                        ? new DataType.IntType(64)
                        : new DataType.FloatType(64);
            case "string" -> text(property);
            case "array" -> new DataType.ArrayType(new DataType.JsonType());
            case "object" -> new DataType.ObjectType(List.of());
            default -> new DataType.JsonType();
        };
    }

    /** One of several schemas: the one that is not null, if there is only one. */
    private static DataType choice(Object property) {
        for (String word : List.of("oneOf", "anyOf")) {
            if (Values.member(property, word) instanceof List<?> options) {
                List<Object> real = new ArrayList<>(options);
                real.removeIf(option -> "null".equals(Values.member(option, "type")));
                return real.size() == 1 && real.getFirst() instanceof Map<?, ?>
                        ? type(real.getFirst())
                        : new DataType.JsonType();
            }
        }
        return new DataType.JsonType();
    }

    private static DataType text(Object property) {
        String format = Values.str(Values.member(property, "format"));
        String special = Values.str(Values.member(property, "airbyte_type"));
        return switch (format) {
            case "date" -> new DataType.DateType();
            case "date-time" -> new DataType.TimestampType(6, !special.equals("timestamp_without_timezone"));
            default -> new DataType.TextType();
        };
    }
}
