package dev.sluice.lowcode.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which time spans a cursor asks for, and what its state is after some of them were read. */
class DatetimeCursorTest {
    private static final Transport TRANSPORT = new Transport();
    private static final Instant NOW = Instant.parse("2021-01-10T00:00:00Z");

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    private static Surroundings surroundings() {
        return new Surroundings(
                Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), TRANSPORT, line -> {}, Surroundings.IN_REAL_TIME);
    }

    private static DatetimeCursor cursor(String more, Object state) {
        String json = "{\"type\": \"DatetimeBasedCursor\", \"cursor_field\": \"at\", \"datetime_format\": \"%Y-%m-%d\","
                + " \"start_datetime\": \"2021-01-01\"" + (more.isEmpty() ? "" : ", " + more) + "}";
        Component component = new Component(Values.mapOrEmpty(JsonValues.read(json)), "/cursor");
        return new DatetimeCursor(component, surroundings(), state, NOW);
    }

    private static List<String> spans(DatetimeCursor cursor) {
        return cursor.slices(StreamSlice.WHOLE).stream()
                .map(slice -> slice.get("start_time") + ".." + slice.get("end_time"))
                .toList();
    }

    private static final String STEP = "\"step\": \"P5D\", \"cursor_granularity\": \"P1D\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|''|2021-01-01..2021-01-10",
                "STEP|''|2021-01-01..2021-01-05 2021-01-06..2021-01-10",
                "STEP|2021-01-04|2021-01-04..2021-01-08 2021-01-09..2021-01-10",
                "STEP, \"lookback_window\": \"P2D\"|2021-01-04|2021-01-02..2021-01-06 2021-01-07..2021-01-10",
                "\"lookback_window\": \"P20D\"|2021-01-04|2021-01-01..2021-01-10",
                "''|2020-01-01|2021-01-01..2021-01-10",
                "''|2021-01-10|''",
                "\"end_datetime\": \"2021-01-05\"|2021-01-03|2021-01-03..2021-01-05",
                "\"step\": \"P1M\", \"cursor_granularity\": \"P1D\", \"end_datetime\": \"2021-03-01\"|2021-01-31"
                        + "|2021-01-31..2021-02-27 2021-02-28..2021-03-01",
            })
    void spansGoFromTheStateToTheEnd(String more, String state, String expected) {
        Object before = state.isEmpty() ? None.NONE : Map.of("at", state);
        String spans = String.join(" ", spans(cursor(more.replace("STEP", STEP), before)));
        assertThat(spans).isEqualTo(expected);
    }

    @Test
    void theStateStaysAtTheFirstGap() {
        DatetimeCursor cursor = cursor(STEP.replace("P5D", "P3D"), None.NONE);
        List<StreamSlice> slices = cursor.slices(StreamSlice.WHOLE);
        assertThat(slices).hasSize(3);
        cursor.observe(slices.get(2), List.of(Map.of("at", "2021-01-09")));
        cursor.close(slices.get(2));
        assertThat(cursor.state()).isEqualTo(Map.of("at", "2021-01-01"));
        cursor.observe(slices.get(0), List.of(Map.of("at", "2021-01-02")));
        cursor.close(slices.get(0));
        assertThat(cursor.state()).isEqualTo(Map.of("at", "2021-01-02"));
        cursor.observe(slices.get(1), List.of(Map.of("at", "2021-01-05")));
        cursor.close(slices.get(1));
        assertThat(cursor.state()).isEqualTo(Map.of("at", "2021-01-09"));
    }

    @Test
    void withoutRecordsTheStateDoesNotMove() {
        DatetimeCursor cursor = cursor("", Map.of("at", "2021-01-04", "other", 1L));
        cursor.slices(StreamSlice.WHOLE).forEach(cursor::close);
        assertThat(cursor.state()).isEqualTo(Map.of("at", "2021-01-04", "other", 1L));
    }

    @Test
    void recordsWithoutAReadableTimeAreKept() {
        DatetimeCursor cursor = cursor("\"is_client_side_incremental\": true", Map.of("at", "2021-01-04"));
        StreamSlice slice = cursor.slices(StreamSlice.WHOLE).getFirst();
        assertThat(cursor.wants(Map.of(), slice)).isTrue();
        assertThat(cursor.wants(Map.of("at", "2021-01-05"), slice)).isTrue();
        assertThat(cursor.wants(Map.of("at", "2021-01-03"), slice)).isFalse();
        assertThat(cursor.wants(Map.of("at", "2021-02-03"), slice)).isFalse();
    }

    @Test
    void aStepWithoutAGranularityIsAMistake() {
        assertThatThrownBy(() -> cursor("\"step\": \"P1D\"", None.NONE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().message()).contains("can only be given together"));
    }
}
