package dev.sluice.connector.mysql.source;

import dev.sluice.connector.mysql.session.Quoting;

/** How values of a column are written into statements so that the server compares them in the column's own order. */
enum Order {
    /** Whole and decimal numbers, and floating point numbers of 64 bits. */
    NUMBER,
    /** Text, in the order of the column's collation. */
    TEXT,
    /** Bytes; their text is hexadecimal. */
    BYTES,
    /** Dates and timestamps. */
    TIME,
    /** Values that a plain text stands for, such as UUIDs. */
    WORD,
    /** Values without an order that one can rely on. */
    NONE;

    /** The expression whose text {@link #literal} understands. */
    String text(String expression) {
        return switch (this) {
            case BYTES -> "HEX(" + expression + ")";
            // The driver misreads fractions of three digits, so the server makes texts of times itself.
            case TIME -> "CAST(" + expression + " AS CHAR)";
            case NUMBER, TEXT, WORD, NONE -> expression;
        };
    }

    /** A constant that stands for a value with this text. */
    String literal(String text) {
        return switch (this) {
            case NUMBER -> required(text, "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
            case BYTES -> "X'" + required(text, "([0-9A-Fa-f]{2})*") + "'";
            case TEXT -> Quoting.literal(text);
            case TIME, WORD -> "'" + required(text, "[0-9A-Za-z:. -]*") + "'";
            case NONE -> throw new IllegalArgumentException("the type has no order");
        };
    }

    /** The texts come from positions, which people can edit, and go into statements. */
    private static String required(String text, String pattern) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException("not a value of the column: " + text);
        }
        return text;
    }
}
