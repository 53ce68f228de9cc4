package dev.sluice.cdk.text;

import java.nio.charset.StandardCharsets;

/** Strings of JSON texts (RFC 8259, section 7), from UTF-8 and in UTF-8. */
public final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final long QUOTES = Words.repeat('"');
    private static final long BACKSLASHES = Words.repeat('\\');

    /** Adding this to a byte below 128 sets its highest bit exactly if it is no control character. */
    private static final long ABOVE_CONTROLS = Words.repeat(0x80 - 0x20);

    private JsonText() {}

    /** Adds a text in quotes, with the escapes that JSON demands and no others. */
    public static void appendString(ByteSink out, byte[] utf8, int from, int to) {
        out.put('"');
        appendEscaped(out, utf8, from, to);
        out.put('"');
    }

    /** Adds a part of a text without quotes, with the escapes that JSON demands and no others. */
    public static void appendEscaped(ByteSink out, byte[] utf8, int from, int to) {
        int at = from;
        while (true) {
            int plainEnd = skipPlain(utf8, at, to);
            out.put(utf8, at, plainEnd - at);
            if (plainEnd == to) {
                break;
            }
            escape(out, utf8[plainEnd]);
            at = plainEnd + 1;
        }
    }

    /** Adds a text in quotes. */
    public static void appendString(ByteSink out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        appendString(out, utf8, 0, utf8.length);
    }

    /** The highest bit of exactly those of eight bytes that are a quote, a backslash or a control character. */
    public static long specialBytes(long word) {
        long controls = ~(word | ((word & ~Words.HIGH_BITS) + ABOVE_CONTROLS)) & Words.HIGH_BITS;
        return controls | Words.equalBytes(word, QUOTES) | Words.equalBytes(word, BACKSLASHES);
    }

    /** Where the first byte stands that is a quote, a backslash or a control character, or {@code to}. */
    public static int skipPlain(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to) {
            long special = specialBytes(Words.at(bytes, at));
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >> 3);
            }
            at += 8;
        }
        while (at < to && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] & 0xFF) >= 0x20) {
            at++;
        }
        return at;
    }

    /**
     * Adds the text of a string in UTF-8, without its quotes and with its escapes undone.
     *
     * @param from where the first character stands behind the opening quote of a string that is known to be valid
     * @param to where the closing quote stands
     * @return false if an escape names half a surrogate pair, which no UTF-8 has; nothing useful was added then
     */
    public static boolean unescape(ByteSink out, byte[] json, int from, int to) {
        out.reserve(to - from); // escapes are longer than what they stand for
        int at = from;
        while (at < to) {
            int plainEnd = skipPlain(json, at, to);
            out.put(json, at, plainEnd - at);
            if (plainEnd == to) {
                return true;
            }
            char escape = (char) json[plainEnd + 1];
            at = plainEnd + 2;
            if (escape != 'u') {
                out.put(meaning(escape));
                continue;
            }
            int unit = hex(json, at);
            at += 4;
            if (Character.isHighSurrogate((char) unit)
                    && at + 6 <= to
                    && json[at] == '\\'
                    && json[at + 1] == 'u'
                    && Character.isLowSurrogate((char) hex(json, at + 2))) {
                out.put(Character.toString(Character.toCodePoint((char) unit, (char) hex(json, at + 2))));
                at += 6;
            } else if (Character.isSurrogate((char) unit)) {
                return false;
            } else {
                out.put(Character.toString(unit));
            }
        }
        return true;
    }

    private static int meaning(char escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escape;
        };
    }

    private static int hex(byte[] json, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 4 | Character.digit(json[i], 16);
        }
        return value;
    }

    private static void escape(ByteSink out, byte character) {
        out.put('\\');
        switch (character) {
            case '"', '\\' -> out.put(character);
            case '\n' -> out.put('n');
            case '\r' -> out.put('r');
            case '\t' -> out.put('t');
            case '\b' -> out.put('b');
            case '\f' -> out.put('f');
            default -> {
                out.put('u');
                out.put('0');
                out.put('0');
                out.put(HEX[character >> 4]);
                out.put(HEX[character & 15]);
            }
        }
    }
}
