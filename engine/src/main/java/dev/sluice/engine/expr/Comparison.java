package dev.sluice.engine.expr;

import dev.sluice.spi.source.RowFilter;
import dev.sluice.spi.type.DataType;
import java.util.Arrays;

/**
 * A comparison of two values of one type; null if one of them is null. Texts are compared by their code points, floating
 * point as IEEE 754 says.
 */
record Comparison(Operator operator, Node left, Node right) implements Node {
    /** The signs. */
    enum Operator {
        EQUAL("="),
        UNEQUAL("<>"),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        static Operator of(String sign) {
            return Arrays.stream(values())
                    .filter(operator -> operator.sign.equals(sign))
                    .findFirst()
                    .orElseThrow();
        }

        /** The operator for the two sides the other way round. */
        Operator turned() {
            return switch (this) {
                case EQUAL, UNEQUAL -> this;
                case LESS -> GREATER;
                case AT_MOST -> AT_LEAST;
                case GREATER -> LESS;
                case AT_LEAST -> AT_MOST;
            };
        }

        RowFilter.Comparison comparison() {
            return switch (this) {
                case EQUAL -> RowFilter.Comparison.EQUAL;
                case UNEQUAL -> RowFilter.Comparison.UNEQUAL;
                case LESS -> RowFilter.Comparison.LESS;
                case AT_MOST -> RowFilter.Comparison.AT_MOST;
                case GREATER -> RowFilter.Comparison.GREATER;
                case AT_LEAST -> RowFilter.Comparison.AT_LEAST;
            };
        }

        private boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case UNEQUAL -> order != 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }

        private boolean holds(double one, double other) {
            return switch (this) {
                case EQUAL -> one == other;
                case UNEQUAL -> one != other;
                case LESS -> one < other;
                case AT_MOST -> one <= other;
                case GREATER -> one > other;
                case AT_LEAST -> one >= other;
            };
        }
    }

    @Override
    public DataType type() {
        return Types.BOOL;
    }

    @Override
    public Vector evaluate(Rows rows, boolean[] active) {
        Vector one = left.evaluate(rows, active);
        Vector other = right.evaluate(rows, active);
        int size = rows.size();
        boolean[] present = new boolean[size];
        boolean[] values = new boolean[size];
        boolean unsigned = left.type() instanceof DataType.UuidType;
        for (int row = 0; row < size; row++) {
            present[row] = active[row] && one.present[row] && other.present[row];
            if (present[row]) {
                values[row] = (one instanceof Vector.Doubles a && other instanceof Vector.Doubles b)
                        ? operator.holds(a.values[row], b.values[row])
                        : operator.holds(order(one, other, row, unsigned));
            }
        }
        return new Vector.Bools(present, values);
    }

    private static int order(Vector one, Vector other, int row, boolean unsigned) {
        return switch (one) {
            case Vector.Bools a -> Boolean.compare(a.values[row], ((Vector.Bools) other).values[row]);
            case Vector.Longs a -> Long.compare(a.values[row], ((Vector.Longs) other).values[row]);
            case Vector.Doubles a -> Double.compare(a.values[row], ((Vector.Doubles) other).values[row]);
            case Vector.Decimals a -> a.at(row).compareTo(((Vector.Decimals) other).at(row));
            case Vector.Texts a -> {
                Vector.Texts b = (Vector.Texts) other;
                yield Arrays.compareUnsigned(a.data, a.starts[row], a.ends[row], b.data, b.starts[row], b.ends[row]);
            }
            case Vector.Wides a -> {
                Vector.Wides b = (Vector.Wides) other;
                int high = unsigned
                        ? Long.compareUnsigned(a.highs[row], b.highs[row])
                        : Long.compare(a.highs[row], b.highs[row]);
                yield high != 0
                        ? high
                        : unsigned
                                ? Long.compareUnsigned(a.lows[row], b.lows[row])
                                : Long.compare(a.lows[row], b.lows[row]);
            }
        };
    }
}
