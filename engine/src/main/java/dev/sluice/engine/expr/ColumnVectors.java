package dev.sluice.engine.expr;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes vectors of columns and columns of vectors. */
final class ColumnVectors {
    private ColumnVectors() {}

    /** The values of a column; nothing is copied where the arrays fit. */
    static Vector of(DataType type, Column column, int size) {
        boolean[] present = present(column, size);
        if (type instanceof DecimalType decimal) {
            return decimals(decimal, column, present);
        }
        return switch (column) {
            case BoolColumn bools -> new Vector.Bools(present, bools.values());
            case IntColumn ints -> {
                long[] values = new long[size];
                for (int row = 0; row < size; row++) {
                    values[row] = ints.values()[row];
                }
                yield new Vector.Longs(present, values);
            }
            case LongColumn longs -> new Vector.Longs(present, longs.values());
            case DoubleColumn doubles -> new Vector.Doubles(present, doubles.values());
            case WideColumn wide -> {
                long[] highs = new long[size];
                long[] lows = new long[size];
                for (int row = 0; row < size; row++) {
                    highs[row] = wide.high(row);
                    lows[row] = wide.low(row);
                }
                yield new Vector.Wides(present, highs, lows);
            }
            case BytesColumn bytes -> {
                int[] ends = new int[size];
                System.arraycopy(bytes.offsets(), 1, ends, 0, size);
                yield new Vector.Texts(present, bytes.data(), bytes.offsets(), ends);
            }
        };
    }

    private static boolean[] present(Column column, int size) {
        if (!column.hasNulls() && !column.hasUnchanged()) {
            return Rows.all(size);
        }
        boolean[] present = new boolean[size];
        for (int row = 0; row < size; row++) {
            present[row] = column.isPresent(row);
        }
        return present;
    }

    /** NaN and the infinities are present without a number. */
    private static Vector decimals(DecimalType type, Column column, boolean[] present) {
        @Nullable BigDecimal[] values = new @Nullable BigDecimal[present.length];
        for (int row = 0; row < present.length; row++) {
            if (present[row]) {
                values[row] = decimal(type, column, row);
            }
        }
        return new Vector.Decimals(present, values);
    }

    private static @Nullable BigDecimal decimal(DecimalType type, Column column, int row) {
        return switch (column) {
            case LongColumn longs -> {
                long unscaled = longs.values()[row];
                yield unscaled == DecimalType.NAN ? null : BigDecimal.valueOf(unscaled, type.scale());
            }
            case WideColumn wide -> {
                if (wide.high(row) == DecimalType.NAN) {
                    yield null;
                }
                BigInteger low = new BigInteger(Long.toUnsignedString(wide.low(row)));
                yield new BigDecimal(
                        BigInteger.valueOf(wide.high(row)).shiftLeft(64).add(low), type.scale());
            }
            case BytesColumn bytes -> {
                String text = bytes.text(row);
                yield text.endsWith("N") || text.endsWith("y") ? null : new BigDecimal(text);
            }
            case BoolColumn ignored -> throw new IllegalStateException("no decimal");
            case IntColumn ignored -> throw new IllegalStateException("no decimal");
            case DoubleColumn ignored -> throw new IllegalStateException("no decimal");
        };
    }

    /** The column of a vector; rows that do not fit into the type fail. */
    static Column column(DataType type, Vector vector, boolean[] active, Trouble trouble) {
        int size = active.length;
        ColumnBuilder builder = ColumnBuilder.of(type, size);
        for (int row = 0; row < size; row++) {
            if (active[row] && vector.present[row] && trouble.of(row) == null) {
                append(type, vector, row, builder, trouble);
            } else {
                builder.appendNull();
            }
        }
        return builder.build();
    }

    private static void append(DataType type, Vector vector, int row, ColumnBuilder builder, Trouble trouble) {
        switch (vector) {
            case Vector.Bools bools -> ((BoolColumn.Builder) builder).append(bools.values[row]);
            case Vector.Longs longs -> {
                if (builder instanceof IntColumn.Builder ints) {
                    ints.append((int) longs.values[row]);
                } else {
                    ((LongColumn.Builder) builder).append(longs.values[row]);
                }
            }
            case Vector.Doubles doubles -> ((DoubleColumn.Builder) builder).append(doubles.values[row]);
            case Vector.Wides wides -> ((WideColumn.Builder) builder).append(wides.highs[row], wides.lows[row]);
            case Vector.Texts texts ->
                ((BytesColumn.Builder) builder)
                        .append(texts.data, texts.starts[row], texts.ends[row] - texts.starts[row]);
            case Vector.Decimals decimals -> append((DecimalType) type, decimals.at(row), row, builder, trouble);
        }
    }

