package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType.DecimalType;
import java.nio.charset.StandardCharsets;

/** The decoders of numeric, one a layout of decimals. */
final class NumericDecoders {
    private static final int BASE = 10_000;

    private NumericDecoders() {}

    /** The number of digits up to the last one that is not wholly beyond the scale. */
    private static int significantDigits(byte[] bytes, int at, int scale) {
        int digits = NumericFormat.digits(bytes, at);
        while (digits > 0 && exponent(bytes, at, digits, scale) <= -NumericFormat.DECIMALS_PER_DIGIT) {
            digits--;
        }
        return digits;
    }

    /** The power of ten that the last of so many digits counts, on the scale of the column. */
    private static int exponent(byte[] bytes, int at, int digits, int scale) {
        return (NumericFormat.weight(bytes, at) - digits + 1) * NumericFormat.DECIMALS_PER_DIGIT + scale;
    }

    /** Decodes a numeric of at most 18 digits to its unscaled value. */
    static final class LongDecoder extends FieldDecoder {
        private final LongColumn.Builder column;
        private final int scale;

        LongDecoder(LongColumn.Builder column, int scale) {
            super(column);
            this.column = column;
            this.scale = scale;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            int sign = NumericFormat.sign(bytes, at);
            if (sign == NumericFormat.NAN) {
                column.append(DecimalType.NAN);
                return Outcome.DECODED;
            }
            int digits = significantDigits(bytes, at, scale);
            int exponent = exponent(bytes, at, digits, scale);
            long unscaled = 0;
            for (int i = 0; i < digits - 1; i++) {
                unscaled = unscaled * BASE + NumericFormat.digit(bytes, at, i);
            }
            if (digits > 0) {
                int last = NumericFormat.digit(bytes, at, digits - 1);
                if (exponent >= 0) {
                    unscaled = (unscaled * BASE + last) * NumericFormat.powerOfTen(exponent);
                } else {
                    // The last digit reaches beyond the scale; what it has there is zero.
                    int beyond = (int) NumericFormat.powerOfTen(-exponent);
                    unscaled = unscaled * (BASE / beyond) + last / beyond;
                }
            }
            column.append(sign == NumericFormat.NEGATIVE ? -unscaled : unscaled);
            return Outcome.DECODED;
        }
    }

    /** Decodes a numeric of at most 38 digits to its unscaled value in 128 bits. */
    static final class WideDecoder extends FieldDecoder {
        private final WideColumn.Builder column;
        private final int scale;
        private long high;
        private long low;

        WideDecoder(WideColumn.Builder column, int scale) {
            super(column);
            this.column = column;
            this.scale = scale;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            int sign = NumericFormat.sign(bytes, at);
            if (sign == NumericFormat.NAN) {
                column.append(DecimalType.NAN, 0);
                return Outcome.DECODED;
            }
            int digits = significantDigits(bytes, at, scale);
            int exponent = exponent(bytes, at, digits, scale);
            high = 0;
            low = 0;
            for (int i = 0; i < digits - 1; i++) {
                multiplyAdd(BASE, NumericFormat.digit(bytes, at, i));
            }
            if (digits > 0) {
                int last = NumericFormat.digit(bytes, at, digits - 1);
                if (exponent >= 0) {
                    multiplyAdd(BASE, last);
                    for (int left = exponent; left > 0; left -= 18) {
                        multiplyAdd(NumericFormat.powerOfTen(Math.min(left, 18)), 0);
                    }
                } else {
                    int beyond = (int) NumericFormat.powerOfTen(-exponent);
                    multiplyAdd(BASE / beyond, last / beyond);
                }
            }
            if (sign == NumericFormat.NEGATIVE) {
                low = -low;
                high = ~high + (low == 0 ? 1 : 0);
            }
            column.append(high, low);
            return Outcome.DECODED;
        }

        private void multiplyAdd(long factor, long summand) {
            long carry = Math.unsignedMultiplyHigh(low, factor);
            long product = low * factor;
            low = product + summand;
            high = high * factor + carry + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
        }
    }

    /** Decodes a numeric of any size to plain ASCII text with its display scale. */
    static final class TextDecoder extends FieldDecoder {
        private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] MINUS_INFINITY = "-Infinity".getBytes(StandardCharsets.US_ASCII);

        private final BytesColumn.Builder column;

        TextDecoder(BytesColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            switch (NumericFormat.sign(bytes, at)) {
                case NumericFormat.NAN -> column.append(NAN);
                case NumericFormat.POSITIVE_INFINITY -> column.append(INFINITY);
                case NumericFormat.NEGATIVE_INFINITY -> column.append(MINUS_INFINITY);
                default -> appendFinite(bytes, at);
            }
            return Outcome.DECODED;
        }

        private void appendFinite(byte[] bytes, int at) {
            int weight = NumericFormat.weight(bytes, at);
            int scale = NumericFormat.displayScale(bytes, at);
            int wholeDigits = Math.max(0, weight + 1);
            int most = 1 + Math.max(1, 4 * wholeDigits) + (scale > 0 ? 1 + scale + 3 : 0);
            int start = column.reserve(most);
            byte[] out = column.data();
            int to = start;
            if (NumericFormat.sign(bytes, at) == NumericFormat.NEGATIVE) {
                out[to++] = '-';
            }
            to = writeWhole(bytes, at, wholeDigits, out, to);
            if (scale > 0) {
                out[to++] = '.';
                int end = to + scale;
                for (int i = weight + 1; to < end; i++) {
                    writeDigit(digitOrZero(bytes, at, i), out, to);
                    to += NumericFormat.DECIMALS_PER_DIGIT;
                }
                to = end; // what the last digit has beyond the scale is zero
            }
            column.shortenLast(to - start);
        }

        private static int writeWhole(byte[] bytes, int at, int wholeDigits, byte[] out, int from) {
            int to = from;
            for (int i = 0; i < wholeDigits; i++) {
                writeDigit(digitOrZero(bytes, at, i), out, to);
                to += NumericFormat.DECIMALS_PER_DIGIT;
            }
            int firstUsed = from;
            while (firstUsed < to - 1 && out[firstUsed] == '0') {
                firstUsed++;
            }
            if (to == from) {
                out[to++] = '0';
                return to;
            }
            System.arraycopy(out, firstUsed, out, from, to - firstUsed);
            return to - (firstUsed - from);
        }

        /** Zeros before the first digit and after the last one are not sent. */
        private static int digitOrZero(byte[] bytes, int at, int index) {
            return index >= 0 && index < NumericFormat.digits(bytes, at) ? NumericFormat.digit(bytes, at, index) : 0;
        }

        private static void writeDigit(int digit, byte[] out, int at) {
            out[at] = (byte) ('0' + digit / 1000);
            out[at + 1] = (byte) ('0' + digit / 100 % 10);
            out[at + 2] = (byte) ('0' + digit / 10 % 10);
            out[at + 3] = (byte) ('0' + digit % 10);
        }
    }
}
