package dev.sluice.cdk.text;

import java.nio.charset.StandardCharsets;

/**
 * Binary floating point numbers as text: the shortest digits that give the number back, as {@link Double#toString(double)}
 * and {@link Float#toString(float)} choose them.
 */
public final class FloatText {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final byte[] NAN = "NaN".getBytes(StandardCharsets.ISO_8859_1);

    /** As many digits as a double holds exactly whatever they are. */
    private static final int EXACT_DIGITS = 15;

    private static final double QUICK_SCALE = 1e6;

    private FloatText() {}

    /** True if the text is a number, {@code NaN}, {@code Infinity} or {@code -Infinity}, so that it can be parsed. */
    public static boolean isFloat(byte[] text, int from, int to) {
        return NumberParser.isNumber(text, from, to)
                || NumberParser.equals(text, from, to, NAN)
                || NumberParser.equals(text, from, to, NumberParser.INFINITY)
                || NumberParser.equals(text, from, to, NumberParser.MINUS_INFINITY);
    }

    /**
     * The number that a text of at most 15 digits, perhaps with a minus and a point, stands for. Those are exact, so the one rounding of
     * the division is the right one (Clinger's fast path).
     *
     * @return NaN if the text is no such number
     */
    public static double parseShort(byte[] text, int from, int to) {
        int at = from < to && text[from] == '-' ? from + 1 : from;
        int length = to - at;
        if (length < 1 || length > EXACT_DIGITS + 1 || (length > 1 && text[at] == '0' && text[at + 1] != '.')) {
            return Double.NaN;
        }
        long digits = 0;
        int fraction = -1;
        for (int i = at; i < to; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (text[i] == '.' && fraction < 0 && i > at && i + 1 < to) {
                fraction = to - i - 1;
            } else {
                return Double.NaN;
            }
        }
        if (fraction < 0) {
            fraction = 0;
            if (length > EXACT_DIGITS) {
                return Double.NaN;
            }
        }
        double number = digits / POWERS[fraction];
        return at == from ? number : -number;
    }

    /** The number of 64 bits that is nearest to a text for which {@link #isFloat} holds. */
    public static double parseDouble(byte[] text, int from, int to) {
        int at = text[from] == '-' ? from + 1 : from;
        int wholeEnd = NumberParser.skipDigits(text, at, to);
        int fractionEnd = wholeEnd;
        if (wholeEnd < to && text[wholeEnd] == '.') {
            fractionEnd = NumberParser.skipDigits(text, wholeEnd + 1, to);
        }
        int fraction = Math.max(0, fractionEnd - wholeEnd - 1);
        int whole = wholeEnd - at;
        if (fractionEnd == to && whole > 0 && whole + fraction <= EXACT_DIGITS) {
            // Both operands are exact, so the one rounding of the division is the right one (Clinger's fast path).
            double digits = NumberParser.digits(text, at, wholeEnd) * POWERS[fraction]
                    + (fraction == 0 ? 0 : NumberParser.digits(text, wholeEnd + 1, to));
            double number = digits / POWERS[fraction];
            return at == from ? number : -number;
        }
        return Double.parseDouble(ascii(text, from, to));
    }

    /** The number of 32 bits that is nearest to a text for which {@link #isFloat} holds. */
    public static float parseFloat(byte[] text, int from, int to) {
        return Float.parseFloat(ascii(text, from, to));
    }

    /** Adds the text of a number of 64 bits. */
    public static void append(ByteSink out, double number) {
        double magnitude = Math.abs(number);
        if (magnitude >= 1e-3 && magnitude < 1e7) {
            long scaled = Math.round(magnitude * QUICK_SCALE);
            // At most 13 digits: where they give the number back, no shorter text does.
            if (scaled / QUICK_SCALE == magnitude) {
                appendScaled(out, number < 0, scaled);
                return;
            }
        }
        out.put(Double.toString(number));
    }

    /** Adds the text of a number of 32 bits. */
    public static void append(ByteSink out, float number) {
        out.put(Float.toString(number));
    }

    private static void appendScaled(ByteSink out, boolean negative, long scaled) {
        if (negative) {
            out.put('-');
        }
        NumberText.append(out, scaled / (long) QUICK_SCALE);
        out.put('.');
        int fraction = (int) (scaled % (long) QUICK_SCALE);
        int places = 6;
        while (places > 1 && fraction % 10 == 0) {
            fraction /= 10;
            places--;
        }
        NumberText.appendPadded(out, fraction, places);
    }

    private static String ascii(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
