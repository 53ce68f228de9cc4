package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Dialect;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import org.jspecify.annotations.Nullable;

/** Whatever is asked, by the document or against it: the answer is one that the document names, and never a failure. */
class AnyRequestTest {
    private static final int TRIES = 250;

    @Example
    void isAnsweredAsDocumentedOverSqlite() {
        ask(Dialect.SQLITE, TRIES);
    }

    @Example
    void isAnsweredAsDocumentedOverPostgres() {
        ask(Dialect.POSTGRES, TRIES / 3);
    }

    private static void ask(Dialect dialect, int tries) {
        try (ApiHouse house = new ApiHouse(LoginRules.NONE, dialect)) {
            Map<String, List<String>> ids = new HashMap<>();
            furnish(house, ids);
            Map<String, @Nullable Object> document = JsonText.object(house.api.document());
            Map<Integer, Integer> statuses = new HashMap<>();
            new Wishes(document, ids)
                    .any().generator(TRIES).stream(new Random(17)).limit(tries).forEach(shrinkable -> {
                        Wishes.Wish wish = shrinkable.value();
                        Reply reply = reply(house, wish);
                        assertThat(reply.status() < 500 || reply.text().contains("not-implemented-in-oss"))
                                .as(wish + " is answered by " + reply)
                                .isTrue();
                        statuses.merge(reply.status(), 1, Integer::sum);
                        if (wish.method().equals("DELETE") || wish.path().contains("delete")) {
                            furnish(house, ids);
                        }
                    });
            assertThat(statuses).as("both what is done and what is refused").containsKeys(200, 400);
            assertThat(statuses.getOrDefault(200, 0)).as(statuses.toString()).isGreaterThan(tries / 15);
        }
    }

    private static Reply reply(ApiHouse house, Wishes.Wish wish) {
        try {
            return house.send(wish.method(), wish.path(), null, wish.body());
        } catch (UncheckedIOException closed) {
            // Behind a malformed request the server closes the connection, which the client may only then notice.
            return house.send(wish.method(), wish.path(), null, wish.body());
        }
    }

    private static void furnish(ApiHouse house, Map<String, List<String>> ids) {
        String workspace = house.workspace.id().toString();
        String source = made(house, ids, "source", Map.of("sourceType", "postgres", "host", "h"));
        String destination = made(house, ids, "destination", Map.of("destinationType", "lake", "host", "h"));
        add(ids, "workspaceId", workspace);
        add(ids, "workspaceIds", workspace);
        add(ids, "organizationId", house.workspace.organizationId().toString());
        add(
                ids,
                "sourceDefinitionId",
                Builtins.id(ConnectorKind.SOURCE, "postgres").toString());
        add(
                ids,
                "destinationDefinitionId",
                Builtins.id(ConnectorKind.DESTINATION, "lake").toString());
        add(ids, "definitionId", Builtins.id(ConnectorKind.SOURCE, "postgres").toString());
        Reply connection = send(house, "/connections", Map.of("sourceId", source, "destinationId", destination));
        add(ids, "connectionId", connection.get("connectionId"));
        add(ids, "configId", connection.get("connectionId"));
        String tag = "t" + ids.getOrDefault("tagId", List.of()).size();
        Reply made = send(house, "/tags", Map.of("name", tag, "color", "3366FF", "workspaceId", workspace));
        if (made.status() == 200) {
            add(ids, "tagId", made.get("tagId"));
        }
        Reply job = send(house, "/jobs", Map.of("connectionId", connection.get("connectionId"), "jobType", "sync"));
        if (job.status() == 200) {
            add(ids, "jobId", job.get("jobId"));
            add(ids, "id", job.get("jobId"));
        }
        Reply project = house.send(
                "POST",
                "/api/sluice/v1/builder/projects",
                null,
                JsonText.write(Map.of("workspaceId", workspace, "name", "p", "manifest", "a: b")));
        if (project.status() == 200) {
            add(ids, "projectId", project.get("projectId"));
        }
        if (!ids.containsKey("userId")) {
            add(ids, "userId", house.account("somebody@example.org", null).id().toString());
        }
    }

    private static String made(ApiHouse house, Map<String, List<String>> ids, String word, Map<String, ?> told) {
        Map<String, Object> wish =
                Map.of("name", word, "workspaceId", house.workspace.id().toString(), "configuration", told);
        String id = send(house, "/" + word + "s", wish).get(word + "Id");
        add(ids, word + "Id", id);
        return id;
    }

    private static Reply send(ApiHouse house, String path, Map<String, ?> body) {
        return house.send("POST", ApiHouse.BASE + path, null, JsonText.write(body));
    }

    /** The newest few: older ones may be gone. */
    private static void add(Map<String, List<String>> ids, String name, String id) {
        List<String> known = ids.computeIfAbsent(name, _ -> new ArrayList<>());
        known.remove(id);
        known.add(id);
        if (known.size() > 3) {
            known.removeFirst();
        }
    }
}
