package dev.sluice.lowcode.template;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text its text; of a string its content
 * @param at where it begins, counted from 0
 */
record Token(Kind kind, String text, int at) {
    enum Kind {
        /** Text outside of all marks. */
        TEXT,
        /** The mark before an expression. */
        OUTPUT,
        /** The mark before a statement. */
        STATEMENT,
        /** The mark after an expression or a statement. */
        END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        /** The end of the template. */
        LAST
    }

    boolean is(Kind other, String content) {
        return kind == other && text.equals(content);
    }
}