    private static void append(DecimalType type, BigDecimal value, int row, ColumnBuilder builder, Trouble trouble) {
        BigDecimal fitting = value;
        if (!type.isUnconstrained()) {
            fitting = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
            if (fitting.precision() > type.precision() && fitting.signum() != 0) {
                trouble.fail(row, "the result has more digits than " + type.notation());
                builder.appendNull();
                return;
            }
        }
        switch (builder) {
            case LongColumn.Builder longs ->
                longs.append(fitting.unscaledValue().longValueExact());
            case WideColumn.Builder wide -> {
                BigInteger unscaled = fitting.unscaledValue();
                wide.append(unscaled.shiftRight(64).longValueExact(), unscaled.longValue());
            }
            case BytesColumn.Builder bytes ->
                bytes.append(fitting.toPlainString().getBytes(StandardCharsets.ISO_8859_1));
            case BoolColumn.Builder ignored -> throw new IllegalStateException("no decimal");
            case IntColumn.Builder ignored -> throw new IllegalStateException("no decimal");
            case DoubleColumn.Builder ignored -> throw new IllegalStateException("no decimal");
        }
    }

    /** The values of the first vector where the mask says so, else those of the second; both are of one type. */
    static Vector merge(boolean[] first, Vector one, Vector other) {
        int size = first.length;
        boolean[] present = new boolean[size];
        for (int row = 0; row < size; row++) {
            present[row] = first[row] ? one.present[row] : other.present[row];
        }
        return switch (one) {
            case Vector.Bools a -> {
                boolean[] values = new boolean[size];
                boolean[] others = ((Vector.Bools) other).values;
                for (int row = 0; row < size; row++) {
                    values[row] = first[row] ? a.values[row] : others[row];
                }
                yield new Vector.Bools(present, values);
            }
            case Vector.Longs a -> new Vector.Longs(present, merge(first, a.values, ((Vector.Longs) other).values));
            case Vector.Doubles a -> {
                double[] values = new double[size];
                double[] others = ((Vector.Doubles) other).values;
                for (int row = 0; row < size; row++) {
                    values[row] = first[row] ? a.values[row] : others[row];
                }
                yield new Vector.Doubles(present, values);
            }
            case Vector.Decimals a -> {
                @Nullable BigDecimal[] values = new @Nullable BigDecimal[size];
                @Nullable BigDecimal[] others = ((Vector.Decimals) other).values;
                for (int row = 0; row < size; row++) {
                    values[row] = first[row] ? a.values[row] : others[row];
                }
                yield new Vector.Decimals(present, values);
            }
            case Vector.Wides a -> {
                Vector.Wides b = (Vector.Wides) other;
                yield new Vector.Wides(present, merge(first, a.highs, b.highs), merge(first, a.lows, b.lows));
            }
            case Vector.Texts a -> merge(first, present, a, (Vector.Texts) other);
        };
    }

    private static long[] merge(boolean[] first, long[] one, long[] other) {
        long[] values = new long[first.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = first[row] ? one[row] : other[row];
        }
        return values;
    }

    private static Vector.Texts merge(boolean[] first, boolean[] present, Vector.Texts one, Vector.Texts other) {
        TextsBuilder texts = new TextsBuilder(first.length);
        for (int row = 0; row < first.length; row++) {
            if (present[row]) {
                Vector.Texts from = first[row] ? one : other;
                texts.begin(row);
                texts.add(row, from.data, from.starts[row], from.ends[row]);
            }
        }
        return texts.build();
    }

    /** A vector of one value for all rows, read from its column of one row. */
    static Vector constant(DataType type, Column single, int size) {
        Vector one = of(type, single, 1);
        int[] rows = new int[size];
        boolean[] present = one.present[0] ? Rows.all(size) : new boolean[size];
        return switch (one) {
            case Vector.Bools a -> {
                boolean[] values = new boolean[size];
                java.util.Arrays.fill(values, a.values[0]);
                yield new Vector.Bools(present, values);
            }
            case Vector.Longs a -> new Vector.Longs(present, filled(size, a.values[0]));
            case Vector.Doubles a -> {
                double[] values = new double[size];
                java.util.Arrays.fill(values, a.values[0]);
                yield new Vector.Doubles(present, values);
            }
            case Vector.Decimals a -> {
                @Nullable BigDecimal[] values = new @Nullable BigDecimal[size];
                java.util.Arrays.fill(values, a.values[0]);
                yield new Vector.Decimals(present, values);
            }
            case Vector.Wides a -> new Vector.Wides(present, filled(size, a.highs[0]), filled(size, a.lows[0]));
            case Vector.Texts a -> {
                int[] ends = new int[size];
                java.util.Arrays.fill(rows, a.starts[0]);
                java.util.Arrays.fill(ends, a.ends[0]);
                yield new Vector.Texts(present, a.data, rows, ends);
            }
        };
    }

    private static long[] filled(int size, long value) {
        long[] values = new long[size];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
