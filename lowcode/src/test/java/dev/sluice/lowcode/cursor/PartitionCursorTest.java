package dev.sluice.lowcode.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The states of a stream with partitions, in the shape that an Airbyte connection keeps. */
class PartitionCursorTest {
    private static final Transport TRANSPORT = new Transport();
    private static final Instant NOW = Instant.parse("2021-01-10T00:00:00Z");
    private static final String STATE = "{\"use_global_cursor\": false, \"lookback_window\": 86400,"
            + " \"states\": [{\"partition\": {\"id\": 1, \"parent_slice\": {}}, \"cursor\": {\"at\": \"2021-01-03\"}}],"
            + " \"state\": {\"at\": \"2021-01-05\"}}";

    private final List<String> log = new ArrayList<>();

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    private PartitionCursor cursor(String more, Object state) {
        Surroundings surroundings = new Surroundings(
                Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), TRANSPORT, log::add, Surroundings.IN_REAL_TIME);
        String json = "{\"type\": \"DatetimeBasedCursor\", \"cursor_field\": \"at\", \"datetime_format\": \"%Y-%m-%d\","
                + " \"start_datetime\": \"2021-01-01\"" + more + "}";
        Component component = new Component(Values.mapOrEmpty(JsonValues.read(json)), "/cursor");
        return new PartitionCursor(component, surroundings, state, NOW, () -> Map.of());
    }

    private static StreamSlice partition(long id) {
        return new StreamSlice(Map.of("id", id, "parent_slice", Map.of()), Map.of(), Map.of());
    }

    private static String start(PartitionCursor cursor, long id) {
        return String.valueOf(cursor.slices(partition(id)).getFirst().get("start_time"));
    }

    private static void read(PartitionCursor cursor, long id, String at) {
        StreamSlice slice = cursor.slices(partition(id)).getFirst();
        cursor.observe(slice, List.of(Map.of("at", at)));
        cursor.close(slice);
    }

    @Test
    void knownPartitionsGoOnFromTheirOwnStateAndNewOnesFromThatOfAll() {
        PartitionCursor cursor = cursor("", JsonValues.read(STATE));
        assertThat(start(cursor, 1)).isEqualTo("2021-01-03");
        assertThat(start(cursor, 2)).as("a day before the state of all").isEqualTo("2021-01-04");
        assertThat(start(cursor("", None.NONE), 2)).isEqualTo("2021-01-01");
    }

    @Test
    void aStateOfAStreamThatHadNoPartitionsIsThatOfAll() {
        assertThat(start(cursor("", Map.of("at", "2021-01-06")), 7)).isEqualTo("2021-01-06");
    }

    @Test
    void theStateOfAllIsTheNewestOnceEverythingWasRead() {
        PartitionCursor cursor = cursor("", JsonValues.read(STATE));
        read(cursor, 1, "2021-01-09");
        read(cursor, 2, "2021-01-07");
        assertThat(Values.member(cursor.state(), "state")).isEqualTo(Map.of("at", "2021-01-05"));
        cursor.finish();
        assertThat(Values.member(cursor.state(), "state")).isEqualTo(Map.of("at", "2021-01-09"));
        assertThat(JsonValues.canonical(Values.member(cursor.state(), "states")))
                .isEqualTo("[{\"cursor\":{\"at\":\"2021-01-09\"},\"partition\":{\"id\":1,\"parent_slice\":{}}},"
                        + "{\"cursor\":{\"at\":\"2021-01-07\"},\"partition\":{\"id\":2,\"parent_slice\":{}}}]");
    }

    @Test
    void oneStateForAllIsKeptWhereTheManifestSaysSo() {
        PartitionCursor cursor = cursor(", \"global_substream_cursor\": true", JsonValues.read(STATE));
        assertThat(start(cursor, 1)).isEqualTo("2021-01-04");
        read(cursor, 1, "2021-01-08");
        cursor.finish();
        assertThat(Values.mapOrEmpty(cursor.state()))
                .doesNotContainKey("states")
                .containsEntry("use_global_cursor", true);
    }

    @Test
    void beyondTenThousandPartitionsOneStateIsKept() {
        PartitionCursor cursor = cursor("", None.NONE);
        for (long id = 0; id <= 10_000; id++) {
            read(cursor, id, "2021-01-02");
        }
        cursor.finish();
        assertThat(Values.mapOrEmpty(cursor.state()))
                .doesNotContainKey("states")
                .containsEntry("state", Map.of("at", "2021-01-02"));
        assertThat(log).hasSize(1);
    }
}
