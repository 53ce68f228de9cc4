package dev.sluice.cdk.text;

import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Whole and decimal numbers as text. */
public final class NumberText {
    /** The two digits of each number below 100, the first one in the lower byte. */
    private static final short[] PAIRS = pairs();

    private static final int MAX_LONG_CHARACTERS = 20;

    private NumberText() {}

    /** Adds the text of a whole number. */
    public static void append(ByteSink out, long number) {
        byte[] bytes = out.reserve(MAX_LONG_CHARACTERS);
        int at = out.size();
        if (number < 0) {
            bytes[at++] = '-';
            out.advance(1);
        }
        if (number == Long.MIN_VALUE) {
            out.put("9223372036854775808"); // it has no positive counterpart
            return;
        }
        long magnitude = Math.abs(number);
        int digits = digitCount(magnitude);
        writeDigits(bytes, at, magnitude, digits);
        out.advance(digits);
    }

    /** Adds a number with zeros before it, so that it has at least these digits. */
    static void appendPadded(ByteSink out, long number, int digits) {
        int length = Math.max(digits, digitCount(number));
        byte[] bytes = out.reserve(length);
        writeDigits(bytes, out.size(), number, length);
        out.advance(length);
    }

    /**
     * Adds the plain text of a decimal of at most 18 digits, with as many digits behind the point as its scale says.
     *
     * @param scale 0 to 18
     */
    public static void appendDecimal(ByteSink out, long unscaled, int scale) {
        if (unscaled == DecimalType.NAN) {
            out.put("NaN");
            return;
        }
        if (scale == 0) {
            append(out, unscaled);
            return;
        }
        if (unscaled < 0) {
            out.put('-');
        }
        long magnitude = Math.abs(unscaled);
        int digits = Math.max(digitCount(magnitude), scale + 1);
        byte[] bytes = out.reserve(digits + 1);
        int at = out.size();
        writeDigits(bytes, at, magnitude, digits);
        int point = at + digits - scale;
        System.arraycopy(bytes, point, bytes, point + 1, scale);
        bytes[point] = '.';
        out.advance(digits + 1);
    }

    /**
     * Adds the plain text of a decimal held in 128 bits.
     *
     * @param scale 0 to 38
     */
    public static void appendDecimal(ByteSink out, long high, long low, int scale) {
        if (high == DecimalType.NAN) {
            out.put("NaN");
        } else if (high == low >> 63 && scale <= DecimalType.MAX_LONG_PRECISION && low != Long.MIN_VALUE) {
            appendDecimal(out, low, scale);
        } else {
            BigInteger unscaled = BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(1, bigEndian(low)));
            out.put(new BigDecimal(unscaled, scale).toPlainString());
        }
    }

    /** The number of digits of a number that is not negative; 1 for 0. */
    private static int digitCount(long number) {
        // 1233 / 4096 is a little more than the logarithm of 2 to the base of 10, so this is right or one too many.
        int guess = ((64 - Long.numberOfLeadingZeros(number | 1)) * 1233) >>> 12;
        return number < NumberParser.POWERS[guess] ? Math.max(1, guess) : guess + 1;
    }

    private static void writeDigits(byte[] bytes, int at, long number, int digits) {
        int end = at + digits;
        long rest = number;
        while (end - at >= 2) {
            long quotient = rest / 100;
            short pair = PAIRS[(int) (rest - quotient * 100)];
            end -= 2;
            bytes[end] = (byte) pair;
            bytes[end + 1] = (byte) (pair >> 8);
            rest = quotient;
        }
        if (end > at) {
            bytes[at] = (byte) ('0' + rest);
        }
    }

    private static byte[] bigEndian(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >>> (56 - 8 * i));
        }
        return bytes;
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < 100; i++) {
            pairs[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
        }
        return pairs;
    }
}
