package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Role;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.runs.Request;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.tags.Tag;
import dev.sluice.server.tags.Tags;
import dev.sluice.spi.catalog.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many connections at once, runs of some streams, and what is told of all that ran. */
class EachRoutesTest {
    private final ApiHouse house = new ApiHouse(new LoginRules(true, false));
    private final String own = "/api/sluice/v1/workspaces/" + house.workspace.id();
    private final Rooms rooms = new Rooms(house.store);
    private final Connection first = connection("First");
    private final Connection second = connection("Second");
    private final Connection foreign = rooms.connection("Foreign");
    private final String editor = token("editor@example.org", Role.WORKSPACE_EDITOR);
    private final String runner = token("runner@example.org", Role.WORKSPACE_RUNNER);

    @AfterEach
    void close() {
        house.close();
    }

    private String token(String email, Role role) {
        return "Bearer " + house.token(email, new Grant(role, house.workspace.id()));
    }

    private Connection connection(String name) {
        Connection made = rooms.connection(
                rooms.actor(house.workspace, ConnectorKind.SOURCE, name + " shop"),
                rooms.actor(house.workspace, ConnectorKind.DESTINATION, name + " lake"),
                name);
        house.store.change(transaction -> new Connections(TestStore.CLOCK)
                .saveStreams(
                        transaction,
                        made,
                        List.of(new ConnectionStream(
                                StreamId.of("public", "orders"), true, "full_refresh_append", Json.EMPTY))));
        return made;
    }

    private Reply change(String authorization, String change, Map<String, Object> more, UUID... ids) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("change", change);
        body.put("connectionIds", List.of(ids).stream().map(UUID::toString).toList());
        return house.send("POST", own + "/connections/change_each", authorization, JsonText.write(body));
    }

    private Reply sync(UUID... ids) {
        Map<String, Object> body = Map.of(
                "connectionIds", List.of(ids).stream().map(UUID::toString).toList());
        return house.send("POST", own + "/connections/sync_each", runner, JsonText.write(body));
    }

    private Reply get(String path) {
        return house.send("GET", path, runner, null);
    }

    @Test
    void oneThatCannotDoesNotKeepTheOthers() {
        UUID nowhere = UUID.randomUUID();
        Reply reply = change(editor, "pause", Map.of(), first.id(), nowhere, foreign.id());
        assertThat(reply.data()).extracting(each -> each.get("done")).containsExactly(true, false, false);
        assertThat(reply.data()).extracting(each -> each.get("message")).contains("there is no such connection");
        assertThat(get(own + "/connections?status=paused").data())
                .singleElement()
                .satisfies(each -> assertThat(each).containsEntry("name", "First"));

        assertThat(sync(first.id(), second.id()).data())
                .satisfiesExactly(
                        off -> assertThat(off).containsEntry("message", "Can only sync an active connection"),
                        on -> assertThat(on).containsEntry("done", true).containsKey("jobId"));
        assertThat(sync(second.id()).data().getFirst()).containsEntry("done", false);

        change(editor, "resume", Map.of(), first.id());
        assertThat(get(own + "/connections?status=paused").data()).isEmpty();
        assertThat(change(runner, "pause", Map.of(), first.id()).status()).isEqualTo(403);
    }

    @Test
    void tagsComeAndGoAndStayWhereTheyAre() {
        Tags tags = new Tags(TestStore.CLOCK);
        Tag daily = house.store.compute(transaction -> tags.add(transaction, house.workspace.id(), "daily", "000000"));
        Tag other = house.store.compute(transaction -> tags.add(transaction, house.other.id(), "other", "000000"));
        Map<String, Object> tag = Map.of("tagId", daily.id().toString());
        change(editor, "tag", tag, first.id(), second.id());
        change(editor, "tag", tag, first.id());
        assertThat(get(own + "/connections?tagIds=" + daily.id()).data()).hasSize(2);
        change(editor, "untag", tag, second.id());
        assertThat(get(own + "/connections?tagIds=" + daily.id()).data()).hasSize(1);
        assertThat(change(editor, "tag", Map.of("tagId", other.id().toString()), first.id())
                        .status())
                .isEqualTo(404);
        assertThat(change(editor, "tag", Map.of(), first.id()).status()).isEqualTo(400);
        change(editor, "delete", Map.of(), first.id(), second.id());
        assertThat(get(own + "/connections").data()).isEmpty();
    }

    @Test
    void aRunIsOfTheStreamsThatAreNamed() {
        String path = "/api/sluice/v1/connections/" + first.id() + "/runs";
        assertThat(house.send("POST", path, runner, "{\"kind\":\"sync\",\"streams\":[{\"name\":\"nowhere\"}]}")
                        .text())
                .contains("does not copy a stream nowhere");
        assertThat(house.send("POST", path, runner, "{\"kind\":\"check\"}").status())
                .isEqualTo(400);
        Reply begun = house.send(
                "POST",
                path,
                runner,
                "{\"kind\":\"refresh\",\"keepHistory\":true,\"streams\":[{\"namespace\":\"public\",\"name\":\"orders\"}]}");
        assertThat(begun.object()).containsEntry("jobType", "refresh").containsEntry("status", "pending");
        Request request = house.store.read(transaction -> transaction
                .first(row -> Request.read(row.json("request")), "SELECT request FROM job")
                .orElseThrow());
        assertThat(request.streams()).containsExactly(StreamId.of("public", "orders"));
        assertThat(request.refresh()).hasToString("MERGE");
        assertThat(house.send("POST", path, runner, "{\"kind\":\"clear\"}").status())
                .as("one at a time")
                .isEqualTo(409);
    }

    @Test
    void aWorkspaceIsSeenAtAGlanceAndItsJobsAreListed() {
        sync(first.id());
        assertThat(get(own + "/summary").text())
                .contains("\"queued\":1", "\"not_synced\":1", "\"failing\":[]", "\"days\":[{\"date\":\"2026-03-01\"");
        assertThat(get(own + "/jobs?statuses=pending,running").data())
                .singleElement()
                .satisfies(job ->
                        assertThat(job).containsEntry("connectionName", "First").containsEntry("attempts", 0));
        assertThat(get(own + "/jobs?connectionId=" + second.id()).data()).isEmpty();
        assertThat(get(own + "/jobs?kinds=clear&orderBy=oldest").data()).isEmpty();
        assertThat(get(own + "/jobs?statuses=odd").status()).isEqualTo(400);
        assertThat(get(own + "/usage?days=7").text())
                .contains("\"since\":\"2026-02-23T00:00:00Z\"", "\"name\":\"First\"", "\"runs\":1")
                .doesNotContain("Second");
        assertThat(get(own + "/usage?days=91").status()).isEqualTo(400);
        assertThat(get("/api/sluice/v1/connections/" + first.id() + "/history?days=7")
                        .text())
                .contains("\"runs\":[]", "\"date\":\"2026-03-01\"");
        assertThat(get("/api/sluice/v1/connections/" + first.id() + "/history?days=0")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aConnectionIsToldAsAProjectOfItsOwn() {
        assertThat(get("/api/sluice/v1/connections/" + first.id() + "/project").text())
                .contains("First shop is left out", "First lake is left out")
                .doesNotContain("Second");
    }
}
