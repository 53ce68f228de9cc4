package dev.sluice.engine.expr;

import dev.sluice.engine.value.TextValues;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value as one of another type. What the other type cannot hold exactly fails the row. */
record Cast(Node value, DataType type) implements Node {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** The value as one of the type; itself if it is one. */
    static Node to(DataType type, Node value) {
        boolean same = type.equals(value.type())
                || (type.equals(Types.INT) && value.type() instanceof DataType.IntType)
                || (type.equals(Types.FLOAT) && value.type() instanceof DataType.FloatType);
        if (same) {
            return value;
        }
        if (value instanceof Leaves.Constant constant && constant.isNull()) {
            return new Leaves.Constant(type, nothing(type), null);
        }
        return new Cast(value, type);
    }

    /** A column of one null. */
    static Column nothing(DataType type) {
        ColumnBuilder builder = ColumnBuilder.of(type, 1);
        builder.appendNull();
        return builder.build();
    }

    /** True if there is a way from one type to the other. */
    static boolean isPossible(DataType from, DataType to) {
        if (to instanceof DataType.TextType || from.equals(to)) {
            return true;
        }
        if (from instanceof DataType.TextType) {
            return true;
        }
        if (Types.isNumber(from)) {
            return Types.isNumber(to);
        }
        return switch (from) {
            case DataType.BoolType ignored -> to instanceof DataType.IntType;
            case DataType.DateType ignored -> to instanceof DataType.TimestampType(int p, boolean zoned) && !zoned;
            case DataType.TimestampType ignored ->
                to instanceof DataType.DateType || to instanceof DataType.TimestampType;
            case DataType.TimeType ignored -> to instanceof DataType.TimeType;
            default -> false;
        };
    }

    @Override
    public Vector evaluate(Rows rows, boolean[] active) {
        Vector from = value.evaluate(rows, active);
        boolean[] present = new boolean[rows.size()];
        for (int row = 0; row < present.length; row++) {
            present[row] = active[row] && from.present[row] && rows.trouble().of(row) == null;
        }
        if (type instanceof DataType.TextType) {
            return text(from, present, rows.trouble());
        }
        if (from instanceof Vector.Texts texts) {
            return parsed(texts, present, rows.trouble());
        }
        return switch (type) {
            case DecimalType decimal -> decimal(decimal, from, present, rows.trouble());
            case DataType.FloatType ignored -> floating(from, present);
            case DataType.IntType ignored -> whole(from, present, rows.trouble());
            default -> time(from, present, rows.trouble());
        };
    }

    private Vector text(Vector from, boolean[] present, Trouble trouble) {
        if (from instanceof Vector.Texts texts && !(value.type() instanceof DataType.BinaryType)) {
            return texts;
        }
        Column column = ColumnVectors.column(value.type(), from, present, trouble);
        TextsBuilder texts = new TextsBuilder(present.length);
        for (int row = 0; row < present.length; row++) {
            Optional<String> text = ValueText.of(value.type(), column, row);
            if (text.isPresent()) {
                texts.set(row, text.get());
            }
        }
        return texts.build();
    }

    private Vector parsed(Vector.Texts texts, boolean[] present, Trouble trouble) {
        ColumnBuilder builder = ColumnBuilder.of(type, present.length);
        for (int row = 0; row < present.length; row++) {
            if (!present[row] || !append(texts.at(row), builder)) {
                if (present[row]) {
                    trouble.fail(row, "the text is no " + type.notation());
                }
                builder.appendNull();
            }
        }
        return ColumnVectors.of(type, builder.build(), present.length);
    }

    private boolean append(String text, ColumnBuilder builder) {
        try {
            TextValues.append(type, usual(type, text), builder);
            return true;
        } catch (IllegalArgumentException noValue) {
            return false;
        }
    }

    /** A text as people write it in the form in which values are read. */
    static String usual(DataType type, String text) {
        String plain = text.strip();
        return switch (type) {
            case DataType.BoolType ignored -> plain.toLowerCase(Locale.ROOT);
            case DataType.TimestampType(int ignored, boolean zoned) -> {
                String withT = plain.length() > 10 && plain.charAt(10) == ' '
                        ? plain.substring(0, 10) + "T" + plain.substring(11)
                        : plain;
                String timed = withT.length() == 10 ? withT + "T00:00" : withT;
                yield timed + (zoned && timed.indexOf('T') == 10 && withT.length() == 10 ? "Z" : "");
            }
            default -> plain;
        };
    }

