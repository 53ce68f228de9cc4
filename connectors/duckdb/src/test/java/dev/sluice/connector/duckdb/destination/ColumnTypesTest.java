package dev.sluice.connector.duckdb.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.DataType.IntType;
import dev.sluice.testkit.rows.TypeSamples;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which column takes which values, and what it becomes when it does not. */
final class ColumnTypesTest {
    /** The least and the greatest value of a column type. */
    private static final Map<String, List<String>> EXTREMES = Map.of(
            "TINYINT", List.of("-128", "127"),
            "SMALLINT", List.of("-32768", "32767"),
            "INTEGER", List.of("-2147483648", "2147483647"),
            "BIGINT", List.of("-9223372036854775808", "9223372036854775807"),
            "DECIMAL(2,0)", List.of("-99", "99"),
            "DECIMAL(3,1)", List.of("-99.9", "99.9"),
            "DECIMAL(10,0)", List.of("-9999999999", "9999999999"),
            "DECIMAL(19,0)", List.of("-9999999999999999999", "9999999999999999999"),
            "DECIMAL(38,10)",
                    List.of("-9999999999999999999999999999.9999999999", "9999999999999999999999999999.9999999999"));

    private static DataType type(String column) {
        return switch (column) {
            case "TINYINT" -> new IntType(8);
            case "SMALLINT" -> new IntType(16);
            case "INTEGER" -> new IntType(32);
            case "BIGINT" -> new IntType(64);
            default -> {
                String[] digits = column.replaceAll("[^0-9,]", "").split(",", -1);
                yield new DecimalType(Integer.parseInt(digits[0]), Integer.parseInt(digits[1]));
            }
        };
    }

    /** Held against what DuckDB itself can cast without loss, for each pair of exact numbers. */
    @Test
    void numbersGoWhereDuckDbHoldsThemExactly() {
        try (DuckDb database = DuckDb.open(DuckDbOptions.inMemory());
                DuckDbConnection connection = database.connect()) {
            for (String existing : EXTREMES.keySet()) {
                for (String wanted : EXTREMES.keySet()) {
                    boolean exact = isExact(connection, wanted, existing);
                    assertThat(ColumnTypes.holds(existing, type(wanted)))
                            .as(existing + " holds " + wanted)
                            .isEqualTo(exact);
                    String wider = ColumnTypes.widened(existing, type(wanted)).orElseThrow();
                    assertThat(isExact(connection, existing, wider))
                            .as(existing + " for " + wanted + " becomes " + wider)
                            .isTrue();
                    assertThat(ColumnTypes.holds(wider, type(wanted)))
                            .as(wider + " holds " + wanted)
                            .isTrue();
                }
            }
        }
    }

    private static boolean isExact(DuckDbConnection connection, String from, String to) {
        return Objects.requireNonNull(EXTREMES.get(from)).stream()
                .allMatch(value -> Boolean.TRUE.equals(connection
                        .rows("SELECT coalesce(TRY_CAST(TRY_CAST('" + value + "'::" + from + " AS " + to + ") AS "
                                + from + ") = '" + value + "'::" + from + ", FALSE)")
                        .getFirst()
                        .getFirst()));
    }

    @Test
    void aNewColumnHoldsItsType() {
        for (DataType type : TypeSamples.types()) {
            String column = ColumnTypes.of(type).sql();
            assertThat(ColumnTypes.holds(column, type)).as(type.notation()).isTrue();
        }
    }

    @Test
    void whatIsWiderHoldsTheNewType() {
        for (DataType old : TypeSamples.types()) {
            for (DataType fresh : TypeSamples.types()) {
                String column = ColumnTypes.of(old).sql();
                ColumnTypes.widened(column, fresh)
                        .ifPresent(wider -> assertThat(ColumnTypes.holds(wider, fresh))
                                .as(column + " for " + fresh.notation() + " becomes " + wider)
                                .isTrue());
            }
        }
    }

    @Test
    void bytesAndOtherValuesNeverShareAColumn() {
        DataType bytes = new DataType.BinaryType();
        assertThat(ColumnTypes.widened("BLOB", new DataType.TextType())).isEmpty();
        assertThat(ColumnTypes.widened("BIGINT", bytes)).isEmpty();
        assertThat(ColumnTypes.holds(ColumnTypes.TEXT, bytes))
                .as("nobody could tell 61 for a byte from the text 61")
                .isFalse();
        assertThat(ColumnTypes.widened(ColumnTypes.TEXT, bytes)).isEmpty();
        assertThat(ColumnTypes.widened("STRUCT(a INTEGER)", new DataType.TextType()))
                .isEmpty();
    }

    @Test
    void theClockKeepsItsKindWhenItBecomesFiner() {
        assertThat(ColumnTypes.widened("TIME", new DataType.TimeType(9, false))).isEqualTo(Optional.of("TIME_NS"));
        assertThat(ColumnTypes.widened("TIMESTAMP_S", new DataType.TimestampType(6, false)))
                .isEqualTo(Optional.of("TIMESTAMP"));
        // Nanoseconds reach from 1677 to 2262 only, so microseconds have no place among them.
        assertThat(ColumnTypes.holds("TIMESTAMP_NS", new DataType.TimestampType(6, false)))
                .isFalse();
        assertThat(ColumnTypes.widened("TIMESTAMP", new DataType.TimestampType(9, false)))
                .isEqualTo(Optional.of(ColumnTypes.TEXT));
    }

    @Test
    void thePlanWarnsOfWhatIsCutOff() {
        assertThat(ColumnTypes.of(new DataType.TimeType(9, true)).fit()).isEqualTo(Fit.LOSSY);
        assertThat(ColumnTypes.of(new DataType.TimeType(6, true)).fit()).isEqualTo(Fit.EXACT);
        assertThat(ColumnTypes.of(DecimalType.unconstrained()).fit()).isEqualTo(Fit.WIDENED);
    }
}
