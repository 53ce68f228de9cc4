package dev.sluice.connector.mysql.destination;

import java.math.BigInteger;

/**
 * The floating point number that MySQL reads from a number in JSON. The parser of MySQL 8.0 does not always give the nearest one, so what
 * it does is done here step by step: whole digits, digits behind the point, and one product with a power of ten.
 */
final class ServerDouble {
    private static final int MOST_EXPONENT = 308;
    private static final int MOST_DIGITS = 17;
    private static final long EXACT = 0x1F_FFFF_FFFF_FFFFL;
    private static final double ROOM_FOR_A_DIGIT = Double.parseDouble("1.7976931348623157e307");

    private final String number;
    private int at;
    private double value;
    private int digits;
    private int exponent;

    private ServerDouble(String number) {
        this.number = number;
    }

    /**
     * The number of a text that is no whole number of 64 bits; NaN if the server refuses it.
     *
     * @param nearest true for newer servers, whose parser gives the nearest number
     */
    static double of(String number, boolean nearest) {
        double read = new ServerDouble(number).read();
        return Double.isNaN(read) || !nearest ? read : Double.parseDouble(number);
    }

    private double read() {
        boolean negative = number.charAt(0) == '-';
        at = negative ? 1 : 0;
        if (!whole(negative)) {
            return Double.NaN;
        }
        int given = given();
        if (given > MOST_EXPONENT - exponent) {
            return Double.NaN;
        }
        double scaled = scaled(given + exponent);
        return Double.isInfinite(scaled) ? Double.NaN : negative ? -scaled : scaled;
    }

    private boolean hasDigit() {
        return at < number.length() && number.charAt(at) >= '0' && number.charAt(at) <= '9';
    }

    private int digit() {
        return number.charAt(at++) - '0';
    }

    /** Reads the digits on both sides of the point; false if there are too many. */
    private boolean whole(boolean negative) {
        long most = negative ? Long.MAX_VALUE / 10 : Long.divideUnsigned(-1, 10);
        int last = negative ? 8 : 5;
        long sum = digit();
        boolean isLong = true;
        while (hasDigit()) {
            int next = digit();
            if (isLong && (Long.compareUnsigned(sum, most) > 0 || (sum == most && next > last))) {
                isLong = false;
                value = unsigned(sum);
            }
            if (isLong) {
                sum = 10 * sum + next;
                digits++;
            } else if (value >= ROOM_FOR_A_DIGIT) {
                return false;
            } else {
                value = value * 10 + next;
            }
        }
        boolean hasPoint = at < number.length() && number.charAt(at) == '.';
        if (hasPoint) {
            at++;
            while (isLong && hasDigit() && Long.compareUnsigned(sum, EXACT) <= 0) {
                sum = 10 * sum + digit();
                exponent--;
                digits += sum == 0 ? 0 : 1;
            }
        }
        if (isLong) {
            value = unsigned(sum);
        }
        while (hasDigit()) {
            int next = digit();
            if (digits < MOST_DIGITS) {
                value = value * 10 + next;
                exponent--;
                digits += value > 0 ? 1 : 0;
            }
        }
        return true;
    }

    private static double unsigned(long sum) {
        return sum >= 0 ? sum : new BigInteger(Long.toUnsignedString(sum)).doubleValue();
    }

    private int given() {
        if (at == number.length()) {
            return 0;
        }
        at++;
        boolean negative = number.charAt(at) == '-';
        if (negative || number.charAt(at) == '+') {
            at++;
        }
        int sum = 0;
        while (hasDigit()) {
            // No number with more than this is another one than 0, or than one that is refused.
            sum = Math.min(10 * sum + digit(), 100_000_000);
        }
        return negative ? -sum : sum;
    }

    private double scaled(int power) {
        return power >= -MOST_EXPONENT
                ? times(value, power)
                : times(times(value, -MOST_EXPONENT), power + MOST_EXPONENT);
    }

    private static double times(double factor, int power) {
        return power < -MOST_EXPONENT ? 0 : power >= 0 ? factor * tenTo(power) : factor / tenTo(-power);
    }

    private static double tenTo(int power) {
        return Double.parseDouble("1e" + power);
    }
}
