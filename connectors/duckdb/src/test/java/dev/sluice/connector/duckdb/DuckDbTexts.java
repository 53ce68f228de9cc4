package dev.sluice.connector.duckdb;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns DuckDB's own texts of values into canonical ones, and knows which values it has no place for. */
final class DuckDbTexts {
    private static final Pattern MOMENT = Pattern.compile(
            "(?<year>\\d+)-(?<day>\\d\\d-\\d\\d)(?<era> \\(BC\\))?(?: (?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?))?(?<zone>\\+00)?");

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
                        || (precision > 6
                                ? year(text) > 1677 && year(text) < 2262
                                : year(text) > -290_308);
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
}
