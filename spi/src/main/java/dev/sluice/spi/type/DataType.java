package dev.sluice.spi.type;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The type of a field. Every value of every type may be null.
 *
 * <p>The set is closed: whoever decides by type does so in a switch without a default, and a new type breaks the build
 * wherever someone must decide. Instances are immutable, compare by content and may be shared between threads.
 */
public sealed interface DataType {

    /** The layout of a column of this type. */
    Layout layout();

    /** The type in the notation of messages and plans, such as {@code decimal(12,2)}. */
    String notation();

    /** The truth values true and false. */
    record BoolType() implements DataType {
        @Override
        public Layout layout() {
            return Layout.BOOL;
        }

        @Override
        public String notation() {
            return "boolean";
        }
    }

    /**
     * A signed integer in two's complement. An unsigned source type maps to the next wider one, or to a decimal.
     *
     * @param bits 8, 16, 32 or 64
     */
    record IntType(int bits) implements DataType {
        public IntType {
            if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
                throw new IllegalArgumentException("an integer has 8, 16, 32 or 64 bits, not " + bits);
            }
        }

        @Override
        public Layout layout() {
            return bits == 64 ? Layout.LONG : Layout.INT;
        }

        @Override
        public String notation() {
            return "int" + bits;
        }
    }

    /**
     * An exact decimal number.
     *
     * <p>Values are held by the number of digits: up to {@value #MAX_LONG_PRECISION} as the unscaled value in a
     * {@code long}, up to {@value #MAX_WIDE_PRECISION} as a 128-bit two's complement integer, beyond that and when
     * unconstrained as ASCII text in plain notation ({@code -12.30}, {@code NaN}, {@code Infinity}, {@code -Infinity}).
     *
     * @param precision the number of significant digits, or {@value #UNCONSTRAINED} when the source sets no limit
     * @param scale the number of digits after the point, 0 when unconstrained; may be negative or exceed the precision,
     *     as PostgreSQL allows
     */
    record DecimalType(int precision, int scale) implements DataType {
        /** The precision of a decimal whose size the source does not limit. */
        public static final int UNCONSTRAINED = 0;

        /** The most digits that a {@code long} holds. */
        public static final int MAX_LONG_PRECISION = 18;

        /** The most digits that two {@code long}s hold. */
        public static final int MAX_WIDE_PRECISION = 38;

        /** Stands for NaN: the unscaled value in a {@code long}, or the high half of one in two. */
        public static final long NAN = Long.MIN_VALUE;

        public DecimalType {
            if (precision < 0) {
                throw new IllegalArgumentException("a decimal cannot have " + precision + " digits");
            }
            if (precision == UNCONSTRAINED && scale != 0) {
                throw new IllegalArgumentException("an unconstrained decimal has no scale, so not " + scale);
            }
        }

        /** A decimal without a limit of digits. */
        public static DecimalType unconstrained() {
            return new DecimalType(UNCONSTRAINED, 0);
        }

        /** True if the source sets no limit of digits. */
        public boolean isUnconstrained() {
            return precision == UNCONSTRAINED;
        }

        @Override
        public Layout layout() {
            // A negative scale or one beyond the precision is rare; text keeps it exact without special arithmetic.
            if (isUnconstrained() || precision > MAX_WIDE_PRECISION || scale < 0 || scale > precision) {
                return Layout.BYTES;
            }
            return precision <= MAX_LONG_PRECISION ? Layout.LONG : Layout.WIDE;
        }

        @Override
        public String notation() {
            return isUnconstrained() ? "decimal" : "decimal(" + precision + "," + scale + ")";
        }
    }

    /**
     * A binary floating point number as in IEEE 754, including NaN and the infinities.
     *
     * @param bits 32 or 64
     */
    record FloatType(int bits) implements DataType {
        public FloatType {
            if (bits != 32 && bits != 64) {
                throw new IllegalArgumentException("a float has 32 or 64 bits, not " + bits);
            }
        }

        @Override
        public Layout layout() {
            return Layout.DOUBLE;
        }

        @Override
        public String notation() {
            return "float" + bits;
        }
    }

    /** Text in Unicode, held as valid UTF-8. May contain NUL characters. */
    record TextType() implements DataType {
        @Override
        public Layout layout() {
            return Layout.BYTES;
        }

        @Override
        public String notation() {
            return "string";
        }
    }

    /** Bytes without a meaning of their own. */
    record BinaryType() implements DataType {
        @Override
        public Layout layout() {
            return Layout.BYTES;
        }

        @Override
        public String notation() {
            return "binary";
        }
    }

    /** A UUID as in RFC 9562; the most significant 64 bits come first. */
    record UuidType() implements DataType {
        @Override
        public Layout layout() {
            return Layout.WIDE;
        }

        @Override
        public String notation() {
            return "uuid";
        }
    }

    /**
     * A date of the proleptic Gregorian calendar, held as days since 1970-01-01.
     *
     * <p>{@link Integer#MAX_VALUE} and {@link Integer#MIN_VALUE} stand for the infinities that some databases know.
     */
    record DateType() implements DataType {
        @Override
        public Layout layout() {
            return Layout.INT;
        }

        @Override
        public String notation() {
            return "date";
        }
    }

    /**
     * A time of day, held as nanoseconds since midnight from 0 up to and including 24:00:00.
     *
     * <p>With a zone, the first long is the local time in nanoseconds and the second the offset in seconds, positive
     * east of Greenwich.
     *
     * @param precision the number of fractional digits of a second, 0 to 9
     * @param zoned true if each value carries an offset
     */
    record TimeType(int precision, boolean zoned) implements DataType {
        public TimeType {
            requireFraction(precision);
        }

        @Override
        public Layout layout() {
            return zoned ? Layout.WIDE : Layout.LONG;
        }

        @Override
        public String notation() {
            return (zoned ? "time_with_timezone(" : "time(") + precision + ")";
        }
    }

    /**
     * A point in time, or a local date and time, in the proleptic Gregorian calendar.
     *
     * <p>Held as microseconds since 1970-01-01T00:00 (UTC when zoned, local otherwise). Beyond microseconds a second
     * long holds the nanoseconds within the microsecond, 0 to 999. {@link Long#MAX_VALUE} and {@link Long#MIN_VALUE} in
     * the first long stand for the infinities.
     *
     * @param precision the number of fractional digits of a second, 0 to 9
     * @param zoned true if the value is a point in time, false if it is a local date and time
     */
    record TimestampType(int precision, boolean zoned) implements DataType {
        public TimestampType {
            requireFraction(precision);
        }

        @Override
        public Layout layout() {
            return precision > 6 ? Layout.WIDE : Layout.LONG;
        }

        @Override
        public String notation() {
            return (zoned ? "timestamp_with_timezone(" : "timestamp(") + precision + ")";
        }
    }

    /** A JSON text of any shape, held as UTF-8, exactly as the source gave it. */
    record JsonType() implements DataType {
        @Override
        public Layout layout() {
            return Layout.BYTES;
        }

        @Override
        public String notation() {
            return "json";
        }
    }

    /**
     * A list of values, held as a JSON array in UTF-8.
     *
     * @param element the type of each element
     */
    record ArrayType(DataType element) implements DataType {
        public ArrayType {
            Objects.requireNonNull(element);
        }

        @Override
        public Layout layout() {
            return Layout.BYTES;
        }

        @Override
        public String notation() {
            return "array<" + element.notation() + ">";
        }
    }

    /**
     * A group of named values, held as a JSON object in UTF-8.
     *
     * @param fields the fields known beforehand; empty if any key may occur
     */
    record ObjectType(List<Field> fields) implements DataType {
        public ObjectType {
            fields = List.copyOf(fields);
        }

        @Override
        public Layout layout() {
            return Layout.BYTES;
        }

        @Override
        public String notation() {
            return fields.isEmpty()
                    ? "object"
                    : fields.stream()
                            .map(f -> f.name() + ": " + f.type().notation())
                            .collect(Collectors.joining(", ", "object<", ">"));
        }
    }

    /**
     * A type that Sluice has no word for. Its values travel as the source's own text form, in UTF-8.
     *
     * @param sourceType what the source calls it, for messages
     */
    record UnknownType(String sourceType) implements DataType {
        public UnknownType {
            Objects.requireNonNull(sourceType);
        }

        @Override
        public Layout layout() {
            return Layout.BYTES;
        }

        @Override
        public String notation() {
            return "unknown(" + sourceType + ")";
        }
    }

    private static void requireFraction(int precision) {
        if (precision < 0 || precision > 9) {
            throw new IllegalArgumentException("a second has 0 to 9 fractional digits, not " + precision);
        }
    }
}
