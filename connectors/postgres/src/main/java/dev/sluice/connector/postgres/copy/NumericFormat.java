package dev.sluice.connector.postgres.copy;

/**
 * The binary form of PostgreSQL's numeric: a header of four 16-bit numbers (digits, weight, sign, display scale) and
 * digits to the base 10,000, the first of which counts 10,000 to the power of the weight. From numeric_send and
 * numeric_recv in src/backend/utils/adt/numeric.c.
 */
final class NumericFormat {
    static final int POSITIVE = 0x0000;
    static final int NEGATIVE = 0x4000;
    static final int NAN = 0xC000;
    static final int POSITIVE_INFINITY = 0xD000;
    static final int NEGATIVE_INFINITY = 0xF000;

    static final int HEADER_BYTES = 8;
    static final int DECIMALS_PER_DIGIT = 4;

    private static final long[] POWERS = powers();

    private NumericFormat() {}

    /** Ten to the power of {@code exponent}, which is 0 to 18. */
    static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }

    static int digits(byte[] bytes, int at) {
        return BigEndian.int16(bytes, at);
    }

    static int weight(byte[] bytes, int at) {
        return BigEndian.int16(bytes, at + 2);
    }

    static int sign(byte[] bytes, int at) {
        return BigEndian.int16(bytes, at + 4) & 0xFFFF;
    }

    static int displayScale(byte[] bytes, int at) {
        return BigEndian.int16(bytes, at + 6);
    }

    static int digit(byte[] bytes, int at, int index) {
        return BigEndian.int16(bytes, at + HEADER_BYTES + 2 * index);
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
