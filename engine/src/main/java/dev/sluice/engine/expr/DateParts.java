package dev.sluice.engine.expr;

import dev.sluice.spi.type.DataType;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of a date or time as a whole number; of a point in time as it is in UTC. */
record DateParts(Part part, Node value) implements Node {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    /** The parts. */
    enum Part {
        YEAR,
        MONTH,
        DAY,
        /** 1 for Monday to 7 for Sunday. */
        WEEKDAY,
        HOUR,
        MINUTE,
        SECOND;

        static Optional<Part> of(String name) {
            return Arrays.stream(values())
                    .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
        }

        boolean isOfDay() {
            return switch (this) {
                case YEAR, MONTH, DAY, WEEKDAY -> false;
                case HOUR, MINUTE, SECOND -> true;
            };
        }
    }

    /** True if values of the type have the part. */
    static boolean has(DataType type, Part part) {
        return type instanceof DataType.TimestampType
                || (type instanceof DataType.DateType && !part.isOfDay())
                || (type instanceof DataType.TimeType && part.isOfDay());
    }

    @Override
    public DataType type() {
        return Types.INT;
    }

    @Override
    public Vector evaluate(Rows rows, boolean[] active) {
        Vector from = value.evaluate(rows, active);
        long[] values = new long[rows.size()];
        for (int row = 0; row < values.length; row++) {
            if (active[row] && from.present[row]) {
                long number = from instanceof Vector.Wides wides ? wides.highs[row] : ((Vector.Longs) from).values[row];
                if (isInfinite(number)) {
                    rows.trouble()
                            .fail(row, "an infinite time has no " + part.name().toLowerCase(Locale.ROOT));
                } else {
                    values[row] = part(number);
                }
            }
        }
        return new Vector.Longs(from.present, values);
    }

    private boolean isInfinite(long number) {
        return switch (value.type()) {
            case DataType.DateType ignored -> number == Integer.MAX_VALUE || number == Integer.MIN_VALUE;
            case DataType.TimestampType ignored -> number == Long.MAX_VALUE || number == Long.MIN_VALUE;
            default -> false;
        };
    }

    private long part(long number) {
        if (part.isOfDay()) {
            long second = value.type() instanceof DataType.TimeType
                    ? number / (1000 * MICROS_PER_SECOND)
                    : Math.floorMod(number, MICROS_PER_DAY) / MICROS_PER_SECOND;
            return switch (part) {
                case HOUR -> second / 3600;
                case MINUTE -> second / 60 % 60;
                default -> second % 60;
            };
        }
        LocalDate day = LocalDate.ofEpochDay(value.type() instanceof DataType.DateType ? number : dayOf(number));
        return switch (part) {
            case YEAR -> day.getYear();
            case MONTH -> day.getMonthValue();
            case DAY -> day.getDayOfMonth();
            default -> day.getDayOfWeek().getValue();
        };
    }

    /** The day of a point in time in microseconds; the infinities stay what they are. */
    static long dayOf(long micros) {
        return micros == Long.MAX_VALUE
                ? Integer.MAX_VALUE
                : micros == Long.MIN_VALUE ? Integer.MIN_VALUE : Math.floorDiv(micros, MICROS_PER_DAY);
    }
}
