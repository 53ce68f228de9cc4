package dev.sluice.cdk.text;

/** Checks that bytes are UTF-8 as RFC 3629 defines it: no overlong form, no surrogate, nothing beyond U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /** Where the first byte stands that does not belong to a whole character, or -1 if all is well. */
    public static int firstInvalid(byte[] bytes, int from, int to) {
        int at = from;
        while (true) {
            at = skipAscii(bytes, at, to);
            if (at >= to) {
                return -1;
            }
            int length = length(bytes, at, to);
            if (length == 0) {
                return at;
            }
            at += length;
        }
    }

    /** Where the first byte beyond ASCII stands, or {@code to}. */
    public static int skipAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to) {
            long beyond = Words.at(bytes, at) & Words.HIGH_BITS;
            if (beyond != 0) {
                return at + (Long.numberOfTrailingZeros(beyond) >> 3);
            }
            at += 8;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The length of the character that begins here with a byte beyond ASCII, or 0 if there is none. */
    private static int length(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        int left = to - at;
        if (first < 0xE0) {
            return first >= 0xC2 && left >= 2 && isTail(bytes[at + 1]) ? 2 : 0;
        }
        if (left < 3 || !isTail(bytes[at + 2])) {
            return 0;
        }
        int second = bytes[at + 1];
        if (first < 0xF0) {
            // After E0 the lower half would be overlong, after ED the upper half would be a surrogate.
            boolean valid = isTail(second)
                    && (first != 0xE0 || (second & 0xFF) >= 0xA0)
                    && (first != 0xED || (second & 0xFF) < 0xA0);
            return valid ? 3 : 0;
        }
        boolean valid = first <= 0xF4
                && left >= 4
                && isTail(bytes[at + 3])
                && isTail(second)
                && (first != 0xF0 || (second & 0xFF) >= 0x90)
                && (first != 0xF4 || (second & 0xFF) < 0x90);
        return valid ? 4 : 0;
    }

    private static boolean isTail(int value) {
        return (value & 0xC0) == 0x80;
    }
}
