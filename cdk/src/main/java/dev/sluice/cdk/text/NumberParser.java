package dev.sluice.cdk.text;

import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads whole and decimal numbers from ASCII text without an object per value.
 *
 * <p>The text is a minus if need be, digits without leading zeros, and for decimals a point with digits behind it and an
 * exponent; {@code NaN} where the type knows it. A plus, blanks and group separators are refused. Each method returns true if the text is such a number, and
 * then the number stands in {@link #value()}, or in {@link #high()} and {@link #low()}. One thread uses a parser.
 */
public final class NumberParser {
    /** Longer texts are no numbers that anybody means; it also bounds what an exponent can ask for. */
    private static final int MAX_DIGITS = 100_000;

    static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.ISO_8859_1);
    static final byte[] MINUS_INFINITY = "-Infinity".getBytes(StandardCharsets.ISO_8859_1);

    /** The powers of ten that a {@code long} holds, up to the 18th. */
    static final long[] POWERS = powers();

    private static final int LONG_DIGITS = 18;

    private long high;
    private long low;

    /** The number of the last success, where it takes one {@code long}. */
    public long value() {
        return low;
    }

    /** The upper half of the last 128-bit number. */
    public long high() {
        return high;
    }

    /** The lower half of the last 128-bit number. */
    public long low() {
        return low;
    }

    /** Reads a whole number of 64 bits. */
    public boolean integer(byte[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative) {
            at++;
        }
        int digits = to - at;
        if (digits < 1 || digits > 19 || (text[at] == '0' && digits > 1)) {
            return false;
        }
        long number = digits > LONG_DIGITS ? nineteenDigits(text, at, negative) : digits(text, at, to);
        if (number < 0) {
            // Only the smallest number of all is negative here, and it needs its sign.
            low = number;
            return number == Long.MIN_VALUE && negative;
        }
        low = negative ? -number : number;
        return true;
    }

    /** Reads a whole number of at most these bits: 8, 16, 32 or 64. */
    public boolean integer(byte[] text, int from, int to, int bits) {
        return integer(text, from, to) && (bits == 64 || (low >= -1L << (bits - 1) && low < 1L << (bits - 1)));
    }

    /**
     * Reads a decimal number of at most 18 digits into its unscaled value.
     *
     * @param precision the most digits, 1 to 18
     * @param scale the digits behind the point, 0 to the precision; a text with more has to end in zeros
     */
    public boolean decimal(byte[] text, int from, int to, int precision, int scale) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative) {
            at++;
        }
        int point = to - 1 - scale;
        // The ordinary case: as many digits behind the point as the type has.
        if (scale > 0 && point > at && text[point] == '.' && point - at <= precision - scale) {
            long whole = digits(text, at, point);
            long fraction = digits(text, point + 1, to);
            if ((whole | fraction) >= 0 && (text[at] != '0' || point - at == 1)) {
                long unscaled = whole * POWERS[scale] + fraction;
                low = negative ? -unscaled : unscaled;
                return true;
            }
        }
        if (isNaN(text, from, to)) {
            low = DecimalType.NAN;
            return true;
        }
        return scaled(text, from, to, precision, scale);
    }

    /**
     * Reads a decimal number of at most 38 digits into its unscaled value of 128 bits.
     *
     * @param precision the most digits, 1 to 38
     * @param scale the digits behind the point, 0 to the precision; a text with more has to end in zeros
     */
    public boolean wideDecimal(byte[] text, int from, int to, int precision, int scale) {
        if (isNaN(text, from, to)) {
            high = DecimalType.NAN;
            low = 0;
            return true;
        }
        return scaled(text, from, to, precision, scale);
    }

    /**
     * Reads a decimal number of any size and adds its canonical text, in plain notation.
     *
     * @param type the type that has to hold it; a text with more digits behind the point has to end in zeros
     */
    public boolean anyDecimal(byte[] text, int from, int to, DecimalType type, ByteSink out) {
        if (!isNumber(text, from, to)) {
            return special(text, from, to, out);
        }
        BigDecimal number = new BigDecimal(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
        if (Math.abs((long) number.scale()) > MAX_DIGITS) {
            return false;
        }
        if (!type.isUnconstrained()) {
            if (number.signum() != 0 && number.stripTrailingZeros().scale() > type.scale()) {
                return false;
            }
            number = number.setScale(type.scale());
            if (number.precision() > type.precision() && number.signum() != 0) {
                return false;
            }
        }
        out.put(number.toPlainString());
        return true;
    }

    private static boolean special(byte[] text, int from, int to, ByteSink out) {
        boolean known =
                isNaN(text, from, to) || equals(text, from, to, INFINITY) || equals(text, from, to, MINUS_INFINITY);
        if (known) {
            out.put(text, from, to - from);
        }
        return known;
    }

    private static boolean isNaN(byte[] text, int from, int to) {
        return to - from == 3 && text[from] == 'N' && text[from + 1] == 'a' && text[from + 2] == 'N';
    }

    static boolean equals(byte[] text, int from, int to, byte[] word) {
        return Arrays.equals(text, from, to, word, 0, word.length);
    }

    /** True if the text is a number as JSON writes it (RFC 8259, section 6). */
    public static boolean isNumber(byte[] text, int from, int to) {
        int at = from < to && text[from] == '-' ? from + 1 : from;
        int wholeEnd = skipDigits(text, at, to);
        if (wholeEnd == at || (text[at] == '0' && wholeEnd > at + 1) || to - from > MAX_DIGITS) {
            return false;
        }
        at = wholeEnd;
        if (at < to && text[at] == '.') {
            int fractionEnd = skipDigits(text, at + 1, to);
            if (fractionEnd == at + 1) {
                return false;
            }
            at = fractionEnd;
        }
        if (at < to && (text[at] | 0x20) == 'e') {
            at++;
            if (at < to && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            int exponentEnd = skipDigits(text, at, to);
            if (exponentEnd == at || exponentEnd - skipZeros(text, at, exponentEnd) > 9) {
                return false;
            }
            at = exponentEnd;
        }
        return at == to;
    }

    private static int skipZeros(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] == '0') {
            at++;
        }
        return at;
    }

    static int skipDigits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    static int indexOfExponent(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if ((text[i] | 0x20) == 'e') {
                return i;
            }
        }
        return -1;
    }

    /** The number of up to 18 digits, or a negative number if one is none. Zero digits make 0. */
    static long digits(byte[] text, int from, int to) {
        int length = to - from;
        if (length <= 8) {
            return to >= 8 ? upToEight(text, to, length) : oneByOne(text, from, to, 0);
        }
        long first = Words.at(text, from);
        if (!Words.allDigits(first)) {
            return -1;
        }
        long number = Words.eightDigits(first);
        int at = from + 8;
        if (length >= 16) {
            long second = Words.at(text, at);
            if (!Words.allDigits(second)) {
                return -1;
            }
            number = number * 100_000_000 + Words.eightDigits(second);
            at += 8;
        }
        int rest = to - at;
        long last = upToEight(text, to, rest);
        return last < 0 ? -1 : number * POWERS[rest] + last;
    }

    /** Reads the last digits before a place out of the eight bytes before it. */
    private static long upToEight(byte[] text, int to, int length) {
        if (length == 0) {
            return 0;
        }
        int others = (8 - length) * 8;
        long word = Words.at(text, to - 8);
        // What stands before the digits becomes zeros.
        long filled = (word >>> others << others) | (0x3030303030303030L & ~(-1L << others));
        return Words.allDigits(filled) ? Words.eightDigits(filled) : -1;
    }

    private static long oneByOne(byte[] text, int from, int to, long before) {
        long number = before;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The number of 19 digits; negative if one is none or it exceeds 64 bits, the smallest number if it is 2^63. */
    private static long nineteenDigits(byte[] text, int from, boolean negative) {
        long upper = digits(text, from, from + LONG_DIGITS);
        int digit = text[from + LONG_DIGITS] - '0';
        if (upper < 0 || digit < 0 || digit > 9 || upper > Long.MAX_VALUE / 10) {
            return -1;
        }
        long number = upper * 10 + digit; // wraps only just above the greatest number
        return number < 0 && !(negative && number == Long.MIN_VALUE) ? -1 : number;
    }

    /** Any notation, at most 38 digits: collects the digits, then moves the point to where the scale wants it. */
    private boolean scaled(byte[] text, int from, int to, int precision, int scale) {
        if (!isNumber(text, from, to)) {
            return false;
        }
        boolean negative = text[from] == '-';
        int exponentAt = indexOfExponent(text, from, to);
        int end = exponentAt < 0 ? to : exponentAt;
        int exponent = exponentAt < 0 ? 0 : exponent(text, exponentAt + 1, to);
        int point = end;
        for (int i = from; i < end; i++) {
            if (text[i] == '.') {
                point = i;
            }
        }
        int fraction = point == end ? 0 : end - point - 1;
        // Zeros at the end of the fraction do not count.
        while (fraction > 0 && text[point + fraction] == '0') {
            fraction--;
        }
        high = 0;
        low = 0;
        int first = negative ? from + 1 : from;
        if (!collect(text, first, point) || !collect(text, point + 1, point + 1 + fraction)) {
            return false;
        }
        if ((high | low) != 0 && !shift((long) scale - fraction + exponent)) {
            return false;
        }
        if (!fits(precision)) {
            return false;
        }
        if (negative) {
            low = -low;
            high = low == 0 ? -high : ~high;
        }
        return true;
    }

    private static int exponent(byte[] text, int from, int to) {
        boolean signed = text[from] == '-' || text[from] == '+';
        int size = (int) oneByOne(text, signed ? from + 1 : from, to, 0);
        return text[from] == '-' ? -size : size;
    }

    /** Adds digits to the number in hand; false once it exceeds 127 bits. */
    private boolean collect(byte[] text, int from, int to) {
        for (int at = from; at < to; ) {
            int length = Math.min(LONG_DIGITS, to - at);
            if (!multiplyAdd(POWERS[length], digits(text, at, at + length))) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Multiplies by a power of ten, or divides by one where nothing is lost. */
    private boolean shift(long places) {
        if (places > 40 || places < -40) {
            return false;
        }
        int left = (int) places;
        while (left > 0) {
            int step = Math.min(LONG_DIGITS, left);
            if (!multiplyAdd(POWERS[step], 0)) {
                return false;
            }
            left -= step;
        }
        while (left < 0) {
            if (!divideByTen()) {
                return false;
            }
            left++;
        }
        return true;
    }

    private boolean multiplyAdd(long factor, long addend) {
        long carry = Math.unsignedMultiplyHigh(low, factor);
        long product = low * factor;
        long sum = product + addend;
        if (Long.compareUnsigned(sum, product) < 0) {
            carry++;
        }
        if (Math.unsignedMultiplyHigh(high, factor) != 0) {
            return false;
        }
        long upper = high * factor + carry;
        if (Long.compareUnsigned(upper, carry) < 0) {
            return false;
        }
        high = upper;
        low = sum;
        return upper >= 0;
    }

    private boolean divideByTen() {
        long remainder = high % 10;
        high /= 10;
        // Long division in two steps of 32 bits.
        long upper = (remainder << 32) | (low >>> 32);
        long lower = ((upper % 10) << 32) | (low & 0xFFFFFFFFL);
        low = ((upper / 10) << 32) | (lower / 10);
        return lower % 10 == 0;
    }

    private boolean fits(int precision) {
        if (precision <= LONG_DIGITS) {
            return high == 0 && low >= 0 && low < POWERS[precision];
        }
        long limitHigh = Wide.POWER_HIGH[precision];
        return high < limitHigh || (high == limitHigh && Long.compareUnsigned(low, Wide.POWER_LOW[precision]) < 0);
    }

    private static long[] powers() {
        long[] powers = new long[LONG_DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
