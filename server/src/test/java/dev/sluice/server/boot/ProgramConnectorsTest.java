package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Connectors that are programs, on a server: by the operator's leave, with a configuration that they change themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramConnectorsTest {
    /** A source of the protocol: each sync takes the token that the one before left, and leaves the next one. */
    private static final String SCRIPT = """
        case $1 in
        spec) echo '{"type":"SPEC","spec":{"protocol_version":"0.2.0","connectionSpecification":{"type":"object","required":["token"],
        "additionalProperties":false,"properties":{"token":{"type":"string","airbyte_secret":true},"count":{"type":"integer"}}}}}' | tr -d '\\n'; echo;;
        check) echo '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}';;
        discover) echo '{"type":"CATALOG","catalog":{"streams":[{"name":"people","json_schema":{"type":"object","properties":{"id":{"type":"integer"}}},"supported_sync_modes":["full_refresh"]}]}}';;
        read)
          token=$(sed 's/.*"token": *"\\([^"]*\\)".*/\\1/' config.json)
          echo "$token" >> SEEN
          echo '{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","emitted_at":1,"connectorConfig":{"config":{"count":2,"token":"'$token'x"}}}}'
          echo '{"type":"RECORD","record":{"stream":"people","data":{"id":1},"emitted_at":1}}'
          echo '{"type":"RECORD","record":{"stream":"people","data":{"id":2},"emitted_at":1}}'
          ;;
        esac
        """;

    @TempDir
    static Path directory;

    private AskedServer server;
    private Path seen;
    private Path script;

    @BeforeAll
    void begin() throws IOException {
        seen = directory.resolve("seen.txt");
        script = Files.writeString(
                directory.resolve("source.sh"),
                SCRIPT.replace("SEEN", seen.toString()).replace("\\\\", "\\"));
        server = new AskedServer(directory, Map.of());
    }

    @AfterAll
    void end() {
        server.close();
    }

    private static String connectors(AskedServer server) {
        return "/api/sluice/v1/workspaces/" + server.workspace + "/connectors";
    }

    private Map<String, Object> command(String name) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("kind", "source");
        wish.put("name", name);
        wish.put("origin", "command");
        wish.put("command", List.of("/bin/sh", script.toString()));
        return wish;
    }

    private static Map<String, Object> source(
            AskedServer server, Object definitionId, Map<String, Object> configuration) {
        return Map.of(
                "name",
                "program",
                "workspaceId",
                server.workspace,
                "definitionId",
                definitionId,
                "configuration",
                configuration);
    }

    @Test
    void aProgramIsAskedWhatItWantsAndRunsAndItsTokensAreKept() throws SQLException, IOException {
        Map<String, @Nullable Object> made = server.ask("POST", connectors(server), command("Own program"));
        assertThat(made).containsEntry("isConfigurable", true).containsEntry("isAllowed", true);
        Object definition = made.get("definitionId");
        HttpResponse<String> wrong = server.send(
                "POST", "/v1/sources", source(server, String.valueOf(definition), Map.of("token", "t", "other", 1)));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("other").contains("no option of the connector");
        String source = String.valueOf(server.ask(
                        "POST",
                        "/v1/sources",
                        source(server, String.valueOf(definition), Map.of("token", "canary-t0", "count", 2)))
                .get("sourceId"));
        assertThat(server.ask("POST", "/api/v1/sources/check_connection", Map.of("sourceId", source)))
                .containsEntry("status", "succeeded");
        String connection = server.connection(source, "programs", "full_refresh_overwrite");
        server.run(connection, "sync");
        server.run(connection, "sync");
        assertThat(server.ids("programs")).containsExactly(1, 2);
        assertThat(Files.readAllLines(seen)).containsExactly("canary-t0", "canary-t0x");
        HttpResponse<String> used = server.send("DELETE", connectors(server) + "/" + definition, null);
        assertThat(used.statusCode()).isEqualTo(409);
        assertThat(used.body()).contains("1 sources or destinations use this connector");
    }

    @Test
    void aProgramThatDoesNotSayWhatItWantsIsNotKept() {
        Map<String, Object> broken = command("Broken program");
        broken.put("command", List.of("/bin/sh", "-c", "echo nothing; exit 3"));
        HttpResponse<String> refused = server.send("POST", connectors(server), broken);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("E_CONNECTOR_SPEC");
        assertThat(server.ask("GET", connectors(server), null).toString()).doesNotContain("Broken program");
    }

    @Test
    void versionsAreKeptAndTheNewestIsUsed() {
        String id = String.valueOf(server.ask("POST", connectors(server), command("Versioned program"))
                .get("definitionId"));
        String one = connectors(server) + "/" + id;
        Map<String, Object> change =
                Map.of("name", "Renamed program", "command", List.of("/bin/sh", script.toString(), "--"));
        assertThat(server.send("PUT", one, change).statusCode())
                .as("the script does not know spec after --, so nothing is kept")
                .isEqualTo(400);
        assertThat(server.ask("PUT", one, Map.of("name", "Renamed program"))).containsEntry("name", "Renamed program");
        assertThat(server.ask("PUT", one, Map.of("command", List.of("/bin/sh", script.toString()))))
                .containsEntry("version", "2");
        assertThat(AskedServer.data(server.ask("GET", one + "/versions", null)))
                .extracting(version -> version.get("version"), version -> version.get("isUsed"))
                .containsExactly(tuple("2", true), tuple("1", false));
        assertThat(server.send("DELETE", one, null).statusCode()).isEqualTo(204);
        assertThat(server.send("GET", one, null).statusCode()).isEqualTo(404);
    }

    @Test
    void withoutLeaveTheAnswerSaysWhatToSet() {
        Path other = directory.resolve("other");
        try (AskedServer closed = new AskedServer(other, Map.of("SLUICE_PROGRAMS", "images"))) {
            Map<String, @Nullable Object> made = closed.ask("POST", connectors(closed), command("Own program"));
            assertThat(made).containsEntry("isAllowed", false).containsEntry("isConfigurable", false);
            HttpResponse<String> refused = closed.send(
                    "POST",
                    "/v1/sources",
                    source(closed, String.valueOf(made.get("definitionId")), Map.of("token", "t")));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body())
                    .contains("E_PROGRAMS_OFF")
                    .contains("SLUICE_PROGRAMS=commands")
                    .contains("a command of the server's machine");
        }
    }
}
