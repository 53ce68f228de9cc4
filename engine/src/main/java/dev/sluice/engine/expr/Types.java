package dev.sluice.engine.expr;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What types come of types. */
final class Types {
    static final DataType BOOL = new DataType.BoolType();
    static final DataType INT = new DataType.IntType(64);
    static final DataType FLOAT = new DataType.FloatType(64);
    static final DataType TEXT = new DataType.TextType();
    static final DataType DATE = new DataType.DateType();

    /** The digits behind the point of a quotient. */
    static final int QUOTIENT_DIGITS = 12;

    private static final Pattern WITH_NUMBERS = Pattern.compile("([a-z_]+)\\((\\d{1,4})(?:,(\\d{1,4}))?\\)");

    private Types() {}

    static boolean isNumber(DataType type) {
        return isExact(type) || type instanceof DataType.FloatType;
    }

    /** True for whole and decimal numbers. */
    static boolean isExact(DataType type) {
        return type instanceof DataType.IntType || type instanceof DecimalType;
    }

    /** A whole number as the decimal that holds it. */
    static DecimalType decimal(DataType type) {
        if (!(type instanceof DecimalType decimal)) {
            return new DecimalType(19, 0);
        }
        if (decimal.isUnconstrained()) {
            return decimal;
        }
        int scale = Math.max(0, decimal.scale());
        return new DecimalType(Math.max(decimal.precision() + scale - decimal.scale(), scale), scale);
    }

    /** A decimal of so many digits before and after the point; without a limit where no column has so many. */
    static DecimalType digits(int before, int after) {
        return before + after > DecimalType.MAX_WIDE_PRECISION
                ? DecimalType.unconstrained()
                : new DecimalType(Math.max(1, before + after), after);
    }

    /** The type that holds the values of both without any change. */
    static Optional<DataType> common(DataType one, DataType other) {
        if (isNumber(one) && isNumber(other)) {
            return Optional.of(commonNumber(one, other));
        }
        if (one.equals(other)) {
            return Optional.of(one);
        }
        if (one instanceof DataType.TimestampType(int p, boolean z)
                && other instanceof DataType.TimestampType(int q, boolean y)
                && z == y) {
            return Optional.of(new DataType.TimestampType(Math.max(p, q), z));
        }
        if (one instanceof DataType.TimeType(int p, boolean z)
                && other instanceof DataType.TimeType(int q, boolean y)
                && z == y) {
            return Optional.of(new DataType.TimeType(Math.max(p, q), z));
        }
        return Optional.empty();
    }

    private static DataType commonNumber(DataType one, DataType other) {
        if (one instanceof DataType.FloatType || other instanceof DataType.FloatType) {
            return FLOAT;
        }
        if (one instanceof DataType.IntType && other instanceof DataType.IntType) {
            return INT;
        }
        DecimalType a = decimal(one);
        DecimalType b = decimal(other);
        if (a.isUnconstrained() || b.isUnconstrained()) {
            return DecimalType.unconstrained();
        }
        return digits(Math.max(before(a), before(b)), Math.max(a.scale(), b.scale()));
    }

    /** The digits before the point. */
    static int before(DecimalType type) {
        return type.precision() - type.scale();
    }

    /** The type of a name in a cast. */
    static Optional<DataType> named(String name) {
        Matcher numbered = WITH_NUMBERS.matcher(name);
        if (numbered.matches()) {
            int first = Integer.parseInt(numbered.group(2));
            String second = numbered.group(3);
            return switch (numbered.group(1)) {
                case "decimal", "numeric" -> {
                    int scale = second == null ? 0 : Integer.parseInt(second);
                    yield first == 0 || scale > first ? Optional.empty() : Optional.of(new DecimalType(first, scale));
                }
                case "timestamp" -> timestamp(first, second, false);
                case "timestamp_with_timezone", "timestamptz" -> timestamp(first, second, true);
                default -> Optional.empty();
            };
        }
        return switch (name) {
            case "boolean", "bool" -> Optional.of(BOOL);
            case "integer", "int", "int64", "bigint" -> Optional.of(INT);
            case "decimal", "numeric" -> Optional.of(DecimalType.unconstrained());
            case "float", "float64", "double" -> Optional.of(FLOAT);
            case "text", "string", "varchar" -> Optional.of(TEXT);
            case "date" -> Optional.of(DATE);
            case "uuid" -> Optional.of(new DataType.UuidType());
            case "time" -> Optional.of(new DataType.TimeType(6, false));
            case "timestamp" -> timestamp(6, null, false);
            case "timestamp_with_timezone", "timestamptz" -> timestamp(6, null, true);
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> timestamp(
            int precision, @org.jspecify.annotations.Nullable String second, boolean zoned) {
        return precision > 9 || second != null
                ? Optional.empty()
                : Optional.of(new DataType.TimestampType(precision, zoned));
    }
}
