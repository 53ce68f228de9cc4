package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds our bounds against what DuckDB itself prints and accepts. */
final class TimeRangesTest {
    private DuckDb database;
    private DuckDbConnection connection;

    @BeforeEach
    void open() {
        database = DuckDb.open(DuckDbOptions.inMemory());
        connection = database.connect();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFirstAndLastDatesAreThoseThatDuckDbWrites() {
        assertThat(stored(new DataType.DateType(), b -> {
                    IntColumn.Builder dates = (IntColumn.Builder) b;
                    dates.append(-Integer.MAX_VALUE + 1);
                    dates.append(Integer.MAX_VALUE - 1);
                    dates.append(Integer.MIN_VALUE);
                    dates.append(Integer.MAX_VALUE);
                    dates.append(-Integer.MAX_VALUE);
                }))
                .containsExactly("5877642-06-25 (BC)", "5881580-07-10", "-infinity", "infinity", "none");
        assertRefused("SELECT DATE '5877642-06-24 (BC)'");
        assertRefused("SELECT DATE '5881580-07-11'");
    }

    @Test
    void theFirstAndLastTimestampsAreThoseThatDuckDbWrites() {
        assertThat(stored(new DataType.TimestampType(6, false), b -> {
                    LongColumn.Builder micros = (LongColumn.Builder) b;
                    micros.append(TimeRanges.FIRST_MICRO);
                    micros.append(Long.MAX_VALUE - 1);
                    micros.append(Long.MIN_VALUE);
                    micros.append(Long.MAX_VALUE);
                    micros.append(TimeRanges.FIRST_MICRO - 1);
                    micros.append(-Long.MAX_VALUE);
                }))
                .containsExactly(
                        "290309-12-22 (BC) 00:00:00",
                        "294247-01-10 04:00:54.775806",
                        "-infinity",
                        "infinity",
                        "none",
                        "none");
        assertRefused("SELECT CAST(make_timestamp(" + (TimeRanges.FIRST_MICRO - 1) + ") AS VARCHAR)");
    }

    @Test
    void theFirstAndLastNanosecondsAreThoseThatDuckDbWrites() {
        assertThat(stored(new DataType.TimestampType(9, false), b -> {
                    WideColumn.Builder nanos = (WideColumn.Builder) b;
                    nanos.append(-9_223_372_036_854_776L, 194);
                    nanos.append(9_223_372_036_854_775L, 806);
                    nanos.append(Long.MIN_VALUE, 0);
                    nanos.append(Long.MAX_VALUE, 0);
                    nanos.append(-9_223_372_036_854_776L, 193);
                    nanos.append(9_223_372_036_854_775L, 807);
                    nanos.append(9_223_372_036_854_776L, 0);
                    nanos.append(-1, 999);
                }))
                .containsExactly(
                        "1677-09-21 00:12:43.145224194",
                        "2262-04-11 23:47:16.854775806",
                        "-infinity",
                        "infinity",
                        "none",
                        "none",
                        "none",
                        "1969-12-31 23:59:59.999999999");
    }

    @Test
    void theGreatestOffsetsAreThoseThatDuckDbReads() {
        assertThat(stored(new DataType.TimeType(6, true), b -> {
                    WideColumn.Builder times = (WideColumn.Builder) b;
                    times.append(86_400_000_000_000L, TimeRanges.MAX_OFFSET);
                    times.append(0, -TimeRanges.MAX_OFFSET);
                    times.append(1_000, 20_700);
                    times.append(0, TimeRanges.MAX_OFFSET + 1);
                }))
                .containsExactly("24:00:00+15:59:59", "00:00:00-15:59:59", "00:00:00.000001+05:45", "none");
        assertRefused("SELECT TIMETZ '00:00:00+16:00'");
    }

    /** What DuckDB writes for the values after they were loaded; {@code none} for NULL. */
    private List<String> stored(DataType type, Consumer<ColumnBuilder> values) {
        ColumnBuilder builder = ColumnBuilder.of(type, 8);
        values.accept(builder);
        Column column = builder.build();
        Schema schema = Schema.of(new Field("v", type));
        List<Integer> unfit = new ArrayList<>();
        DuckDbLimits.forEachUnfit(type, column, unfit::add);
        connection.execute("CREATE TABLE t (v " + ScanTypes.sqlName(type) + ")");
        RoundTripTest.load(connection, schema, List.of(RecordBatch.of(schema, column.size(), List.of(column), 0)));
        List<String> texts = new ArrayList<>();
        connection
                .rows("SELECT coalesce(CAST(v AS VARCHAR), 'none') FROM t")
                .forEach(row -> texts.add(String.valueOf(row.getFirst())));
        for (int row = 0; row < texts.size(); row++) {
            assertThat(unfit.contains(row)).isEqualTo(texts.get(row).equals("none"));
        }
        return texts;
    }

    private void assertRefused(String sql) {
        assertThatThrownBy(() -> connection.rows(sql)).isInstanceOf(ProblemException.class);
    }
}
