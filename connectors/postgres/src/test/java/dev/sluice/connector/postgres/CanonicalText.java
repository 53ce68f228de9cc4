package dev.sluice.connector.postgres;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the server's own texts of values, in a session with ISO dates and UTC, into canonical ones. */
final class CanonicalText {
    private static final Pattern MOMENT = Pattern.compile(
            "(?<year>\\d+)-(?<rest>\\d\\d-\\d\\d(?: \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)?)(?<zone>[+-][\\d:]+)?(?<era>"
                    + " BC)?");

    private CanonicalText() {}

    /**
     * The canonical text of a value.
     *
     * @param type the name of the column's type in pg_type
     * @param text what the server prints
     */
    static String of(String type, String text) {
        return switch (type) {
            case "bool" -> text.equals("t") ? "true" : "false";
            case "float4" -> Float.toString(Float.parseFloat(javaNumber(text)));
            case "float8" -> Double.toString(Double.parseDouble(javaNumber(text)));
            case "bytea" -> text.substring(2);
            case "date", "timestamp", "timestamptz" -> moment(text);
            case "timetz" -> zoned(text);
            default -> text;
        };
    }

    private static String javaNumber(String text) {
        return text; // both spell NaN and Infinity alike
    }

    private static String moment(String text) {
        Matcher parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            return text; // infinity
        }
        int year = Integer.parseInt(parts.group("year"));
        int astronomical = parts.group("era") == null ? year : 1 - year;
        String sign = astronomical < 0 ? "-" : astronomical > 9999 ? "+" : "";
        return sign + String.format("%04d", Math.abs(astronomical)) + "-"
                + parts.group("rest").replace(' ', 'T')
                + (parts.group("zone") == null ? "" : "Z");
    }

    /** The server leaves out the minutes and seconds of an offset that are zero. */
    private static String zoned(String text) {
        int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
        String offset = text.substring(sign);
        if (offset.equals("+00")) {
            return text.substring(0, sign) + "Z";
        }
        return offset.length() == 3 ? text + ":00" : text;
    }
}
