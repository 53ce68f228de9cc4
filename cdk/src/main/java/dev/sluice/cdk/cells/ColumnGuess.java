package dev.sluice.cdk.cells;

import dev.sluice.cdk.text.FloatText;
import dev.sluice.cdk.text.NumberParser;
import dev.sluice.cdk.text.TimeParser;
import dev.sluice.cdk.text.Uuids;
import dev.sluice.spi.type.DataType;

/**
 * Finds the type of a column from the texts of a sample.
 *
 * <p>A type is chosen only if every text of the sample has its form; one that fits none, or texts that fit different
 * ones, make the column text. In the order of trial:
 *
 * <ul>
 *   <li>{@code boolean}: {@code true} and {@code false}, or {@code t} and {@code f} where both occur;
 *   <li>{@code int64}: digits with a minus if need be. A leading zero or a plus makes it text, as in postal codes and
 *       telephone numbers. Longer ones up to 38 digits are {@code decimal(38,0)}, beyond that unconstrained;
 *   <li>decimal: with a point. Where all have as many digits behind it (as amounts of money do), that is the scale;
 *       where the number differs, the largest plus three. The precision is 18 if that leaves three digits before the
 *       point to spare, else 38, and beyond that the decimal is unconstrained;
 *   <li>{@code float64}: numbers of which at least one has an exponent, is {@code NaN} or is infinite;
 *   <li>{@code date}: {@code 2026-11-21}; {@code timestamp}: with a time behind it; {@code timestamp_with_timezone}: with
 *       an offset on each. Six fractional digits, or nine where the sample has more than six;
 *   <li>{@code uuid}: in lower case, so that the text comes back as it was.
 * </ul>
 *
 * <p>Times of day, JSON and dates in other orders stay text: a guess could be wrong, and text loses nothing. Not for use
 * by several threads.
 */
public final class ColumnGuess {
    private static final int SPARE_SCALE = 3;
    private static final int SPARE_WHOLE_DIGITS = 3;

    private final NumberParser numbers = new NumberParser();
    private final TimeParser times = new TimeParser();

    private long texts;
    private long emptyTexts;
    private int kinds = ALL;
    private boolean sawTrueLetter;
    private boolean sawFalseLetter;
    private boolean sawLongInteger;
    private int wholeDigits;
    private int leastScale = Integer.MAX_VALUE;
    private int mostScale;
    private boolean nanoseconds;

    private static final int WORDS = 1;
    private static final int LETTERS = 2;
    private static final int INTEGER = 4;
    private static final int DECIMAL = 8;
    private static final int FLOAT = 16;
    private static final int DATE = 32;
    private static final int LOCAL = 64;
    private static final int ZONED = 128;
    private static final int UUID = 256;
    private static final int ALL = 511;
    private static final int TIMES = DATE | LOCAL | ZONED;

    /** Adds a text of the sample that is not null. */
    public void add(byte[] data, int from, int to, boolean quoted) {
        int start = from;
        int end = to;
        while (start < end && (data[start] == ' ' || data[start] == '\t')) {
            start++;
        }
        while (end > start && (data[end - 1] == ' ' || data[end - 1] == '\t')) {
            end--;
        }
        if (start == end) {
            // An empty text says nothing about a number, but blanks alone or a text column with it do.
            if (from < to || !quoted) {
                kinds = 0;
            }
            emptyTexts++;
            return;
        }
        texts++;
        if (kinds != 0) {
            kinds &= kindsOf(data, start, end);
        }
    }

    /** Adds a value that is text, whatever it looks like. */
    public void addText() {
        texts++;
        kinds = 0;
    }

    /** True if no text was added that could tell anything. */
    public boolean isEmpty() {
        return texts == 0 && emptyTexts == 0;
    }

