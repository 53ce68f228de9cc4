package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of connections over the public API, in the words and refusals that its clients know. Nobody does the jobs here. */
class JobRoutesTest {
    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private String connection = "";

    @BeforeEach
    void connect() {
        String workspace = house.workspace.id().toString();
        Map<String, Object> shop = Map.of("sourceType", "postgres", "host", "h");
        Map<String, Object> lake = Map.of("destinationType", "lake", "host", "h");
        String source = send(
                        "POST", "/sources", Map.of("name", "Shop", "workspaceId", workspace, "configuration", shop))
                .get("sourceId");
        String destination = send(
                        "POST",
                        "/destinations",
                        Map.of("name", "Lake", "workspaceId", workspace, "configuration", lake))
                .get("destinationId");
        connection = send("POST", "/connections", Map.of("sourceId", source, "destinationId", destination))
                .get("connectionId");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Reply send(String method, String path, @Nullable Map<String, Object> body) {
        return house.send(method, ApiHouse.BASE + path, null, body == null ? null : JsonText.write(body));
    }

    private Reply trigger(String type) {
        return send("POST", "/jobs", Map.of("connectionId", connection, "jobType", type));
    }

    @Test
    void aRunIsAskedForLookedAtAndCancelled() {
        Reply made = trigger("sync");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.object())
                .containsEntry("status", "pending")
                .containsEntry("jobType", "sync")
                .containsEntry("connectionId", connection)
                .doesNotContainKey("duration");
        assertThat(made.get("startTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00");
        String path = "/jobs/" + made.get("jobId");
        assertThat(send("GET", path, null).object()).isEqualTo(made.object());

        Reply second = trigger("sync");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.object()).containsEntry("title", "try-again-later");
        assertThat(second.text()).contains("already running for: " + connection);

        assertThat(send("DELETE", path, null).object()).containsEntry("status", "cancelled");
        Reply ended = send("DELETE", path, null);
        assertThat(ended.status()).isEqualTo(409);
        assertThat(ended.text()).contains("Job is not currently running");
        assertThat(trigger("clear").object()).as("a clear by its older name").containsEntry("jobType", "reset");
    }

    @Test
    void whatCannotRunIsRefused() {
        assertThat(trigger("refresh").status()).isEqualTo(422);
        assertThat(trigger("nothing").status()).isEqualTo(400);
        assertThat(send("GET", "/jobs/77", null).status()).isEqualTo(404);
        assertThat(send("GET", "/jobs/x", null).status()).isEqualTo(400);
        send("PATCH", "/connections/" + connection, Map.of("status", "inactive"));
        Reply inactive = trigger("sync");
        assertThat(inactive.status()).isEqualTo(409);
        assertThat(inactive.object()).containsEntry("title", "state-conflict");
        Reply schedule = send(
                "PATCH",
                "/connections/" + connection,
                Map.of("schedule", Map.of("scheduleType", "cron", "cronExpression", "0 99 * * * ?")));
        assertThat(schedule.status()).as(schedule.text()).isEqualTo(400);
    }

    @Test
    void listsAreChosenOrderedAndPaged() {
        for (String type : List.of("sync", "clear", "sync")) {
            send("DELETE", "/jobs/" + trigger(type).get("jobId"), null);
        }
        assertThat(ids("")).isSorted().hasSize(3);
        assertThat(ids("?orderBy=createdAt%7CDESC")).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(ids("?jobType=reset")).hasSize(1);
        assertThat(ids("?status=cancelled&connectionId=" + connection)).hasSize(3);
        assertThat(ids("?status=running")).isEmpty();
        assertThat(ids("?createdAtStart=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(ids("?createdAtEnd=2999-01-01T00:00:00%2B00:00")).hasSize(3);
        assertThat(ids("?createdAtEnd=%2B999999999-12-31T23:59:59Z")).hasSize(3);
        assertThat(ids("?createdAtStart=-999999999-01-01T00:00:00Z")).hasSize(3);
        assertThat(ids("?limit=2")).hasSize(2);
        for (String wrong : List.of("orderBy=id", "status=gone", "jobType=spec", "updatedAtStart=yesterday")) {
            assertThat(send("GET", "/jobs?" + wrong, null).status()).as(wrong).isEqualTo(400);
        }
    }

    private List<Long> ids(String query) {
        Reply reply = send("GET", "/jobs" + query, null);
        assertThat(reply.status()).as(query).isEqualTo(200);
        return reply.data().stream()
                .map(job -> ((Number) Objects.requireNonNull(job.get("jobId"))).longValue())
                .toList();
    }
}
