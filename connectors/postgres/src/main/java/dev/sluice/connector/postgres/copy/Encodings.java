package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows which types of values can be written into which types of columns without loss, and how. */
public final class Encodings {
    private Encodings() {}

    /** Makes an encoder for a field. */
    @FunctionalInterface
    interface Factory {
        FieldEncoder encoder(String field, Alterations alterations);
    }

    /** True if every value of the type can be written into a column of the type that the server reports. */
    public static boolean canWrite(DataType type, ColumnTypeName column) {
        return find(type, column).isPresent();
    }

    static FieldEncoder encoder(DataType type, String columnType, String field, Alterations alterations) {
        return find(type, ColumnTypeName.parse(columnType))
                .orElseThrow(() ->
                        new IllegalArgumentException("no way to write " + type.notation() + " into " + columnType))
                .encoder(field, alterations);
    }

    private static Optional<Factory> find(DataType type, ColumnTypeName column) {
        if (column.isText()) {
            return Optional.ofNullable(asText(type));
        }
        return Optional.ofNullable(
                switch (type) {
                    case DataType.BoolType ignored ->
                        column.is("boolean") ? (field, told) -> new FieldEncoders.BoolEncoder() : null;
                    case DataType.IntType(int bits) -> integer(bits, column);
                    case DecimalType decimal -> decimal(decimal, column);
                    case DataType.FloatType(int bits) -> floating(bits, column);
                    case DataType.TextType ignored -> null;
                    case DataType.BinaryType ignored -> column.is("bytea") ? TextEncoders.BytesEncoder::new : null;
                    case DataType.UuidType ignored ->
                        column.is("uuid") ? (field, told) -> new FieldEncoders.UuidEncoder() : null;
                    case DataType.DateType ignored -> column.is("date") ? FieldEncoders.DateEncoder::new : null;
                    case DataType.TimeType(int precision, boolean zoned) -> time(precision, zoned, column);
                    case DataType.TimestampType(int precision, boolean zoned) -> timestamp(precision, zoned, column);
                    case DataType.JsonType ignored -> json(column);
                    case DataType.ArrayType ignored -> json(column);
                    case DataType.ObjectType ignored -> json(column);
                    case DataType.UnknownType ignored -> null;
                });
    }

    /** Text holds every type but bytes, whose text form nobody could tell from text. */
    private static @Nullable Factory asText(DataType type) {
        return switch (type) {
            case DataType.TextType ignored -> TextEncoders.TextEncoder::new;
            case DataType.JsonType ignored -> TextEncoders.TextEncoder::new;
            case DataType.ArrayType ignored -> TextEncoders.TextEncoder::new;
            case DataType.ObjectType ignored -> TextEncoders.TextEncoder::new;
            case DataType.UnknownType ignored -> TextEncoders.TextEncoder::new;
            case DataType.BoolType ignored -> (field, told) -> new TextEncoders.AnyAsTextEncoder(type);
            case DataType.IntType ignored -> (field, told) -> new TextEncoders.AnyAsTextEncoder(type);
            case DecimalType ignored -> (field, told) -> new TextEncoders.AnyAsTextEncoder(type);
            case DataType.FloatType ignored -> (field, told) -> new TextEncoders.AnyAsTextEncoder(type);
            case DataType.BinaryType ignored -> null;
            case DataType.UuidType ignored -> (field, told) -> new TextEncoders.AnyAsTextEncoder(type);
            case DataType.DateType ignored -> (field, told) -> new TextEncoders.AnyAsTextEncoder(type);
            case DataType.TimeType ignored -> (field, told) -> new TextEncoders.AnyAsTextEncoder(type);
            case DataType.TimestampType ignored -> (field, told) -> new TextEncoders.AnyAsTextEncoder(type);
        };
    }

    private static @Nullable Factory integer(int bits, ColumnTypeName column) {
        return switch (column.name()) {
            case "smallint" -> bits <= 16 ? (field, told) -> new FieldEncoders.IntEncoder(2) : null;
            case "integer" -> bits <= 32 ? (field, told) -> new FieldEncoders.IntEncoder(4) : null;
            case "bigint" ->
                bits == 64
                        ? (field, told) -> new FieldEncoders.Int8Encoder()
                        : (field, told) -> new FieldEncoders.IntEncoder(8);
            case "numeric" -> {
                if (!column.holdsDecimal(digitsOf(bits), 0)) {
                    yield null;
                }
                yield bits == 64
                        ? (field, told) -> new NumericEncoders.IntegerEncoder()
                        : (field, told) -> new NumericEncoders.LongEncoder(0);
            }
            default -> null;
        };
    }

    private static int digitsOf(int bits) {
        return switch (bits) {
            case 8 -> 3;
            case 16 -> 5;
            case 32 -> 10;
            default -> 19;
        };
    }

    private static @Nullable Factory decimal(DecimalType type, ColumnTypeName column) {
        boolean fits = column.is("numeric")
                && (type.isUnconstrained()
                        ? column.isUnconstrained()
                        : column.holdsDecimal(type.precision() - type.scale(), type.scale()));
        if (!fits) {
            return null;
        }
        return switch (type.layout()) {
            case LONG -> (field, told) -> new NumericEncoders.LongEncoder(type.scale());
            case WIDE -> (field, told) -> new NumericEncoders.WideEncoder(type.scale());
            case BYTES, BOOL, INT, DOUBLE -> NumericEncoders.TextEncoder::new;
        };
    }

    private static @Nullable Factory floating(int bits, ColumnTypeName column) {
        if (column.is("double precision")) {
            return (field, told) -> new FieldEncoders.FloatEncoder(8);
        }
        return bits == 32 && column.is("real") ? (field, told) -> new FieldEncoders.FloatEncoder(4) : null;
    }

    private static @Nullable Factory time(int precision, boolean zoned, ColumnTypeName column) {
        if (!column.holdsFraction(precision)) {
            return null;
        }
        if (zoned) {
            return column.is("time with time zone") ? FieldEncoders.TimeWithZoneEncoder::new : null;
        }
        return column.is("time without time zone") ? FieldEncoders.TimeEncoder::new : null;
    }

    private static @Nullable Factory timestamp(int precision, boolean zoned, ColumnTypeName column) {
        String wanted = zoned ? "timestamp with time zone" : "timestamp without time zone";
        return column.is(wanted) && column.holdsFraction(precision) ? FieldEncoders.TimestampEncoder::new : null;
    }

    private static @Nullable Factory json(ColumnTypeName column) {
        return switch (column.name()) {
            case "jsonb" -> TextEncoders.JsonbEncoder::new;
            case "json" -> TextEncoders.TextEncoder::new;
            default -> null;
        };
    }
}
