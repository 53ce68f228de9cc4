package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.duckdb.ScanTypes;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Layout;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column type holds which values, in the spelling of {@code duckdb_columns()}. */
final class ColumnTypes {
    static final String TEXT = "VARCHAR";

    private static final int MAX_PRECISION = 38;
    private static final List<String> INTEGERS = List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT");
    private static final List<Integer> DIGITS = List.of(3, 5, 10, 19, 39);

    /** Those whose values keep their meaning as text. */
    private static final Set<String> BECOME_TEXT = Set.of(
            "BOOLEAN",
            "FLOAT",
            "DOUBLE",
            "UUID",
            "DATE",
            "TIME",
            "TIME_NS",
            "TIME WITH TIME ZONE",
            "TIMESTAMP",
            "TIMESTAMP_S",
            "TIMESTAMP_MS",
            "TIMESTAMP_NS",
            "TIMESTAMP WITH TIME ZONE",
            "TIMESTAMPTZ_NS",
            "JSON",
            TEXT);

    private ColumnTypes() {}

    /**
     * How many digits a type of exact numbers has.
     *
     * @param most the most digits before the point that a value can have
     * @param all so many digits before the point can have any value
     * @param scale the digits after the point
     */
    private record Digits(int most, int all, int scale) {
        /** Null for a type that is none of exact numbers. */
        static @Nullable Digits of(String type) {
            int at = INTEGERS.indexOf(type);
            if (at >= 0) {
                return new Digits(DIGITS.get(at), DIGITS.get(at) - 1, 0);
            }
            if (!type.startsWith("DECIMAL(")) {
                return null;
            }
            int comma = type.indexOf(',');
            int scale = Integer.parseInt(
                    type.substring(comma + 1, type.length() - 1).strip());
            int whole =
                    Integer.parseInt(type.substring("DECIMAL(".length(), comma).strip()) - scale;
            return new Digits(whole, whole, scale);
        }
    }

    /** The narrowest column that holds all values. */
    static ColumnType of(DataType type) {
        String column = ScanTypes.sqlName(type);
        return switch (type) {
            case DecimalType decimal ->
                decimal.layout() == Layout.BYTES
                        ? ColumnType.widened(column, "held as text, for DuckDB's decimals have 38 digits at most")
                        : new ColumnType(column, Fit.EXACT, "NaN, which DuckDB's decimals do not have, becomes null");
            case DataType.TimeType time -> time(column, time);
            case DataType.TimestampType timestamp ->
                timestamp.precision() > 6
                        ? new ColumnType(column, Fit.EXACT, "what lies before 1678 or after 2261 becomes null")
                        : ColumnType.exact(column);
            case DataType.UnknownType(String sourceType) ->
                ColumnType.widened(column, "held as the text that the source gives for " + sourceType);
            case DataType.BoolType ignored -> ColumnType.exact(column);
            case DataType.IntType ignored -> ColumnType.exact(column);
            case DataType.FloatType ignored -> ColumnType.exact(column);
            case DataType.TextType ignored -> ColumnType.exact(column);
            case DataType.BinaryType ignored -> ColumnType.exact(column);
            case DataType.UuidType ignored -> ColumnType.exact(column);
            case DataType.DateType ignored -> ColumnType.exact(column);
            case DataType.JsonType ignored -> ColumnType.exact(column);
            case DataType.ArrayType ignored -> ColumnType.widened(column, "held as JSON");
            case DataType.ObjectType ignored -> ColumnType.widened(column, "held as JSON");
        };
    }

    private static ColumnType time(String column, DataType.TimeType type) {
        if (!type.zoned()) {
            return ColumnType.exact(column);
        }
        String offsets = "offsets of 16 hours and more become null";
        return type.precision() > 6
                ? new ColumnType(column, Fit.LOSSY, "DuckDB keeps microseconds; what is finer is cut off; " + offsets)
                : new ColumnType(column, Fit.EXACT, offsets);
    }

    /** True if every value of a type goes into a column without loss. */
    static boolean holds(String existing, DataType type) {
        String wanted = ScanTypes.sqlName(type);
        if (existing.equals(wanted)) {
            return true;
        }
        if (existing.equals(TEXT)) {
            return isTextOf(type);
        }
        if (isInteger(existing) && isInteger(wanted)) {
            return INTEGERS.indexOf(existing) >= INTEGERS.indexOf(wanted);
        }
        Digits there = Digits.of(existing);
        Digits needed = Digits.of(wanted);
        if (there != null && needed != null) {
            return there.all >= needed.most && there.scale >= needed.scale;
        }
        return switch (existing) {
            case "DOUBLE" -> wanted.equals("FLOAT");
            case "TIME_NS" -> wanted.equals("TIME");
            default -> false;
        };
    }

    /** The type that holds what a column holds and the values of a type as well; empty if there is none. */
    static Optional<String> widened(String existing, DataType type) {
        String wanted = ScanTypes.sqlName(type);
        if (isInteger(existing) && isInteger(wanted)) {
            return Optional.of(holds(existing, type) ? existing : wanted);
        }
        Digits there = Digits.of(existing);
        Digits needed = Digits.of(wanted);
        if (there != null && needed != null) {
            return Optional.of(number(there, needed));
        }
        boolean sameKind = switch (wanted) {
            case "DOUBLE" -> existing.equals("FLOAT");
            case "TIME_NS" -> existing.equals("TIME");
            case "TIMESTAMP" -> existing.equals("TIMESTAMP_S") || existing.equals("TIMESTAMP_MS");
            default -> false;
        };
        if (sameKind) {
            return Optional.of(wanted);
        }
        boolean becomesText = there != null || BECOME_TEXT.contains(existing);
        return becomesText && isTextOf(type) ? Optional.of(TEXT) : Optional.empty();
    }

    /** Text holds every type but bytes, whose text form nobody could tell from text. */
    private static boolean isTextOf(DataType type) {
        return !(type instanceof DataType.BinaryType);
    }

    private static boolean isInteger(String type) {
        return INTEGERS.contains(type);
    }

    private static String number(Digits one, Digits other) {
        int whole = Math.max(one.most, other.most);
        int scale = Math.max(one.scale, other.scale);
        return whole + scale > MAX_PRECISION ? TEXT : "DECIMAL(" + (whole + scale) + "," + scale + ")";
    }
}
