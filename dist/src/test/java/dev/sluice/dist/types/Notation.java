package dev.sluice.dist.types;

import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads types in the notation of plans. */
final class Notation {
    private static final Pattern SIZED = Pattern.compile("([a-z_]+)\\((\\d+)(?:,(-?\\d+))?\\)");

    private Notation() {}

    /** The type; of objects only that they are some. */
    static DataType type(String notation) {
        Matcher sized = SIZED.matcher(notation);
        if (sized.matches()) {
            int first = Integer.parseInt(sized.group(2));
            return switch (sized.group(1)) {
                case "decimal" -> new DataType.DecimalType(first, Integer.parseInt(sized.group(3)));
                case "time" -> new DataType.TimeType(first, false);
                case "time_with_timezone" -> new DataType.TimeType(first, true);
                case "timestamp" -> new DataType.TimestampType(first, false);
                case "timestamp_with_timezone" -> new DataType.TimestampType(first, true);
                default -> throw new IllegalArgumentException(notation);
            };
        }
        return switch (notation) {
            case "boolean" -> new DataType.BoolType();
            case "int8", "int16", "int32", "int64" -> new DataType.IntType(Integer.parseInt(notation.substring(3)));
            case "float32", "float64" -> new DataType.FloatType(Integer.parseInt(notation.substring(5)));
            case "decimal" -> DataType.DecimalType.unconstrained();
            case "string" -> new DataType.TextType();
            case "binary" -> new DataType.BinaryType();
            case "uuid" -> new DataType.UuidType();
            case "date" -> new DataType.DateType();
            case "json" -> new DataType.JsonType();
            default -> composed(notation);
        };
    }

    private static DataType composed(String notation) {
        int last = notation.length() - 1;
        if (notation.startsWith("array<")) {
            return new DataType.ArrayType(type(notation.substring("array<".length(), last)));
        }
        if (notation.startsWith("object")) {
            return new DataType.ObjectType(List.of());
        }
        if (notation.startsWith("unknown(")) {
            return new DataType.UnknownType(notation.substring("unknown(".length(), last));
        }
        throw new IllegalArgumentException(notation);
    }
}
