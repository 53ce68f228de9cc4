package dev.sluice.engine.expr;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Sums, differences, products, quotients and remainders. Whole and decimal numbers are exact, and a result that does not
 * fit fails the row; a quotient has a fixed number of digits behind the point, rounded half up.
 */
record Arithmetic(char sign, Node left, Node right, DataType type) implements Node {

    /** An operation of two numbers, which are brought to one kind first. */
    static Node of(char sign, Node left, Node right) {
        if (left.type() instanceof DataType.FloatType || right.type() instanceof DataType.FloatType) {
            return new Arithmetic(sign, Cast.to(Types.FLOAT, left), Cast.to(Types.FLOAT, right), Types.FLOAT);
        }
        if (sign != '/' && left.type() instanceof DataType.IntType && right.type() instanceof DataType.IntType) {
            return new Arithmetic(sign, left, right, Types.INT);
        }
        DecimalType a = Types.decimal(left.type());
        DecimalType b = Types.decimal(right.type());
        return new Arithmetic(sign, Cast.to(a, left), Cast.to(b, right), result(sign, a, b));
    }

    private static DecimalType result(char sign, DecimalType a, DecimalType b) {
        if (a.isUnconstrained() || b.isUnconstrained()) {
            return DecimalType.unconstrained();
        }
        int scale = Math.max(a.scale(), b.scale());
        int before = Math.max(Types.before(a), Types.before(b));
        return switch (sign) {
            case '*' -> Types.digits(Types.before(a) + Types.before(b), a.scale() + b.scale());
            case '/' -> Types.digits(Types.before(a) + b.scale(), Math.max(scale, Types.QUOTIENT_DIGITS));
            case '%' -> Types.digits(before, scale);
            default -> Types.digits(before + 1, scale);
        };
    }

    @Override
    public Vector evaluate(Rows rows, boolean[] active) {
        Vector one = left.evaluate(rows, active);
        Vector other = right.evaluate(rows, active);
        boolean[] present = new boolean[rows.size()];
        for (int row = 0; row < present.length; row++) {
            present[row] = active[row]
                    && one.present[row]
                    && other.present[row]
                    && rows.trouble().of(row) == null;
        }
        return switch (one) {
            case Vector.Longs a -> longs(present, a.values, ((Vector.Longs) other).values, rows.trouble());
            case Vector.Doubles a -> doubles(present, a.values, ((Vector.Doubles) other).values);
            case Vector.Decimals a -> decimals(present, a, (Vector.Decimals) other, rows.trouble());
            case Vector.Bools ignored -> throw new IllegalStateException("no number");
            case Vector.Wides ignored -> throw new IllegalStateException("no number");
            case Vector.Texts ignored -> throw new IllegalStateException("no number");
        };
    }

    private Vector longs(boolean[] present, long[] one, long[] other, Trouble trouble) {
        long[] values = new long[present.length];
        for (int row = 0; row < values.length; row++) {
            if (present[row]) {
                try {
                    values[row] = whole(one[row], other[row]);
                } catch (ArithmeticException overflow) {
                    fail(row, other[row] == 0, trouble);
                }
            }
        }
        return new Vector.Longs(present, values);
    }

    private long whole(long one, long other) {
        return switch (sign) {
            case '+' -> Math.addExact(one, other);
            case '-' -> Math.subtractExact(one, other);
            case '*' -> Math.multiplyExact(one, other);
            default -> one % other;
        };
    }

    private Vector doubles(boolean[] present, double[] one, double[] other) {
        double[] values = new double[present.length];
        for (int row = 0; row < values.length; row++) {
            if (present[row]) {
                values[row] = switch (sign) {
                    case '+' -> one[row] + other[row];
                    case '-' -> one[row] - other[row];
                    case '*' -> one[row] * other[row];
                    case '/' -> one[row] / other[row];
                    default -> one[row] % other[row];
                };
            }
        }
        return new Vector.Doubles(present, values);
    }

    private Vector decimals(boolean[] present, Vector.Decimals one, Vector.Decimals other, Trouble trouble) {
        @Nullable BigDecimal[] values = new @Nullable BigDecimal[present.length];
        for (int row = 0; row < values.length; row++) {
            if (present[row]) {
                BigDecimal divisor = other.at(row);
                if ((sign == '/' || sign == '%') && divisor.signum() == 0) {
                    fail(row, true, trouble);
                } else {
                    values[row] = exact(one.at(row), divisor);
                }
            }
        }
        return new Vector.Decimals(present, values);
    }

    private BigDecimal exact(BigDecimal one, BigDecimal other) {
        return switch (sign) {
            case '+' -> one.add(other);
            case '-' -> one.subtract(other);
            case '*' -> one.multiply(other);
            case '/' -> {
                DecimalType result = (DecimalType) type;
                int digits = result.isUnconstrained()
                        ? Math.max(Types.QUOTIENT_DIGITS, Math.max(one.scale(), other.scale()))
                        : result.scale();
                yield one.divide(other, digits, RoundingMode.HALF_UP);
            }
            default -> one.remainder(other);
        };
    }

    private void fail(int row, boolean byZero, Trouble trouble) {
        boolean divides = sign == '/' || sign == '%';
        trouble.fail(
                row, divides && byZero ? "a division by zero" : "the result of `" + sign + "` does not fit 64 bits");
    }
}
