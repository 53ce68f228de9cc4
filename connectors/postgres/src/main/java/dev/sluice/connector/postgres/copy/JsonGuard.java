package dev.sluice.connector.postgres.copy;

import dev.sluice.cdk.text.Words;
import java.io.ByteArrayOutputStream;

/**
 * Finds what valid JSON may hold and jsonb refuses: the escape of NUL, escapes of half a surrogate pair, and nesting
 * beyond the server's stack.
 */
final class JsonGuard {
    /** The server's stack of 2 MiB takes about 6,000 levels. */
    private static final int MAX_DEPTH = 5_000;

    private static final int ESCAPE_BYTES = 6; // backslash, u, four digits

    private JsonGuard() {}

    /** True if a value among these bytes may hold a bad escape; a quick look over a whole batch. */
    static boolean mayHoldEscapes(byte[] bytes, int end) {
        int at = Words.indexOf('\\', bytes, 0, end);
        while (at >= 0) {
            if (at + 1 < end && bytes[at + 1] == 'u') {
                return true;
            }
            at = Words.indexOf('\\', bytes, at + 2, end);
        }
        return false;
    }

    /** True if a value of this length may be nested too deeply: each level takes two characters. */
    static boolean mayBeDeep(int length) {
        return length > 2 * MAX_DEPTH;
    }

    static TextEncoders.Verdict check(byte[] bytes, int start, int length) {
        int end = start + length;
        int depth = 0;
        boolean inString = false;
        boolean bad = false;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (inString) {
                if (b == '\\') {
                    bad |= isBadEscape(bytes, i, end);
                    i += escapeLength(bytes, i, end) - 1;
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b == '"') {
                inString = true;
            } else if (b == '[' || b == '{') {
                if (++depth > MAX_DEPTH) {
                    return TextEncoders.Verdict.REFUSED;
                }
            } else if (b == ']' || b == '}') {
                depth--;
            }
        }
        return bad ? TextEncoders.Verdict.TO_BE_CLEANED : TextEncoders.Verdict.FINE;
    }

    /** The same text without the escapes that the server refuses. */
    static byte[] clean(byte[] bytes, int start, int length) {
        ByteArrayOutputStream cleaned = new ByteArrayOutputStream(length);
        int end = start + length;
        int i = start;
        while (i < end) {
            int size = bytes[i] == '\\' ? escapeLength(bytes, i, end) : 1;
            if (bytes[i] != '\\' || !isBadEscape(bytes, i, end)) {
                cleaned.write(bytes, i, size);
            }
            i += size;
        }
        return cleaned.toByteArray();
    }

    /** The bytes of the escape at a backslash; two escapes that make a surrogate pair count as one. */
    private static int escapeLength(byte[] bytes, int at, int end) {
        int unit = codeUnit(bytes, at, end);
        if (unit < 0) {
            return Math.min(2, end - at);
        }
        return isPair(bytes, at, end, unit) ? 2 * ESCAPE_BYTES : ESCAPE_BYTES;
    }

    private static boolean isBadEscape(byte[] bytes, int at, int end) {
        int unit = codeUnit(bytes, at, end);
        return unit == 0 || (unit >= 0 && Character.isSurrogate((char) unit) && !isPair(bytes, at, end, unit));
    }

    private static boolean isPair(byte[] bytes, int at, int end, int unit) {
        if (!Character.isHighSurrogate((char) unit)) {
            return false;
        }
        int next = codeUnit(bytes, at + ESCAPE_BYTES, end);
        return next >= 0 && Character.isLowSurrogate((char) next);
    }

    /** The UTF-16 code unit of the escape at this place, or -1 if there is none. */
    private static int codeUnit(byte[] bytes, int at, int end) {
        if (at + ESCAPE_BYTES > end || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE_BYTES; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
