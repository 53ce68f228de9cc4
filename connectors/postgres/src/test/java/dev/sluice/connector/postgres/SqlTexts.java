package dev.sluice.connector.postgres;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;

/** How the tests spell types and values for the server, from canonical texts. */
final class SqlTexts {
    private SqlTexts() {}

    /** The column type that discovery shows as exactly this type. */
    static String columnType(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> "boolean";
            case DataType.IntType(int bits) -> "int" + bits / 8;
            case DecimalType decimal ->
                decimal.isUnconstrained() ? "numeric" : "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
            case DataType.FloatType(int bits) -> "float" + bits / 8;
            case DataType.TextType ignored -> "text";
            case DataType.BinaryType ignored -> "bytea";
            case DataType.UuidType ignored -> "uuid";
            case DataType.DateType ignored -> "date";
            case DataType.TimeType(int precision, boolean zoned) ->
                "time(" + precision + ")" + (zoned ? " with time zone" : "");
            case DataType.TimestampType(int precision, boolean zoned) ->
                "timestamp(" + precision + ")" + (zoned ? " with time zone" : "");
            case DataType.JsonType ignored -> "json";
            case DataType.ArrayType ignored -> throw new IllegalArgumentException(type.notation());
            case DataType.ObjectType ignored -> throw new IllegalArgumentException(type.notation());
            case DataType.UnknownType ignored -> throw new IllegalArgumentException(type.notation());
        };
    }

    /** True if a column of the server's can hold the value, and discovery shows it as this type. */
    static boolean stores(DataType type, String text) {
        return switch (type) {
            case DataType.IntType(int bits) -> bits > 8;
            case DecimalType decimal -> decimal.isUnconstrained() || !text.contains("Infinity");
            case DataType.TextType ignored -> text.indexOf('\0') < 0;
            case DataType.DateType ignored -> isBetween(text, -4713, 5_000_000);
            case DataType.TimeType(int precision, boolean zoned) -> precision <= 6 && (!zoned || hasSmallOffset(text));
            case DataType.TimestampType(int precision, boolean zoned) ->
                precision <= 6 && isBetween(text, -4713, 294_246);
            case DataType.ArrayType ignored -> false;
            case DataType.ObjectType ignored -> false;
            case DataType.UnknownType ignored -> false;
            case DataType.BoolType ignored -> true;
            case DataType.FloatType ignored -> true;
            case DataType.BinaryType ignored -> true;
            case DataType.UuidType ignored -> true;
            case DataType.JsonType ignored -> depth(text) < 2_000;
        };
    }

    /** The text that the server reads as the value. */
    static String input(DataType type, String text) {
        return switch (type) {
            case DataType.BinaryType ignored -> "\\x" + text;
            case DataType.DateType ignored -> era(text);
            case DataType.TimestampType ignored -> era(text);
            default -> text;
        };
    }

    /** ISO 8601 counts years before 1 as 0 and below; the server counts them backwards as BC. */
    private static String era(String text) {
        if (text.endsWith("infinity")) {
            return text;
        }
        if (text.startsWith("+")) {
            return text.substring(1);
        }
        int year = year(text);
        if (year > 0) {
            return text;
        }
        String rest = text.substring(text.indexOf('-', 1));
        return String.format("%04d", 1 - year) + rest + " BC";
    }

    private static int year(String text) {
        int end = text.indexOf('-', 1);
        return Integer.parseInt(text.substring(0, end));
    }

    private static boolean isBetween(String text, int firstYear, int lastYear) {
        if (text.endsWith("infinity")) {
            return true;
        }
        int year = year(text);
        // The first year is only partly there.
        return year > firstYear && year <= lastYear;
    }

    private static boolean hasSmallOffset(String text) {
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        return sign < 0 || Integer.parseInt(text.substring(sign + 1, sign + 3)) < 16;
    }

    private static long depth(String json) {
        return json.chars().filter(c -> c == '[' || c == '{').count();
    }
}
