package dev.sluice.cdk.text;

import java.nio.charset.StandardCharsets;

/**
 * Finds where JSON values end (RFC 8259), strictly and without making anything of them.
 *
 * <p>Blanks around a value do not belong to it. Bytes beyond ASCII are taken as they are; whether they are UTF-8 is for
 * {@link Utf8} to say. All methods answer {@link #NONE} where there is no whole value. One thread uses a scanner.
 */
public final class JsonScanner {
    /** The answer where there is no value. */
    public static final int NONE = -1;

    /** How deep objects and arrays may lie in each other. */
    public static final int MAX_DEPTH = 512;

    /** Most numbers have fewer digits before the point, and behind it. */
    private static final int SHORT_DIGITS = 40;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.ISO_8859_1);

    /** One bit a level: 1 for an object, 0 for an array. */
    private final long[] kinds = new long[MAX_DEPTH / Long.SIZE];

    private int depth;

    /** True if the text is one value with nothing but blanks around it. */
    public boolean isValue(byte[] text, int from, int to) {
        int end = endOfValue(text, skipBlanks(text, from, to), to);
        return end != NONE && skipBlanks(text, end, to) == to;
    }

    /** The first place that holds no blank, or {@code to}. */
    public static int skipBlanks(byte[] text, int from, int to) {
        int at = from;
        while (at < to && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** Where the value that begins exactly here ends: the place behind its last byte. */
    public int endOfValue(byte[] text, int from, int to) {
        depth = 0;
        int at = from;
        while (true) {
            if (at >= to) {
                return NONE;
            }
            int first = text[at];
            if (first == '{' || first == '[') {
                if (depth == MAX_DEPTH) {
                    return NONE;
                }
                enter(first == '{');
                at = skipBlanks(text, at + 1, to);
                boolean empty = at < to && text[at] == closing();
                if (!empty) {
                    at = first == '{' ? endOfKey(text, at, to) : at;
                    if (at == NONE) {
                        return NONE;
                    }
                    continue;
                }
                at++;
                depth--;
            } else {
                at = endOfScalar(text, at, to);
                if (at == NONE) {
                    return NONE;
                }
            }
            at = nextOrEnd(text, at, to);
            if (at == NONE || depth == 0) {
                return at;
            }
        }
    }

    /** Where a string, number or literal that begins here ends. */
    public static int endOfScalar(byte[] text, int from, int to) {
        return switch (text[from]) {
            case '"' -> {
                int quote = closingQuote(text, from + 1, to);
                yield quote == NONE ? NONE : quote + 1;
            }
            case 't' -> endOfWord(text, from, to, TRUE);
            case 'f' -> endOfWord(text, from, to, FALSE);
            case 'n' -> endOfWord(text, from, to, NULL);
            default -> endOfNumber(text, from, to);
        };
    }

    /** Where the quote stands that closes a string whose characters begin here. */
    public static int closingQuote(byte[] text, int from, int to) {
        int at = JsonText.skipPlain(text, from, to);
        while (at < to && text[at] != '"') {
            if (text[at] != '\\' || at + 1 >= to) {
                return NONE; // a control character, or the text ends in the middle of an escape
            }
            at = endOfEscape(text, at + 1, to);
            if (at == NONE) {
                return NONE;
            }
            at = JsonText.skipPlain(text, at, to);
        }
        return at < to ? at : NONE;
    }

    private static int endOfEscape(byte[] text, int at, int to) {
        return switch (text[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> {
                int end = at + 5;
                boolean valid = end <= to;
                for (int i = at + 1; valid && i < end; i++) {
                    valid = Character.digit(text[i], 16) >= 0;
                }
                yield valid ? end : NONE;
            }
            default -> NONE;
        };
    }

    private static int endOfWord(byte[] text, int from, int to, byte[] word) {
        int end = from + word.length;
        return end <= to && NumberParser.equals(text, from, end, word) ? end : NONE;
    }

    /** Where a number that begins here ends. */
    public static int endOfNumber(byte[] text, int from, int to) {
        int at = text[from] == '-' ? from + 1 : from;
        int wholeEnd = NumberParser.skipDigits(text, at, Math.min(to, at + SHORT_DIGITS));
        if (wholeEnd > at && wholeEnd < to && (text[at] != '0' || wholeEnd == at + 1)) {
            if (!isNumeric(text[wholeEnd])) {
                return wholeEnd;
            }
            if (text[wholeEnd] == '.') {
                int end = NumberParser.skipDigits(text, wholeEnd + 1, Math.min(to, wholeEnd + SHORT_DIGITS));
                if (end > wholeEnd + 1 && end < to && !isNumeric(text[end])) {
                    return end;
                }
            }
        }
        return endOfAnyNumber(text, from, to);
    }

    private static int endOfAnyNumber(byte[] text, int from, int to) {
        int at = from;
        while (at < to && isNumeric(text[at])) {
            at++;
        }
        return NumberParser.isNumber(text, from, at) ? at : NONE;
    }

    private static boolean isNumeric(int character) {
        return (character >= '0' && character <= '9')
                || character == '-'
                || character == '+'
                || character == '.'
                || (character | 0x20) == 'e';
    }

    /** Steps over the comma to the next value, or out of what ends here; depth 0 says that all has ended. */
    private int nextOrEnd(byte[] text, int from, int to) {
        int at = from;
        while (depth > 0) {
            at = skipBlanks(text, at, to);
            if (at >= to) {
                return NONE;
            }
            if (text[at] == ',') {
                at = skipBlanks(text, at + 1, to);
                return inObject() ? endOfKey(text, at, to) : at;
            }
            if (text[at] != closing()) {
                return NONE;
            }
            at++;
            depth--;
        }
        return at;
    }

    /** Steps over a key and its colon to where its value begins. */
    private static int endOfKey(byte[] text, int from, int to) {
        if (from >= to || text[from] != '"') {
            return NONE;
        }
        int quote = closingQuote(text, from + 1, to);
        if (quote == NONE) {
            return NONE;
        }
        int colon = skipBlanks(text, quote + 1, to);
        return colon < to && text[colon] == ':' ? skipBlanks(text, colon + 1, to) : NONE;
    }

    private void enter(boolean object) {
        long bit = 1L << depth;
        int word = depth >> 6;
        kinds[word] = object ? kinds[word] | bit : kinds[word] & ~bit;
        depth++;
    }

    private boolean inObject() {
        int level = depth - 1;
        return (kinds[level >> 6] & (1L << level)) != 0;
    }

    private int closing() {
        return inObject() ? '}' : ']';
    }
}