    private static Vector decimal(DecimalType type, Vector from, boolean[] present, Trouble trouble) {
        @Nullable BigDecimal[] values = new @Nullable BigDecimal[present.length];
        for (int row = 0; row < values.length; row++) {
            if (present[row]) {
                values[row] = decimal(type, from, row, trouble);
            }
        }
        return new Vector.Decimals(present, values);
    }

    private static @Nullable BigDecimal decimal(DecimalType type, Vector from, int row, Trouble trouble) {
        BigDecimal exact;
        if (from instanceof Vector.Longs longs) {
            exact = BigDecimal.valueOf(longs.values[row]);
        } else if (from instanceof Vector.Doubles doubles) {
            if (!Double.isFinite(doubles.values[row])) {
                trouble.fail(row, "NaN and the infinities are no " + type.notation());
                return null;
            }
            exact = BigDecimal.valueOf(doubles.values[row]);
        } else {
            exact = ((Vector.Decimals) from).at(row);
        }
        if (type.isUnconstrained()) {
            return exact;
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        boolean fits = exact.signum() == 0
                || (stripped.scale() <= type.scale()
                        && stripped.precision() - stripped.scale() <= type.precision() - type.scale());
        if (!fits) {
            trouble.fail(row, "the number has more digits than " + type.notation());
            return null;
        }
        return exact.setScale(type.scale(), RoundingMode.UNNECESSARY);
    }

    private static Vector floating(Vector from, boolean[] present) {
        double[] values = new double[present.length];
        for (int row = 0; row < values.length; row++) {
            if (present[row]) {
                values[row] = from instanceof Vector.Longs longs
                        ? longs.values[row]
                        : ((Vector.Decimals) from).at(row).doubleValue();
            }
        }
        return new Vector.Doubles(present, values);
    }

    private static Vector whole(Vector from, boolean[] present, Trouble trouble) {
        long[] values = new long[present.length];
        for (int row = 0; row < values.length; row++) {
            if (present[row]) {
                if (from instanceof Vector.Bools bools) {
                    values[row] = bools.values[row] ? 1 : 0;
                    continue;
                }
                BigDecimal number = decimal(DecimalType.unconstrained(), from, row, trouble);
                try {
                    values[row] = number == null ? 0 : number.longValueExact();
                } catch (ArithmeticException notWhole) {
                    trouble.fail(row, "the number is not whole, or does not fit 64 bits");
                }
            }
        }
        return new Vector.Longs(present, values);
    }

    /** Dates and points in time: each by way of microseconds and the nanoseconds within. */
    private Vector time(Vector from, boolean[] present, Trouble trouble) {
        if (type instanceof DataType.TimeType) {
            return from;
        }
        int size = present.length;
        long[] micros = new long[size];
        long[] nanos = new long[size];
        boolean fromDate = value.type() instanceof DataType.DateType;
        for (int row = 0; row < size; row++) {
            if (present[row]) {
                if (from instanceof Vector.Wides wides) {
                    micros[row] = wides.highs[row];
                    nanos[row] = wides.lows[row];
                } else {
                    long number = ((Vector.Longs) from).values[row];
                    micros[row] = fromDate ? microsOfDay(number) : number;
                }
            }
        }
        if (type instanceof DataType.DateType) {
            for (int row = 0; row < size; row++) {
                micros[row] = DateParts.dayOf(micros[row]);
            }
            return new Vector.Longs(present, micros);
        }
        if (type instanceof DataType.TimestampType(int precision, boolean ignored) && precision > 6) {
            return new Vector.Wides(present, micros, nanos);
        }
        for (int row = 0; row < size; row++) {
            if (present[row] && nanos[row] != 0) {
                trouble.fail(row, "the time is finer than a microsecond");
            }
        }
        return new Vector.Longs(present, micros);
    }

    private static long microsOfDay(long day) {
        return day == Integer.MAX_VALUE
                ? Long.MAX_VALUE
                : day == Integer.MIN_VALUE ? Long.MIN_VALUE : day * MICROS_PER_DAY;
    }
}
