package dev.sluice.engine.verify;

import dev.sluice.engine.value.TextValues;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Adds the values of one column of one side to hashes, in the form that both sides share. Immutable.
 *
 * @param form the form
 * @param type the type of the column
 * @param textOf the type whose canonical text the column holds; the type itself if it holds values
 * @param fraction how many digits of a second both sides keep
 */
record ValueReader(Form form, DataType type, DataType textOf, int fraction) {
    private static final long NULL = 0;
    private static final long PRESENT = 1;
    private static final long NO_VALUE = 2;
    private static final long[] NANOS = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** The readers of the two sides of a field. */
    record Both(ValueReader source, ValueReader stored) {}

    static Both of(DataType source, DataType stored) {
        Form form = Form.common(source, stored);
        boolean asText = Form.isText(stored) && form != Form.TEXT && !Form.isText(source);
        int fraction = Math.min(fraction(source), fraction(stored));
        return new Both(
                new ValueReader(form, source, source, fraction),
                new ValueReader(form, stored, asText ? source : stored, fraction));
    }

    private static int fraction(DataType type) {
        return switch (type) {
            case DataType.TimeType(int precision, boolean zoned) -> precision;
            case DataType.TimestampType(int precision, boolean zoned) -> precision;
            default -> 9;
        };
    }

    /** Adds the value of a row. */
    void add(Hasher hasher, Column column, int row) {
        if (!column.isPresent(row)) {
            hasher.add(NULL);
            return;
        }
        if (textOf.equals(type)) {
            hasher.add(PRESENT);
            addValue(hasher, type, column, row);
            return;
        }
        String text = ((BytesColumn) column).text(row);
        Column parsed = parsed(text);
        if (parsed == null) {
            hasher.add(NO_VALUE);
            hasher.add(text);
        } else {
            hasher.add(PRESENT);
            addValue(hasher, textOf, parsed, 0);
        }
    }

    private @Nullable Column parsed(String text) {
        try {
            ColumnBuilder builder = ColumnBuilder.of(textOf, 1);
            TextValues.append(textOf, text, builder);
            return builder.build();
        } catch (IllegalArgumentException noValue) {
            return null;
        }
    }

    private void addValue(Hasher hasher, DataType of, Column column, int row) {
        switch (form) {
            case TRUTH -> hasher.add(((BoolColumn) column).values()[row] ? 1 : 0);
            case NUMBER -> addNumber(hasher, of, column, row);
            case DOUBLE -> hasher.add(Double.doubleToLongBits(floating(of, column, row) + 0.0));
            case SINGLE -> hasher.add(Float.floatToIntBits((float) floating(of, column, row) + 0.0f));
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) column;
                hasher.add(bytes.data(), bytes.start(row), bytes.length(row));
            }
            case JSON -> hasher.add(JsonForm.of(((BytesColumn) column).text(row)));
            case UUID -> {
                hasher.add(((WideColumn) column).high(row));
                hasher.add(((WideColumn) column).low(row));
            }
            case DATE -> hasher.add(((IntColumn) column).values()[row]);
            case TIME -> hasher.add(cut(((LongColumn) column).values()[row]));
            case ZONED_TIME -> {
                hasher.add(cut(((WideColumn) column).high(row)));
                hasher.add(((WideColumn) column).low(row));
            }
            case MOMENT -> addMoment(hasher, column, row);
            case TEXT -> hasher.add(ValueText.of(of, column, row).orElseThrow());
        }
    }

    private static void addNumber(Hasher hasher, DataType of, Column column, int row) {
        switch (of) {
            case DataType.BoolType ignored -> addWhole(hasher, ((BoolColumn) column).values()[row] ? 1 : 0, 0);
            case DataType.IntType ignored -> addWhole(hasher, whole(column, row), 0);
            case DataType.DecimalType decimal -> addDecimal(hasher, decimal, column, row);
            default -> throw new IllegalStateException(of.notation() + " is no exact number");
        }
    }

    private static long whole(Column column, int row) {
        return column instanceof IntColumn ints ? ints.values()[row] : ((LongColumn) column).values()[row];
    }

    private static void addDecimal(Hasher hasher, DataType.DecimalType type, Column column, int row) {
        if (type.layout() == Layout.LONG) {
            long unscaled = ((LongColumn) column).values()[row];
            if (unscaled != DataType.DecimalType.NAN) {
                addWhole(hasher, unscaled, type.scale());
                return;
            }
        }
        String text = ValueText.of(type, column, row).orElseThrow();
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            hasher.add(text);
            return;
        }
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        if (number.scale() < 0) {
            number = number.setScale(0);
        }
        BigInteger unscaled = number.unscaledValue();
        if (unscaled.bitLength() < Long.SIZE) {
            addWhole(hasher, unscaled.longValueExact(), number.scale());
        } else {
            hasher.add(number.toPlainString());
        }
    }

    private static void addWhole(Hasher hasher, long unscaled, int scale) {
        long value = unscaled;
        int digits = scale;
        while (digits > 0 && value % 10 == 0) {
            value /= 10;
            digits--;
        }
        hasher.add(value);
        hasher.add(digits);
    }

    private static double floating(DataType of, Column column, int row) {
        return column instanceof DoubleColumn doubles
                ? doubles.values()[row]
                : Double.parseDouble(ValueText.of(of, column, row).orElseThrow());
    }

    private long cut(long nanos) {
        return nanos - Math.floorMod(nanos, NANOS[fraction]);
    }

    private void addMoment(Hasher hasher, Column column, int row) {
        long micros = micros(column, row);
        long nanos = column instanceof WideColumn wide ? wide.low(row) : 0;
        boolean isInfinite = micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
        if (!isInfinite && fraction <= 6) {
            micros -= Math.floorMod(micros, NANOS[fraction] / 1000);
            nanos = 0;
        } else if (!isInfinite) {
            nanos -= nanos % NANOS[fraction];
        }
        hasher.add(micros);
        hasher.add(nanos);
    }

    private static long micros(Column column, int row) {
        return switch (column) {
            case LongColumn longs -> longs.values()[row];
            case WideColumn wide -> wide.high(row);
            case IntColumn days ->
                switch (days.values()[row]) {
                    case Integer.MAX_VALUE -> Long.MAX_VALUE;
                    case Integer.MIN_VALUE -> Long.MIN_VALUE;
                    default -> days.values()[row] * MICROS_PER_DAY;
                };
            default -> throw new IllegalStateException("no time has the layout of " + column.getClass());
        };
    }
}
