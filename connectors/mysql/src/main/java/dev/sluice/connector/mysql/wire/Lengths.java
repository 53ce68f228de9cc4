package dev.sluice.connector.mysql.wire;

/** The protocol's numbers of variable length. */
final class Lengths {
    /** The mark of a null in a row. */
    static final long NULL = -1;

    static final int NULL_MARK = 0xFB;
    private static final int TWO_BYTES = 0xFC;
    private static final int THREE_BYTES = 0xFD;
    private static final int EIGHT_BYTES = 0xFE;

    private Lengths() {}

    /** How many bytes follow the first one. */
    static int bytesBehind(int first) {
        return switch (first) {
            case TWO_BYTES -> 2;
            case THREE_BYTES -> 3;
            case EIGHT_BYTES -> 8;
            default -> 0;
        };
    }

    /** The number that the first byte alone stands for. */
    static long small(int first) {
        return first == NULL_MARK ? NULL : first;
    }

    /** The number behind the first byte, in an array. */
    static long behind(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[at + i] & 0xFFL) << (8 * i);
        }
        return value;
    }
}
