package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.json.Json;
import java.util.HexFormat;
import java.util.List;

/**
 * Values as they are stored, as texts in plans and positions: whole numbers, numbers with a fraction, texts and bytes are
 * different things in SQLite, also where they look alike.
 */
final class Stored {
    private Stored() {}

    /** The text of a value. */
    static String text(Object value) {
        return switch (value) {
            case Double real -> "r:" + real;
            case Number whole -> "i:" + whole;
            case byte[] bytes -> "b:" + HexFormat.of().formatHex(bytes);
            default -> "t:" + value;
        };
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Object value(String text) {
        String rest = text.length() < 2 ? "" : text.substring(2);
        return switch (text.substring(0, Math.min(2, text.length()))) {
            case "r:" -> Double.parseDouble(rest);
            case "i:" -> Long.parseLong(rest);
            case "b:" -> HexFormat.of().parseHex(rest);
            case "t:" -> rest;
            default -> throw new IllegalArgumentException("a stored value has its kind in front");
        };
    }

    /** Several values in one text. */
    static String texts(List<Object> values) {
        return Json.write(values.stream().map(Stored::text).toList());
    }

    /**
     * What {@link #texts} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static List<Object> values(String json) {
        if (Json.read(json) instanceof List<?> list) {
            return list.stream().map(each -> value(String.valueOf(each))).toList();
        }
        throw new IllegalArgumentException("a place in a split is a list");
    }
}
