package dev.sluice.lowcode.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of older states; those that the official runner was asked about are among the recorded cases. */
class MigrationsTest {
    private static final Transport TRANSPORT = new Transport();

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    private static String migrated(String migration, String state) {
        Map<Object, Object> config = Values.mapOrEmpty(
                JsonValues.read("{\"start_date\": \"2024-01-01T00:00:00Z\", \"lookback_window\": 1}"));
        Surroundings surroundings =
                new Surroundings(config, Clock.systemUTC(), TRANSPORT, line -> {}, Surroundings.IN_REAL_TIME);
        Object stream = JsonValues.read("{\"state_migrations\": [" + migration + "]}");
        Component component = new Component(Values.mapOrEmpty(stream), "/stream");
        return JsonValues.write(new Migrations(component, surroundings).applied(JsonValues.read(state)));
    }

    /** The newest of all cursors, or the start, less the days that are looked back. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"float_ts\":1704326400.5}|1704240000.0",
                "{\"float_ts\":\"1704326400.5\"}|1704240000.0",
                "{\"states\":[{\"partition\":{\"id\":\"a\"},\"cursor\":{\"float_ts\":1704412800}},"
                        + "{\"partition\":{\"id\":\"b\"},\"cursor\":{\"float_ts\":1704326400}}]}|1704326400.0",
                "{\"float_ts\":1000}|1703980800.0",
            })
    void threadsLookAtMessagesSinceTheNewest(String state, double since) {
        String migration = "{\"type\": \"ParentStateFromCursors\", \"cursor\": \"float_ts\", \"parent\": \"messages\"}";
        Object after = JsonValues.read(migrated(migration, state));
        Object parent = Values.member(Values.member(after, "parent_state"), "messages");
        assertThat(Values.member(parent, "float_ts")).isEqualTo(since);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"updated_at\":\"500\"}|{\"generated_timestamp\":100}",
                "{\"updated_at\":50}|{\"generated_timestamp\":50}",
                "{\"updated_at\":\"2026-03-01\"}|{\"generated_timestamp\":100}",
                "{\"generated_timestamp\":500}|{\"generated_timestamp\":500}",
                "{}|{}",
            })
    void aCursorOfAnotherFieldIsSetBack(String state, String expected) {
        String migration =
                "{\"type\": \"CappedCursorState\", \"from\": \"updated_at\", \"to\": \"generated_timestamp\","
                        + " \"most\": 100}";
        assertThat(migrated(migration, state)).isEqualTo(expected);
    }
}
