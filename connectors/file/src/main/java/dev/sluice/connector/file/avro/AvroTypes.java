package dev.sluice.connector.file.avro;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.jspecify.annotations.Nullable;

/** The types that a schema of Avro names. */
public final class AvroTypes {
    /** The property of a text that tells that it is a document. */
    public static final String JSON_PROPERTY = "sluice.json";

    private AvroTypes() {}

    /** The columns of a file: the fields of its records, or one column for records that are single values. */
    public static Schema columns(org.apache.avro.Schema schema) {
        if (schema.getType() != org.apache.avro.Schema.Type.RECORD) {
            return Schema.of(new Field("value", of(schema)));
        }
        List<Field> fields = new ArrayList<>();
        for (org.apache.avro.Schema.Field field : schema.getFields()) {
            fields.add(new Field(nameOf(field), of(field.schema())));
        }
        return new Schema(fields);
    }

    static String nameOf(org.apache.avro.Schema.Field field) {
        String own = field.getProp(AvroHeader.NAME_PROPERTY);
        return own == null || own.isEmpty() ? field.name() : own;
    }

    /** The type of the values of a schema, each of which may be null. */
    static DataType of(org.apache.avro.Schema schema) {
        return of(schema, new HashSet<>());
    }

    private static DataType of(org.apache.avro.Schema schema, Set<String> around) {
        return switch (schema.getType()) {
            case BOOLEAN -> new DataType.BoolType();
            case INT -> ofInt(schema.getLogicalType());
            case LONG -> ofLong(schema.getLogicalType());
            case FLOAT -> new DataType.FloatType(32);
            case DOUBLE -> new DataType.FloatType(64);
            case NULL, ENUM -> new DataType.TextType();
            case STRING -> ofString(schema);
            case BYTES, FIXED -> ofBytes(schema);
            case ARRAY -> new DataType.ArrayType(of(schema.getElementType(), around));
            case MAP -> new DataType.ObjectType(List.of());
            case RECORD -> ofRecord(schema, around);
            case UNION -> ofUnion(schema, around);
        };
    }

    private static DataType ofInt(@Nullable LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.Date _ -> new DataType.DateType();
            case LogicalTypes.TimeMillis _ -> new DataType.TimeType(3, false);
            case null, default -> new DataType.IntType(32);
        };
    }

    private static DataType ofLong(@Nullable LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.TimeMicros _ -> new DataType.TimeType(6, false);
            case LogicalTypes.TimestampMillis _ -> new DataType.TimestampType(3, true);
            case LogicalTypes.TimestampMicros _ -> new DataType.TimestampType(6, true);
            case LogicalTypes.TimestampNanos _ -> new DataType.TimestampType(9, true);
            case LogicalTypes.LocalTimestampMillis _ -> new DataType.TimestampType(3, false);
            case LogicalTypes.LocalTimestampMicros _ -> new DataType.TimestampType(6, false);
            case LogicalTypes.LocalTimestampNanos _ -> new DataType.TimestampType(9, false);
            case null, default -> new DataType.IntType(64);
        };
    }

    private static DataType ofString(org.apache.avro.Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Uuid) {
            return new DataType.UuidType();
        }
        return "true".equals(schema.getProp(JSON_PROPERTY)) ? new DataType.JsonType() : new DataType.TextType();
    }

    private static DataType ofBytes(org.apache.avro.Schema schema) {
        return switch (schema.getLogicalType()) {
            case LogicalTypes.Decimal decimal -> new DataType.DecimalType(decimal.getPrecision(), decimal.getScale());
            case LogicalTypes.Uuid _ -> new DataType.UuidType();
            case null, default -> new DataType.BinaryType();
        };
    }

    /** A record that holds records of its own kind has no end that could be written down, so it is any document. */
    private static DataType ofRecord(org.apache.avro.Schema schema, Set<String> around) {
        if (!around.add(schema.getFullName())) {
            return new DataType.JsonType();
        }
        List<Field> fields = new ArrayList<>();
        for (org.apache.avro.Schema.Field field : schema.getFields()) {
            fields.add(new Field(nameOf(field), of(field.schema(), around)));
        }
        around.remove(schema.getFullName());
        return new DataType.ObjectType(fields);
    }

    /** A choice between a value and null is the value's type, and every other choice is a document. */
    private static DataType ofUnion(org.apache.avro.Schema schema, Set<String> around) {
        List<org.apache.avro.Schema> others = schema.getTypes().stream()
                .filter(branch -> branch.getType() != org.apache.avro.Schema.Type.NULL)
                .toList();
        return switch (others.size()) {
            case 0 -> new DataType.TextType();
            case 1 -> of(others.getFirst(), around);
            default -> new DataType.JsonType();
        };
    }
}
