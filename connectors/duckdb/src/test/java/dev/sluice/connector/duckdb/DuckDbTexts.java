package dev.sluice.connector.duckdb;

import dev.sluice.duckdb.ScanTypes;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns DuckDB's own texts of values into canonical ones, and knows which values it has no place for. */
final class DuckDbTexts {
    private static final Pattern MOMENT = Pattern.compile("(?<year>\\d+)-(?<day>\\d\\d-\\d\\d)(?<era> \\(BC\\))?(?:"
            + " (?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?))?(?<zone>\\+00)?");

    private DuckDbTexts() {}

    /**
     * The canonical text of a value.
     *
     * @param type the name of the column's type
     * @param text what DuckDB prints
     */
    static String canonical(String type, String text) {
        return switch (type) {
            case "FLOAT" -> Float.toString(Float.parseFloat(javaNumber(text)));
            case "DOUBLE" -> Double.toString(Double.parseDouble(javaNumber(text)));
            case "TIME WITH TIME ZONE" -> zoned(text);
            default -> {
                if (type.startsWith("DECIMAL")) {
                    yield text.replaceFirst("^(-?)\\.", "$10."); // DuckDB leaves out a zero before the point
                }
                yield type.equals("DATE") || type.startsWith("TIMESTAMP") ? moment(text) : text;
            }
        };
    }

    private static String javaNumber(String text) {
        return switch (text) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> text;
        };
    }

    private static String moment(String text) {
        Matcher parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            return text; // infinity
        }
        int year = Integer.parseInt(parts.group("year"));
        int astronomical = parts.group("era") == null ? year : 1 - year;
        String sign = astronomical < 0 ? "-" : astronomical > 9999 ? "+" : "";
        String time = parts.group("time");
        return sign + String.format("%04d", Math.abs(astronomical)) + "-" + parts.group("day")
                + (time == null ? "" : "T" + time)
                + (parts.group("zone") == null ? "" : "Z");
    }

    /** DuckDB leaves out the minutes and seconds of an offset that are zero. */
    private static String zoned(String text) {
        int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
        String offset = text.substring(sign);
        if (offset.equals("+00")) {
            return text.substring(0, sign) + "Z";
        }
        return offset.length() == 3 ? text + ":00" : text;
    }

    /** True if a column for values of the type has a place for this one. */
    static boolean isHeld(DataType type, String text) {
        return switch (type) {
            case DataType.DecimalType decimal -> decimal.layout() == Layout.BYTES || !text.equals("NaN");
            case DataType.TimeType time -> !time.zoned() || hasSmallOffset(text);
            case DataType.TimestampType(int precision, boolean zoned) ->
                text.endsWith("infinity")
                        || (precision > 6 ? year(text) > 1677 && year(text) < 2262 : year(text) > -290_308);
            default -> true;
        };
    }

    private static int year(String text) {
        return Integer.parseInt(text.substring(0, text.indexOf('-', 1)));
    }

    private static boolean hasSmallOffset(String text) {
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        return sign < 0 || Integer.parseInt(text.substring(sign + 1, sign + 3)) < 16;
    }

    /** The column type that discovery shows as exactly this type. */
    static String columnType(DataType type) {
        return switch (type) {
            case DataType.TimestampType(int precision, boolean zoned) when !zoned && precision == 0 -> "TIMESTAMP_S";
            case DataType.TimestampType(int precision, boolean zoned) when !zoned && precision == 3 -> "TIMESTAMP_MS";
            default -> ScanTypes.sqlName(type);
        };
    }

    /** True if a column of DuckDB's can hold the value, and discovery shows it as this type. */
    static boolean isStored(DataType type, String text) {
        boolean hasType = switch (type) {
            case DataType.DecimalType decimal -> decimal.layout() != Layout.BYTES;
            case DataType.TimeType(int precision, boolean zoned) -> precision == 6 || (precision == 9 && !zoned);
            case DataType.TimestampType(int precision, boolean zoned) ->
                precision == 6 || precision == 9 || (!zoned && (precision == 0 || precision == 3));
            case DataType.ArrayType ignored -> false;
            case DataType.ObjectType ignored -> false;
            case DataType.UnknownType ignored -> false;
            default -> true;
        };
        return hasType && isHeld(type, text);
    }

    /** The text that DuckDB reads as the value. */
    static String input(DataType type, String text) {
        return switch (type) {
            case DataType.DateType ignored -> era(text);
            case DataType.TimestampType ignored -> era(text);
            case DataType.TimeType ignored -> text.replace("Z", "+00");
            default -> text;
        };
    }

    /** The expression that makes the value out of its text. */
    static String value(String text, DataType type) {
        return type instanceof DataType.BinaryType
                ? "unhex(CAST(" + text + " AS VARCHAR))"
                : "CAST(CAST(" + text + " AS VARCHAR) AS " + columnType(type) + ")";
    }

    /** ISO 8601 counts years before 1 as 0 and below; DuckDB counts them backwards as BC. */
    private static String era(String text) {
        if (text.endsWith("infinity")) {
            return text;
        }
        int year = year(text);
        String rest = text.substring(text.indexOf('-', 1));
        int time = rest.indexOf('T');
        String day = time < 0 ? rest : rest.substring(0, time);
        String clock = time < 0 ? "" : rest.substring(time).replace('T', ' ').replace("Z", "+00");
        return year > 0
                ? String.format("%04d", year) + day + clock
                : String.format("%04d", 1 - year) + day + " (BC)" + clock;
    }
}
