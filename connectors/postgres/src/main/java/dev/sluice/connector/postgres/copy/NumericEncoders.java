package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType.DecimalType;

/** The encoders of numeric, one a layout. The digits of a value are collected from its point outwards and then sent. */
final class NumericEncoders {
    private static final int BASE = 10_000;

    private NumericEncoders() {}

    /** Writes a numeric without digits: zero, NaN or an infinity. */
    private static void writeSpecial(int sign, int displayScale, Forms out) {
        int at = out.reserve(4 + NumericFormat.HEADER_BYTES);
        byte[] buffer = out.buffer();
        BigEndian.putInt32(buffer, at, NumericFormat.HEADER_BYTES);
        BigEndian.putInt16(buffer, at + 4, 0);
        BigEndian.putInt16(buffer, at + 6, 0);
        BigEndian.putInt16(buffer, at + 8, sign);
        BigEndian.putInt16(buffer, at + 10, displayScale);
    }

    /** Writes a numeric whose digits stand in an array from the most significant one on. */
    private static void writeDigits(
            short[] digits, int first, int end, int weightOfFirst, boolean negative, int displayScale, Forms out) {
        int from = first;
        int to = end;
        while (from < to && digits[from] == 0) {
            from++;
        }
        while (to > from && digits[to - 1] == 0) {
            to--;
        }
        if (from == to) {
            writeSpecial(NumericFormat.POSITIVE, displayScale, out);
            return;
        }
        int count = to - from;
        int size = NumericFormat.HEADER_BYTES + 2 * count;
        int at = out.reserve(4 + size);
        byte[] buffer = out.buffer();
        BigEndian.putInt32(buffer, at, size);
        BigEndian.putInt16(buffer, at + 4, count);
        BigEndian.putInt16(buffer, at + 6, weightOfFirst - (from - first));
        BigEndian.putInt16(buffer, at + 8, negative ? NumericFormat.NEGATIVE : NumericFormat.POSITIVE);
        BigEndian.putInt16(buffer, at + 10, displayScale);
        for (int i = 0; i < count; i++) {
            BigEndian.putInt16(buffer, at + 12 + 2 * i, digits[from + i]);
        }
    }

    /** Writes 64-bit unscaled values: decimals of up to 18 digits, and integers with the scale 0. */
    static final class LongEncoder extends FormedEncoder {
        /** Five digits before the point hold 10^20, five behind it 20 decimals. */
        private static final int WHOLE_DIGITS = 5;

        private static final int MOST_BYTES = LENGTH_BYTES + NumericFormat.HEADER_BYTES + 2 * (WHOLE_DIGITS + 5);

        private final short[] digits = new short[WHOLE_DIGITS + 5];
        private final int scale;
        private long[] values = {};

        LongEncoder(int scale) {
            this.scale = scale;
        }

        @Override
        long most() {
            return MOST_BYTES;
        }

        @Override
        void load(Column next) {
            if (next instanceof IntColumn ints) {
                values = new long[ints.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = ints.values()[i];
                }
            } else {
                values = ((LongColumn) next).values();
            }
        }

        @Override
        void form(int row, Forms out) {
            long value = values[row];
            if (value == DecimalType.NAN) {
                writeSpecial(NumericFormat.NAN, 0, out);
                return;
            }
            form(value, out);
        }

        void form(long value, Forms out) {
            long magnitude = Math.abs(value);
            long power = NumericFormat.powerOfTen(scale);
            long whole = Long.divideUnsigned(magnitude, power);
            long fraction = Long.remainderUnsigned(magnitude, power);
            int i = WHOLE_DIGITS;
            while (whole != 0) {
                digits[--i] = (short) Long.remainderUnsigned(whole, BASE);
                whole = Long.divideUnsigned(whole, BASE);
            }
            int first = i;
            int end = WHOLE_DIGITS;
            for (int left = scale; left > 0; left -= NumericFormat.DECIMALS_PER_DIGIT) {
                if (left >= NumericFormat.DECIMALS_PER_DIGIT) {
                    long unit = NumericFormat.powerOfTen(left - NumericFormat.DECIMALS_PER_DIGIT);
                    digits[end++] = (short) (fraction / unit);
                    fraction %= unit;
                } else {
                    digits[end++] =
                            (short) (fraction * NumericFormat.powerOfTen(NumericFormat.DECIMALS_PER_DIGIT - left));
                }
            }
            writeDigits(digits, first, end, WHOLE_DIGITS - 1 - first, value < 0, scale, out);
        }
    }

    /** Writes 64-bit integers as numeric; unlike decimals they have no value that stands for NaN. */
    static final class IntegerEncoder extends FormedEncoder {
        private final LongEncoder encoder = new LongEncoder(0);
        private long[] values = {};

        @Override
        long most() {
            return LongEncoder.MOST_BYTES;
        }

        @Override
        void load(Column next) {
            values = ((LongColumn) next).values();
        }

        @Override
        void form(int row, Forms out) {
            encoder.form(values[row], out);
        }
    }

    /** Writes 128-bit unscaled values: decimals of up to 38 digits. */
    static final class WideEncoder extends FormedEncoder {
        private static final int LIMBS = 5; // of 32 bits: 38 digits and up to three zeros behind them
        private static final int MOST_DIGITS = 12;
        private static final long LIMB_MASK = 0xFFFF_FFFFL;

