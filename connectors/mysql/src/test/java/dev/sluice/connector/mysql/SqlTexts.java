package dev.sluice.connector.mysql;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.testkit.mysql.MyProduct;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** How the tests spell types and values for the server, from canonical texts. */
final class SqlTexts {
    private static final boolean IS_MARIADB = MyProduct.underTest() == MyProduct.MARIADB;

    /** How deep the servers let JSON lie in itself. */
    static final int MAX_JSON_DEPTH = IS_MARIADB ? 32 : 100;

    /** The zone of the test server is -03:30. */
    private static final int MINUTES_BEHIND_UTC = 210;

    private SqlTexts() {}

    /** The column type that discovery shows as exactly this type. */
    static String columnType(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> "bit(1)";
            case DataType.IntType(int bits) ->
                switch (bits) {
                    case 8 -> "tinyint";
                    case 16 -> "smallint";
                    case 32 -> "int";
                    default -> "bigint";
                };
            case DecimalType decimal -> "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
            case DataType.FloatType(int bits) -> bits == 32 ? "float" : "double";
            case DataType.TextType ignored -> "longtext";
            case DataType.BinaryType ignored -> "longblob";
            case DataType.UuidType ignored -> "uuid";
            case DataType.DateType ignored -> "date";
            case DataType.TimeType time -> "time(" + time.precision() + ")";
            case DataType.TimestampType(int precision, boolean zoned) ->
                (zoned ? "timestamp(" : "datetime(") + precision + ") NULL DEFAULT NULL";
            case DataType.JsonType ignored -> "json";
            default -> throw new IllegalArgumentException(type.notation());
        };
    }

    /** True if a column of the server's can hold the value, and discovery shows it as this type. */
    static boolean stores(DataType type, String text) {
        return switch (type) {
            case DecimalType decimal ->
                !decimal.isUnconstrained()
                        && decimal.precision() <= 65
                        && decimal.scale() >= 0
                        && decimal.scale() <= (IS_MARIADB ? 38 : 30)
                        && decimal.scale() <= decimal.precision()
                        && !text.equals("NaN");
            case DataType.FloatType ignored -> !text.equals("NaN") && !text.contains("Infinity");
            case DataType.DateType ignored -> isBetween(text, 1, 9999);
            case DataType.TimeType(int precision, boolean zoned) -> precision <= 6 && !zoned;
            case DataType.TimestampType(int precision, boolean zoned) ->
                precision <= 6 && (zoned ? isPoint(text) : isBetween(text, 1, 9999));
            case DataType.JsonType ignored -> depth(text) < MAX_JSON_DEPTH && (IS_MARIADB || isOwnJsonText(text));
            // Of the versions from 6 on the server takes those of the standard variant only.
            case DataType.UuidType ignored -> IS_MARIADB && (text.charAt(14) < '6' || text.charAt(19) > '7');
            case DataType.ArrayType ignored -> false;
            case DataType.ObjectType ignored -> false;
            case DataType.UnknownType ignored -> false;
            default -> true;
        };
    }

    /** The text that the server reads as the value; points in time are shifted to its own zone. */
    static String input(DataType type, String text) {
        return switch (type) {
            case DataType.BoolType ignored -> text.equals("true") ? "1" : "0";
            // The greatest number of 32 bits, in its own shortest text, is a little too great for the server.
            case DataType.FloatType(int bits) -> bits == 32 ? Double.toString(Float.parseFloat(text)) : text;
            case DataType.TimestampType(int ignored, boolean zoned) -> zoned ? shifted(text) : text.replace('T', ' ');
            default -> text;
        };
    }

    private static String shifted(String text) {
        return LocalDateTime.parse(text.substring(0, text.length() - 1))
                .minusMinutes(MINUTES_BEHIND_UTC)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS"));
    }

    static boolean isBetween(String text, int firstYear, int lastYear) {
        if (text.endsWith("infinity") || text.startsWith("-") || text.startsWith("+")) {
            return false;
        }
        int year = Integer.parseInt(text.substring(0, text.indexOf('-')));
        return year >= firstYear && year <= lastYear;
    }

    /** TIMESTAMP counts seconds since 1970 in 32 bits, from 1 on. */
    private static boolean isPoint(String text) {
        return isBetween(text, 1970, 2037) && Instant.parse(text).getEpochSecond() > 0;
    }

    /** MySQL gives JSON back as it spells it itself; true for texts whose spelling nobody would choose otherwise. */
    private static boolean isOwnJsonText(String text) {
        return text.chars().noneMatch(c -> c == ':' || c == ',' || c == '\\' || (c >= '0' && c <= '9'));
    }

    /** True if a JSON text keeps its numbers in the server. */
    static boolean keepsNumbers(String json) {
        return IS_MARIADB || !(json.equals("1e400") || json.startsWith("12345678901234567890123456789."));
    }

    static long depth(String json) {
        long most = 0;
        long depth = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            most = Math.max(most, depth);
        }
        return most;
    }
}
