package dev.sluice.connector.duckdb.source;

import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.type.DataType;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The column that is the cursor.
 *
 * @param name its name
 * @param type its type to us
 * @param sqlType its type in DuckDB's words
 */
record CursorColumn(String name, DataType type, String sqlType) {
    /** No local clock on Earth is further ahead of UTC. */
    private static final Duration FURTHEST_AHEAD = Duration.ofHours(14);

    /** True if values of the type have an order by which one tells what is new. */
    static boolean canBe(DataType type) {
        return switch (type) {
            case DataType.IntType ignored -> true;
            case DataType.DecimalType ignored -> true;
            case DataType.FloatType ignored -> true;
            case DataType.TextType ignored -> true;
            case DataType.UuidType ignored -> true;
            case DataType.DateType ignored -> true;
            case DataType.TimestampType ignored -> true;
            case DataType.BoolType ignored -> false;
            case DataType.BinaryType ignored -> false;
            case DataType.TimeType ignored -> false;
            case DataType.JsonType ignored -> false;
            case DataType.ArrayType ignored -> false;
            case DataType.ObjectType ignored -> false;
            case DataType.UnknownType ignored -> false;
        };
    }

    /** The column in SQL. */
    String quoted() {
        return DuckDbSql.identifier(name);
    }

    /** A parameter of the column's type, given as text. */
    String parameter() {
        return "CAST(? AS " + sqlType + ")";
    }

    /**
     * The condition on values at which a read may end; empty if all may. A value beyond it, such as a date in the year
     * 9999 or NaN, would hide all rows that come later with a smaller one.
     */
    Optional<String> endCondition(Clock clock) {
        return switch (type) {
            case DataType.FloatType ignored -> Optional.of("isfinite(" + quoted() + ")");
            case DataType.DateType ignored ->
                Optional.of(quoted() + " <= DATE '" + localNow(clock).toLocalDate() + "'");
            case DataType.TimestampType timestamp -> {
                LocalDateTime now = timestamp.zoned() ? utcNow(clock) : localNow(clock);
                String text = now.truncatedTo(ChronoUnit.MICROS).toString().replace('T', ' ');
                yield Optional.of(
                        quoted() + " <= CAST('" + text + (timestamp.zoned() ? "+00" : "") + "' AS " + sqlType + ")");
            }
            case DataType.IntType ignored -> Optional.empty();
            case DataType.DecimalType ignored -> Optional.empty();
            case DataType.TextType ignored -> Optional.empty();
            case DataType.UuidType ignored -> Optional.empty();
            case DataType.BoolType ignored -> Optional.empty();
            case DataType.BinaryType ignored -> Optional.empty();
            case DataType.TimeType ignored -> Optional.empty();
            case DataType.JsonType ignored -> Optional.empty();
            case DataType.ArrayType ignored -> Optional.empty();
            case DataType.ObjectType ignored -> Optional.empty();
            case DataType.UnknownType ignored -> Optional.empty();
        };
    }

    private static LocalDateTime utcNow(Clock clock) {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static LocalDateTime localNow(Clock clock) {
        return utcNow(clock).plus(FURTHEST_AHEAD);
    }
}
