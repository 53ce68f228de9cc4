package dev.sluice.engine.expr;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The values of an expression for all rows of a batch. Rows that were not asked for hold anything. Read-only once made,
 * as the arrays may be those of a column.
 */
abstract sealed class Vector {
    /** By row: true if there is a value, false if it is null. */
    final boolean[] present;

    private Vector(boolean[] present) {
        this.present = present;
    }

    /** Truth values. */
    static final class Bools extends Vector {
        final boolean[] values;

        Bools(boolean[] present, boolean[] values) {
            super(present);
            this.values = values;
        }
    }

    /** Whole numbers, days, times and points in time in microseconds. */
    static final class Longs extends Vector {
        final long[] values;

        Longs(boolean[] present, long[] values) {
            super(present);
            this.values = values;
        }
    }

    /** Binary floating point. */
    static final class Doubles extends Vector {
        final double[] values;

        Doubles(boolean[] present, double[] values) {
            super(present);
            this.values = values;
        }
    }

    /** Exact decimals. */
    static final class Decimals extends Vector {
        final @Nullable BigDecimal[] values;

        Decimals(boolean[] present, @Nullable BigDecimal[] values) {
            super(present);
            this.values = values;
        }

        BigDecimal at(int row) {
            BigDecimal value = values[row];
            return value == null ? BigDecimal.ZERO : value;
        }
    }

    /** Pairs: UUIDs, zoned times, points in time finer than a microsecond. */
    static final class Wides extends Vector {
        final long[] highs;
        final long[] lows;

        Wides(boolean[] present, long[] highs, long[] lows) {
            super(present);
            this.highs = highs;
            this.lows = lows;
        }
    }

    /** Runs of bytes, which may lie anywhere in one array. */
    static final class Texts extends Vector {
        final byte[] data;
        final int[] starts;
        final int[] ends;

        Texts(boolean[] present, byte[] data, int[] starts, int[] ends) {
            super(present);
            this.data = data;
            this.starts = starts;
            this.ends = ends;
        }

        String at(int row) {
            return new String(data, starts[row], ends[row] - starts[row], java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
