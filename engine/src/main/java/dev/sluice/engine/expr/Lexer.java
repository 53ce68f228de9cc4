package dev.sluice.engine.expr;

import java.util.ArrayList;
import java.util.List;

/** Divides the text of an expression into words, numbers, texts and signs. */
final class Lexer {
    private static final int MOST_CHARACTERS = 20_000;
    private static final List<String> LONG_SIGNS = List.of("||", "<>", "!=", "<=", ">=", "==");
    private static final String SIGNS = "+-*/%=<>(),";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** What a token is. */
    enum Kind {
        NUMBER,
        /** A text in single quotes. */
        TEXT,
        /** A name in double quotes, which is always a field. */
        NAME,
        /** A word without quotes: a field, a function or a word of the language. */
        WORD,
        SIGN,
        END
    }

    /**
     * A piece of the text.
     *
     * @param text what it says, without quotes
     * @param at where it begins
     */
    record Token(Kind kind, String text, int at) {
        boolean isSign(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    static List<Token> tokens(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw Mistakes.of("an expression has at most " + MOST_CHARACTERS + " characters", 0);
        }
        return new Lexer(text).all();
    }

    private List<Token> all() {
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, "the end", at));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() {
        int from = at;
        char first = text.charAt(at);
        if (first == '\'') {
            return new Token(Kind.TEXT, quoted('\''), from);
        }
        if (first == '"') {
            return new Token(Kind.NAME, quoted('"'), from);
        }
        if (isDigit(first)) {
            return new Token(Kind.NUMBER, number(), from);
        }
        if (isWordStart(first)) {
            while (at < text.length() && (isWordStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
                at++;
            }
            return new Token(Kind.WORD, text.substring(from, at), from);
        }
        for (String sign : LONG_SIGNS) {
            if (text.startsWith(sign, at)) {
                at += 2;
                return new Token(Kind.SIGN, sign, from);
            }
        }
        if (SIGNS.indexOf(first) < 0) {
            throw Mistakes.of("`" + first + "` is no sign of an expression", at);
        }
        at++;
        return new Token(Kind.SIGN, String.valueOf(first), from);
    }

    /** A text between two quotes; a quote in it stands there twice. */
    private String quoted(char quote) {
        int from = at++;
        StringBuilder inside = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != quote) {
                inside.append(next);
            } else if (at < text.length() && text.charAt(at) == quote) {
                inside.append(quote);
                at++;
            } else {
                return inside.toString();
            }
        }
        throw Mistakes.of("a text is not closed", from, "end it with " + quote);
    }

    private String number() {
        int from = at;
        digits();
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            digits();
        }
        if (at < text.length() && isWordStart(text.charAt(at))) {
            throw Mistakes.of("a number ends in `" + text.charAt(at) + "`", at);
        }
        return text.substring(from, at);
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isWordStart(char character) {
        return character == '_' || Character.isLetter(character);
    }
}
