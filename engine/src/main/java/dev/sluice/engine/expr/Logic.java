package dev.sluice.engine.expr;

import dev.sluice.spi.type.DataType;

/** Truth: three values as in SQL, and no part is evaluated for rows that it cannot decide. */
final class Logic {
    private Logic() {}

    /** {@code and} and {@code or}. */
    record Both(Node left, Node right, boolean and) implements Node {
        @Override
        public DataType type() {
            return Types.BOOL;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Bools one = (Vector.Bools) left.evaluate(rows, active);
            int size = rows.size();
            boolean[] open = new boolean[size];
            for (int row = 0; row < size; row++) {
                // Decided by the left side alone: false and ..., true or ...
                open[row] = active[row] && !(one.present[row] && one.values[row] != and);
            }
            Vector.Bools other = (Vector.Bools) right.evaluate(rows, open);
            boolean[] present = new boolean[size];
            boolean[] values = new boolean[size];
            for (int row = 0; row < size; row++) {
                if (!open[row]) {
                    present[row] = one.present[row];
                    values[row] = one.values[row];
                } else if (other.present[row] && other.values[row] != and) {
                    present[row] = true;
                    values[row] = !and;
                } else {
                    present[row] = one.present[row] && other.present[row];
                    values[row] = and;
                }
            }
            return new Vector.Bools(present, values);
        }
    }

    /** {@code not}. */
    record Not(Node value) implements Node {
        @Override
        public DataType type() {
            return Types.BOOL;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Bools bools = (Vector.Bools) value.evaluate(rows, active);
            boolean[] values = new boolean[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = !bools.values[row];
            }
            return new Vector.Bools(bools.present, values);
        }
    }

    /** {@code is null}; a decimal that is no number is not null. */
    record IsNull(Node value) implements Node {
        @Override
        public DataType type() {
            return Types.BOOL;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            boolean[] none = new boolean[rows.size()];
            Vector vector = value instanceof Leaves.FieldNode(int index, DataType ignored)
                    ? rows.field(index, none)
                    : value.evaluate(rows, active);
            boolean[] values = new boolean[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = !vector.present[row];
            }
            return new Vector.Bools(Rows.all(values.length), values);
        }
    }

    /** {@code if} and {@code case}: an unknown condition counts as false. */
    record If(Node condition, Node then, Node otherwise, DataType type) implements Node {
        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Bools chosen = (Vector.Bools) condition.evaluate(rows, active);
            boolean[] first = new boolean[active.length];
            boolean[] second = new boolean[active.length];
            for (int row = 0; row < active.length; row++) {
                boolean yes = chosen.present[row] && chosen.values[row];
                first[row] = active[row] && yes;
                second[row] = active[row] && !yes;
            }
            return ColumnVectors.merge(first, then.evaluate(rows, first), otherwise.evaluate(rows, second));
        }
    }

    /** {@code coalesce} of two values. */
    record FirstPresent(Node one, Node other, DataType type) implements Node {
        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector vector = one.evaluate(rows, active);
            boolean[] missing = new boolean[active.length];
            boolean[] there = new boolean[active.length];
            boolean any = false;
            for (int row = 0; row < active.length; row++) {
                missing[row] = active[row] && !vector.present[row];
                there[row] = !missing[row];
                any |= missing[row];
            }
            return any ? ColumnVectors.merge(there, vector, other.evaluate(rows, missing)) : vector;
        }
    }
}
