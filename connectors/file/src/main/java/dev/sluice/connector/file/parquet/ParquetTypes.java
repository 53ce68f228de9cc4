package dev.sluice.connector.file.parquet;

import dev.sluice.spi.type.DataType;
import java.util.Optional;

/** Types of Parquet columns: exact ones, and one type for a column that several files give different ones. */
public final class ParquetTypes {
    private static final int MOST_DIGITS = DataType.DecimalType.MAX_WIDE_PRECISION;

    private ParquetTypes() {}

    /**
     * The type that a column has, given the one as which its values come: DuckDB hands out microseconds where the file
     * keeps milliseconds.
     *
     * @param logical the annotation of the column as text, or an empty text
     * @param converted the older annotation, or an empty text
     */
    static DataType exact(DataType read, String logical, String converted) {
        boolean millis = converted.endsWith("_MILLIS") || logical.contains("MILLIS=Milli");
        return switch (read) {
            case DataType.TimestampType(int precision, boolean zoned)
            when millis && precision == 6 -> new DataType.TimestampType(3, zoned);
            case DataType.TimeType(int precision, boolean zoned)
            when millis && precision == 6 -> new DataType.TimeType(3, zoned);
            default -> read;
        };
    }

    /** The type that holds all values of both; empty if there is none without a loss. */
    public static Optional<DataType> common(DataType one, DataType other) {
        if (one.equals(other)) {
            return Optional.of(one);
        }
        return switch (one) {
            case DataType.IntType(int bits)
            when other instanceof DataType.IntType(int others) ->
                Optional.of(new DataType.IntType(Math.max(bits, others)));
            case DataType.FloatType(int bits)
            when other instanceof DataType.FloatType(int others) ->
                Optional.of(new DataType.FloatType(Math.max(bits, others)));
            case DataType.TimestampType(int precision, boolean zoned)
            when other instanceof DataType.TimestampType(int others, boolean alsoZoned) && zoned == alsoZoned ->
                Optional.of(new DataType.TimestampType(Math.max(precision, others), zoned));
            case DataType.TimeType(int precision, boolean zoned)
            when other instanceof DataType.TimeType(int others, boolean alsoZoned) && zoned == alsoZoned ->
                Optional.of(new DataType.TimeType(Math.max(precision, others), zoned));
            default -> {
                Optional<DataType.DecimalType> first = decimal(one);
                Optional<DataType.DecimalType> second = decimal(other);
                yield first.isPresent() && second.isPresent() ? common(first.get(), second.get()) : Optional.empty();
            }
        };
    }

    private static Optional<DataType> common(DataType.DecimalType one, DataType.DecimalType other) {
        int scale = Math.max(one.scale(), other.scale());
        int digits = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
        return digits + scale <= MOST_DIGITS
                ? Optional.of(new DataType.DecimalType(digits + scale, scale))
                : Optional.empty();
    }

    /** The decimal that holds a number exactly. */
    private static Optional<DataType.DecimalType> decimal(DataType type) {
        return switch (type) {
            case DataType.DecimalType decimal when decimal.precision() > 0 -> Optional.of(decimal);
            case DataType.IntType(int bits) ->
                Optional.of(new DataType.DecimalType(
                        switch (bits) {
                            case 8 -> 3;
                            case 16 -> 5;
                            case 32 -> 10;
                            default -> 19;
                        },
                        0));
            default -> Optional.empty();
        };
    }
}
