package dev.sluice.cdk.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UUIDs in the text form of RFC 9562: 36 characters, written in lower case, read in any case. */
public final class Uuids {
    /** The number of characters. */
    public static final int LENGTH = 36;

    private static final byte[] VALUES = values();
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private Uuids() {}

    /** True if the text is a UUID, so that its halves can be read. */
    public static boolean isUuid(byte[] text, int from, int to) {
        if (to - from != LENGTH
                || text[from + 8] != '-'
                || text[from + 13] != '-'
                || text[from + 18] != '-'
                || text[from + 23] != '-') {
            return false;
        }
        int all = 0;
        for (int i = 0; i < LENGTH; i++) {
            // A dash counts as a zero digit, so a fifth one gives itself away by the number of dashes.
            all |= VALUES[text[from + i] & 0xFF];
        }
        return all >= 0 && dashes(text, from) == 4;
    }

    /** The upper half of a text for which {@link #isUuid} holds. */
    public static long high(byte[] text, int from) {
        return hex(text, from, 8) << 32 | hex(text, from + 9, 4) << 16 | hex(text, from + 14, 4);
    }

    /** The lower half of a text for which {@link #isUuid} holds. */
    public static long low(byte[] text, int from) {
        return hex(text, from + 19, 4) << 48 | hex(text, from + 24, 12);
    }

    /** Adds the text of a UUID. */
    public static void append(ByteSink out, long high, long low) {
        byte[] bytes = out.reserve(LENGTH);
        int at = out.size();
        putHex(bytes, at, high >>> 32, 8);
        bytes[at + 8] = '-';
        putHex(bytes, at + 9, high >>> 16, 4);
        bytes[at + 13] = '-';
        putHex(bytes, at + 14, high, 4);
        bytes[at + 18] = '-';
        putHex(bytes, at + 19, low >>> 48, 4);
        bytes[at + 23] = '-';
        putHex(bytes, at + 24, low, 12);
        out.advance(LENGTH);
    }

    /** Adds bytes as hexadecimal digits in lower case. */
    public static void appendHex(ByteSink out, byte[] data, int from, int length) {
        byte[] bytes = out.reserve(2 * length);
        int at = out.size();
        for (int i = 0; i < length; i++) {
            int value = data[from + i];
            bytes[at + 2 * i] = DIGITS[(value >>> 4) & 15];
            bytes[at + 2 * i + 1] = DIGITS[value & 15];
        }
        out.advance(2 * length);
    }

    private static int dashes(byte[] text, int from) {
        int count = 0;
        for (int i = 0; i < LENGTH; i++) {
            count += text[from + i] == '-' ? 1 : 0;
        }
        return count;
    }

    private static long hex(byte[] text, int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            value = value << 4 | VALUES[text[i] & 0xFF];
        }
        return value;
    }

    private static void putHex(byte[] bytes, int at, long value, int length) {
        for (int i = 0; i < length; i++) {
            bytes[at + i] = DIGITS[(int) (value >>> (4 * (length - 1 - i))) & 15];
        }
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 16; i++) {
            values[Character.forDigit(i, 16)] = (byte) i;
            values[Character.toUpperCase(Character.forDigit(i, 16))] = (byte) i;
        }
        values['-'] = 0;
        return values;
    }
}
