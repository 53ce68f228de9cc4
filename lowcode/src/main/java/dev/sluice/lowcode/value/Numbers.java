package dev.sluice.lowcode.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Arithmetic as Python does it: whole numbers without a limit, fractions of 64 bits, truth values as 0 and 1. */
public final class Numbers {
    private static final int MOST_BITS = 100_000;

    private Numbers() {}

    /** The smallest form of a whole number. */
    public static Object whole(BigInteger number) {
        return number.bitLength() < 64 ? (Object) number.longValue() : number;
    }

    /** A whole number of any size. */
    public static BigInteger big(Object value) {
        return switch (value) {
            case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
            case Long number -> BigInteger.valueOf(number);
            case BigInteger number -> number;
            default -> throw Fault.type(Values.typeName(value) + " is not a whole number");
        };
    }

    /** A fraction. */
    public static double real(Object value) {
        return switch (value) {
            case Boolean truth -> truth ? 1 : 0;
            case Number number -> number.doubleValue();
            default -> throw Fault.type(Values.typeName(value) + " is not a number");
        };
    }

    /** True for whole numbers and truth values. */
    public static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
    }

    static int compare(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (isWhole(a) && isWhole(b)) {
            return big(a).compareTo(big(b));
        }
        double x = real(a);
        double y = real(b);
        if (Double.isNaN(x) || Double.isNaN(y) || Double.isInfinite(x) || Double.isInfinite(y)) {
            return Double.compare(x, y);
        }
        return exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Object value) {
        return isWhole(value) ? new BigDecimal(big(value)) : BigDecimal.valueOf(real(value));
    }

    /** The result of {@code + - * / // % **} between numbers. */
    public static Object apply(String operator, Object a, Object b) {
        if (operator.equals("/")) {
            return real(a) / requireNotZero(real(b));
        }
        if (isWhole(a) && isWhole(b)) {
            return wholes(operator, big(a), big(b));
        }
        double x = real(a);
        double y = real(b);
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "//" -> Math.floor(x / requireNotZero(y));
            case "%" -> x - Math.floor(x / requireNotZero(y)) * y;
            case "**" -> Math.pow(x, y);
            default -> throw Fault.type("no operator " + operator);
        };
    }

    private static Object wholes(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> whole(a.add(b));
            case "-" -> whole(a.subtract(b));
            case "*" -> whole(limited(a, b).multiply(b));
            case "//" -> whole(floorDivide(a, b));
            case "%" -> whole(a.subtract(floorDivide(a, b).multiply(b)));
            case "**" -> power(a, b);
            default -> throw Fault.type("no operator " + operator);
        };
    }

    private static BigInteger limited(BigInteger a, BigInteger b) {
        if (a.bitLength() + (long) b.bitLength() > MOST_BITS) {
            throw Fault.limit("a number of more than " + MOST_BITS + " bits");
        }
        return a;
    }

    private static BigInteger floorDivide(BigInteger a, BigInteger b) {
        if (b.signum() == 0) {
            throw Fault.value("division by zero");
        }
        BigInteger[] parts = a.divideAndRemainder(b);
        boolean below = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        return below ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static Object power(BigInteger a, BigInteger b) {
        if (b.signum() < 0) {
            return Math.pow(a.doubleValue(), b.doubleValue());
        }
        if (b.bitLength() > 31 || a.bitLength() * b.longValue() > MOST_BITS) {
            throw Fault.limit("a number of more than " + MOST_BITS + " bits");
        }
        return whole(a.pow(b.intValue()));
    }

    private static double requireNotZero(double number) {
        if (number == 0) {
            throw Fault.value("division by zero");
        }
        return number;
    }

    /** The whole part of a fraction. */
    public static Object truncate(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw Fault.value("not a finite number");
        }
        return whole(new BigDecimal(number).toBigInteger());
    }
}