    /** The type that all texts fit. */
    public DataType type() {
        if (texts == 0 || kinds == 0) {
            return new DataType.TextType();
        }
        if ((kinds & WORDS) != 0 || ((kinds & LETTERS) != 0 && sawTrueLetter && sawFalseLetter)) {
            return new DataType.BoolType();
        }
        if ((kinds & INTEGER) != 0) {
            return sawLongInteger ? longInteger() : new DataType.IntType(64);
        }
        if ((kinds & DECIMAL) != 0) {
            return decimal();
        }
        if ((kinds & FLOAT) != 0) {
            return new DataType.FloatType(64);
        }
        if ((kinds & DATE) != 0) {
            return new DataType.DateType();
        }
        if ((kinds & (LOCAL | ZONED)) != 0) {
            return new DataType.TimestampType(nanoseconds ? 9 : 6, (kinds & ZONED) != 0);
        }
        return (kinds & UUID) != 0 ? new DataType.UuidType() : new DataType.TextType();
    }

    private DataType longInteger() {
        return wholeDigits <= DataType.DecimalType.MAX_WIDE_PRECISION
                ? new DataType.DecimalType(DataType.DecimalType.MAX_WIDE_PRECISION, 0)
                : DataType.DecimalType.unconstrained();
    }

    private DataType decimal() {
        int scale = leastScale == mostScale ? mostScale : mostScale + SPARE_SCALE;
        if (wholeDigits + SPARE_WHOLE_DIGITS + scale <= DataType.DecimalType.MAX_LONG_PRECISION) {
            return new DataType.DecimalType(DataType.DecimalType.MAX_LONG_PRECISION, scale);
        }
        return wholeDigits + scale <= DataType.DecimalType.MAX_WIDE_PRECISION
                ? new DataType.DecimalType(DataType.DecimalType.MAX_WIDE_PRECISION, scale)
                : DataType.DecimalType.unconstrained();
    }

    private int kindsOf(byte[] data, int from, int to) {
        int first = data[from];
        if ((first >= '0' && first <= '9') || first == '-') {
            int kind = numberKinds(data, from, to);
            return kind != 0 ? kind : timeKinds(data, from, to) | uuidKind(data, from, to);
        }
        if (first == 'N' || first == 'I') {
            return FloatText.isFloat(data, from, to) ? FLOAT : 0;
        }
        return wordKinds(data, from, to) | uuidKind(data, from, to);
    }

    private int wordKinds(byte[] data, int from, int to) {
        if (to - from == 1) {
            sawTrueLetter |= data[from] == 't';
            sawFalseLetter |= data[from] == 'f';
            return data[from] == 't' || data[from] == 'f' ? LETTERS : 0;
        }
        return Truths.of(data, from, to, false) == Truths.NEITHER ? 0 : WORDS;
    }

    private int numberKinds(byte[] data, int from, int to) {
        if (!NumberParser.isNumber(data, from, to)) {
            return FloatText.isFloat(data, from, to) ? FLOAT : 0;
        }
        int digits = data[from] == '-' ? from + 1 : from;
        int point = to;
        for (int i = digits; i < to; i++) {
            if (data[i] == '.') {
                point = i;
            } else if ((data[i] | 0x20) == 'e') {
                return FLOAT;
            }
        }
        wholeDigits = Math.max(wholeDigits, point - digits);
        if (point == to) {
            sawLongInteger |= !numbers.integer(data, from, to);
            return INTEGER | DECIMAL | FLOAT;
        }
        int scale = to - point - 1;
        leastScale = Math.min(leastScale, scale);
        mostScale = Math.max(mostScale, scale);
        return DECIMAL | FLOAT;
    }

    private int timeKinds(byte[] data, int from, int to) {
        if ((kinds & TIMES) == 0) {
            return 0;
        }
        if (times.date(data, from, to)) {
            return DATE;
        }
        boolean local = times.timestamp(data, from, to, 9, false);
        if (!local && !times.timestamp(data, from, to, 9, true)) {
            return 0;
        }
        nanoseconds |= times.low() != 0;
        return local ? LOCAL : ZONED;
    }

    private static int uuidKind(byte[] data, int from, int to) {
        if (!Uuids.isUuid(data, from, to)) {
            return 0;
        }
        for (int i = from; i < to; i++) {
            if (data[i] >= 'A' && data[i] <= 'F') {
                return 0;
            }
        }
        return UUID;
    }
}