        private final short[] digits = new short[MOST_DIGITS];
        private final long[] limbs = new long[LIMBS];
        private final int scale;
        private final int padding;
        private long[] values = {};

        WideEncoder(int scale) {
            this.scale = scale;
            this.padding = Math.floorMod(-scale, NumericFormat.DECIMALS_PER_DIGIT);
        }

        @Override
        long most() {
            return LENGTH_BYTES + NumericFormat.HEADER_BYTES + 2 * MOST_DIGITS;
        }

        @Override
        void load(Column next) {
            values = ((WideColumn) next).values();
        }

        @Override
        void form(int row, Forms out) {
            long high = values[2 * row];
            long low = values[2 * row + 1];
            if (high == DecimalType.NAN) {
                writeSpecial(NumericFormat.NAN, 0, out);
                return;
            }
            boolean negative = high < 0;
            if (negative) {
                low = -low;
                high = ~high + (low == 0 ? 1 : 0);
            }
            load(high, low);
            int first = MOST_DIGITS;
            while (!isZero()) {
                digits[--first] = (short) divideByBase();
            }
            int fractionDigits = (scale + padding) / NumericFormat.DECIMALS_PER_DIGIT;
            int weightOfFirst = MOST_DIGITS - first - 1 - fractionDigits;
            writeDigits(digits, first, MOST_DIGITS, weightOfFirst, negative, scale, out);
        }

        /** Takes the magnitude, multiplied so that its last digit to the base 10,000 is whole. */
        private void load(long high, long low) {
            limbs[0] = low & LIMB_MASK;
            limbs[1] = low >>> 32;
            limbs[2] = high & LIMB_MASK;
            limbs[3] = high >>> 32;
            limbs[4] = 0;
            long factor = NumericFormat.powerOfTen(padding);
            long carry = 0;
            for (int i = 0; i < LIMBS; i++) {
                long product = limbs[i] * factor + carry;
                limbs[i] = product & LIMB_MASK;
                carry = product >>> 32;
            }
        }

        private boolean isZero() {
            return (limbs[0] | limbs[1] | limbs[2] | limbs[3] | limbs[4]) == 0;
        }

        private int divideByBase() {
            long remainder = 0;
            for (int i = LIMBS - 1; i >= 0; i--) {
                long dividend = (remainder << 32) | limbs[i];
                limbs[i] = dividend / BASE;
                remainder = dividend % BASE;
            }
            return (int) remainder;
        }
    }

    /** Writes decimals that are held as plain ASCII text; one with more digits than the server keeps becomes null. */
    static final class TextEncoder extends FormedEncoder {
        /** From the documentation of PostgreSQL, "Arbitrary Precision Numbers". */
        private static final int MOST_WHOLE_DIGITS = 131_072;

        private static final int MOST_FRACTION_DIGITS = 16_383;

        private final String field;
        private final Alterations alterations;
        private long longest;
        private byte[] data = {};
        private int[] offsets = {};
        private short[] digits = new short[64];

        TextEncoder(String field, Alterations alterations) {
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void load(Column next) {
            data = ((BytesColumn) next).data();
            offsets = ((BytesColumn) next).offsets();
            longest = TextEncoders.longest((BytesColumn) next);
        }

        @Override
        long most() {
            // Four characters become two bytes, but for a short group at either side of the point.
            return LENGTH_BYTES + NumericFormat.HEADER_BYTES + 4 + longest;
        }

        @Override
        void form(int row, Forms out) {
            int at = offsets[row];
            int end = offsets[row + 1];
            boolean negative = data[at] == '-';
            if (negative || data[at] == '+') {
                at++;
            }
            switch (data[at]) {
                case 'N' -> writeSpecial(NumericFormat.NAN, 0, out);
                case 'I' ->
                    writeSpecial(negative ? NumericFormat.NEGATIVE_INFINITY : NumericFormat.POSITIVE_INFINITY, 0, out);
                default -> formFinite(row, at, end, negative, out);
            }
        }

        private void formFinite(int row, int start, int end, boolean negative, Forms out) {
            int point = start;
            while (point < end && data[point] != '.') {
                point++;
            }
            int whole = point - start;
            int scale = Math.max(0, end - point - 1);
            if (whole > MOST_WHOLE_DIGITS || scale > MOST_FRACTION_DIGITS) {
                FieldEncoders.reportOutOfRange(row, field, alterations);
                out.writeNull();
                return;
            }
            int wholeDigits = (whole + 3) / 4;
            int fractionDigits = (scale + 3) / 4;
            if (digits.length < wholeDigits + fractionDigits) {
                digits = new short[wholeDigits + fractionDigits];
            }
            // Digits to the base 10,000 line up at the point: the first one may be short, the last one is padded.
            int at = start;
            int take = whole - 4 * (wholeDigits - 1);
            for (int i = 0; i < wholeDigits; i++) {
                digits[i] = digit(at, take, take);
                at += take;
                take = 4;
            }
            at = point + 1;
            for (int i = 0; i < fractionDigits; i++) {
                digits[wholeDigits + i] = digit(at, Math.min(4, end - at), 4);
                at += 4;
            }
            writeDigits(digits, 0, wholeDigits + fractionDigits, wholeDigits - 1, negative, scale, out);
        }

        private short digit(int at, int length, int paddedLength) {
            int value = 0;
            for (int i = 0; i < paddedLength; i++) {
                value = value * 10 + (i < length ? data[at + i] - '0' : 0);
            }
            return (short) value;
        }
    }
}
