package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.text.ByteSink;

/**
 * Decimals of the log as the texts that a query gives. Nine digits stand in four bytes, fewer in as few as they need; the
 * first bit is turned around, and below 0 all are (MySQL's "Fixed-Point Types", decimal2bin).
 */
final class LogDecimals {
    private static final int DIGITS_PER_WORD = 9;
    private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

    private LogDecimals() {}

    /** The bytes that a decimal takes. */
    static int size(int precision, int scale) {
        return part(precision - scale) + part(scale);
    }

    private static int part(int digits) {
        return digits / DIGITS_PER_WORD * 4 + BYTES[digits % DIGITS_PER_WORD];
    }

    static void append(ByteSink out, byte[] bytes, int at, int precision, int scale) {
        boolean negative = (bytes[at] & 0x80) == 0;
        int mask = negative ? 0xFF : 0;
        int first = out.size();
        if (negative) {
            out.put('-');
        }
        int whole = precision - scale;
        int place = at;
        int turned = 0x80;
        int digitsFrom = out.size();
        for (int left = whole; left > 0; ) {
            int digits = left % DIGITS_PER_WORD == 0 ? DIGITS_PER_WORD : left % DIGITS_PER_WORD;
            word(out, bytes, place, digits, mask, turned);
            turned = 0;
            place += BYTES[digits];
            left -= digits;
        }
        strip(out, digitsFrom);
        if (scale > 0) {
            out.put('.');
            for (int left = scale; left > 0; ) {
                int digits = Math.min(left, DIGITS_PER_WORD);
                word(out, bytes, place, digits, mask, turned);
                turned = 0;
                place += BYTES[digits];
                left -= digits;
            }
        }
        if (negative && isZero(out, first + 1)) {
            strip(out, first, first + 1);
        }
    }

    private static void word(ByteSink out, byte[] bytes, int at, int digits, int mask, int turned) {
        long value = 0;
        for (int i = 0; i < BYTES[digits]; i++) {
            int each = bytes[at + i] & 0xFF;
            value = (value << 8) | ((each ^ mask ^ (i == 0 ? turned : 0)) & 0xFF);
        }
        byte[] room = out.reserve(digits);
        for (int i = out.size() + digits - 1; i >= out.size(); i--) {
            room[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        out.advance(digits);
    }

    /** Takes away the zeros in front of the digits, apart from the last one; none at all become one. */
    private static void strip(ByteSink out, int from) {
        if (out.size() == from) {
            out.put('0');
            return;
        }
        int digits = from;
        while (digits < out.size() - 1 && out.bytes()[digits] == '0') {
            digits++;
        }
        strip(out, from, digits);
    }

    private static void strip(ByteSink out, int from, int to) {
        System.arraycopy(out.bytes(), to, out.bytes(), from, out.size() - to);
        out.cutTo(out.size() - (to - from));
    }

    private static boolean isZero(ByteSink out, int from) {
        for (int i = from; i < out.size(); i++) {
            if (out.bytes()[i] != '0' && out.bytes()[i] != '.') {
                return false;
            }
        }
        return true;
    }
}
