package dev.sluice.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.airbyte.serve.AirbyteServer;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.connector.ConnectorServer;
import dev.sluice.spi.runtime.Config;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyServer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The log as a connector of the Airbyte protocol serves it: all streams share a state, which is told, kept, and taken again. */
final class LogServedTest {
    private static final String FIELDS = "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},"
            + "\"name\":{\"type\":\"string\"},\"_ab_cdc_deleted_at\":{\"type\":\"string\"}}}";

    private final MyDatabase database = MyServer.shared().createDatabase();
    private int code;

    private List<String> read(@Nullable String state) {
        String streams = String.join(
                ",",
                List.of("a", "b").stream()
                        .map(name -> "{\"stream\":{\"name\":\"%s\",\"namespace\":\"%s\",\"json_schema\":%s,"
                                        .formatted(name, database.name(), FIELDS)
                                + "\"supported_sync_modes\":[\"full_refresh\",\"incremental\"]},"
                                + "\"sync_mode\":\"incremental\",\"destination_sync_mode\":\"append\"}")
                        .toList());
        Config config = Config.of(TableFixture.config(database, LogFixture.FROM_THE_LOG));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        code = new AirbyteServer()
                .serve(
                        new MySqlSource(),
                        new ConnectorServer.Request("read", config, "{\"streams\":[" + streams + "]}", state),
                        new ConnectorServer.Exchange(InputStream.nullInputStream(), out, Clock.systemUTC()));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static List<String> of(List<String> said, String type) {
        return said.stream()
                .filter(line -> line.startsWith("{\"type\":\"" + type + "\""))
                .toList();
    }

    /** The last state, as an orchestrator keeps it. */
    private static Map<?, ?> lastState(List<String> said) {
        return (Map<?, ?>) Objects.requireNonNull(
                Json.readObject(of(said, "STATE").getLast()).get("state"));
    }

    private static double counted(List<String> said) {
        return of(said, "STATE").stream()
                .map(line ->
                        (Map<?, ?>) Objects.requireNonNull(Json.readObject(line).get("state")))
                .map(state -> (Map<?, ?>) Objects.requireNonNull(state.get("sourceStats")))
                .mapToDouble(stats -> ((Number) Objects.requireNonNull(stats.get("recordCount"))).doubleValue())
                .sum();
    }

    @Test
    void streamsOfTheLogShareAStateThatIsTakenAgain() {
        try (database) {
            for (String table : List.of("a", "b")) {
                database.execute(
                        "CREATE TABLE " + table + " (id bigint PRIMARY KEY, name varchar(20))",
                        "INSERT INTO " + table + " VALUES (1, 'one'), (2, 'two'), (3, 'three')");
            }
            List<String> first = read(null);
            assertThat(code).as(String.join("\n", first)).isZero();
            assertThat(of(first, "RECORD")).hasSize(6);
            assertThat(counted(first)).isEqualTo(6);
            assertThat(first.getLast()).contains("\"COMPLETE\"");
            Map<?, ?> state = lastState(first);
            assertThat(state.get("type")).isEqualTo("GLOBAL");
            Map<?, ?> global = (Map<?, ?>) Objects.requireNonNull(state.get("global"));
            assertThat(Json.write(global.get("shared_state"))).isEqualTo("{\"sluice\":1,\"log\":\"binary log\"}");
            assertThat((List<?>) global.get("stream_states")).hasSize(2);

            database.execute(
                    "UPDATE a SET name = 'changed' WHERE id = 2",
                    "INSERT INTO a VALUES (4, 'four')",
                    "DELETE FROM b WHERE id = 3");
            String kept = Json.write(List.of(state));
            List<String> second = read(kept);
            assertThat(code).as(String.join("\n", second)).isZero();
            assertThat(of(second, "RECORD")).hasSize(3);
            assertThat(of(second, "RECORD"))
                    .anyMatch(line -> line.contains("\"name\":\"changed\""))
                    .anyMatch(line -> line.contains("\"name\":\"four\""))
                    .anyMatch(line -> line.contains("\"stream\":\"b\"") && !line.contains("_deleted_at\":null"));
            assertThat(counted(second)).isEqualTo(3);
            assertThat(of(read(Json.write(List.of(lastState(second)))), "RECORD"))
                    .isEmpty();
            assertThat(read(kept.replace("\"binary log\"", "\"replication slot s\"")))
                    .anyMatch(line -> line.contains("E_STATE_FOREIGN"));
            assertThat(code).isEqualTo(1);
        }
    }
}
