package dev.sluice.connector.mysql;

import java.util.Locale;
import java.util.regex.Pattern;

/** Selects values of a table so that their texts are exact, and turns the server's texts into canonical ones. */
final class CanonicalText {
    private static final Pattern ZEROS = Pattern.compile("(\\.\\d*?)0+(?=Z?$)");

    private CanonicalText() {}

    /** What is selected of a column of this type. */
    static String selected(String quotedColumn, String dataType) {
        return switch (dataType) {
            case "float" -> "(" + quotedColumn + " * 1e0)";
            // The driver misreads fractions of three digits.
            case "datetime", "timestamp" -> "CAST(" + quotedColumn + " AS CHAR)";
            case "longblob" -> "LOWER(HEX(" + quotedColumn + "))";
            default -> quotedColumn;
        };
    }

    /**
     * The canonical text of a value.
     *
     * @param dataType DATA_TYPE of its column
     * @param columnType COLUMN_TYPE of its column
     * @param isPoint true if the column holds points in time
     */
    static String of(String dataType, String columnType, boolean isPoint, String text) {
        return switch (dataType) {
            case "tinyint" -> columnType.startsWith("tinyint(1)") ? Boolean.toString(!text.equals("0")) : text;
            case "float" -> Float.toString((float) Double.parseDouble(text));
            case "double" -> Double.toString(Double.parseDouble(text));
            case "timestamp" -> moment(text) + "Z";
            case "datetime" -> moment(text) + (isPoint ? "Z" : "");
            case "time" -> withoutZeros(text);
            default -> text;
        };
    }

    private static String moment(String text) {
        return withoutZeros(text.replace(' ', 'T'));
    }

    private static String withoutZeros(String text) {
        String shorter = ZEROS.matcher(text).replaceFirst("$1");
        return shorter.endsWith(".") ? shorter.substring(0, shorter.length() - 1) : shorter;
    }

    /** The form in which the destination compares names. */
    static String folded(String name) {
        return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replace('\u00DF', 's')
                .replace('\u0131', 'i')
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
