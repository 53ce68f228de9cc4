package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workspaces as code: a plan says what applying does, and afterwards there is nothing left to do. */
class ProjectRoutesTest {
    private static final String SECRET = "canary-password-5c";
    private static final String KEY = "canary-pepper-9d";
    private static final String ORDERS = "{\"pattern\":\"public.*\",\"mappers\":[{\"type\":\"hashing\","
            + "\"mapperConfiguration\":{\"targetField\":\"changed\",\"method\":\"SHA-256\",\"key\":\"%s\"}}]}";

    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private final String path = "/api/sluice/v1/workspaces/" + house.workspace.id() + "/project";

    @AfterEach
    void close() {
        house.close();
    }

    private static String project(String host, String password, String streams) {
        return ("{\"sources\":[{\"name\":\"shop\",\"connector\":\"postgres\","
            + "\"configuration\":{\"host\":\"%s\",\"password\":\"%s\"}}],"
            + "\"destinations\":[{\"name\":\"lake\",\"connector\":\"lake\",\"configuration\":{\"host\":\"l\"}}],\"connections\":[{\"name\":\"shop"
            + " to lake\",\"source\":\"shop\",\"destination\":\"lake\","
            + "\"schedule\":{\"every\":6,\"unit\":\"hours\"},\"tags\":[\"finance\"],\"streams\":[%s]}]}")
                .formatted(host, password, streams);
    }

    private ApiHouse.Reply post(String what, String body) {
        return house.send("POST", path + "/" + what, null, body, "Content-Type", "application/json");
    }

    private ApiHouse.Reply done(String what, String body) {
        ApiHouse.Reply reply = post(what, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private List<String> changes(String what, String body) {
        List<String> changes = new ArrayList<>();
        if (done(what, body).object().get("changes") instanceof List<?> list) {
            for (Object each : list) {
                Map<String, @Nullable Object> change = JsonText.members(each);
                changes.add(change.get("action") + " " + change.get("kind") + " " + change.get("name"));
            }
        }
        return changes;
    }

    @Test
    void afterItWasAppliedNothingIsLeftToDo() {
        String project = project("db", SECRET, ORDERS.formatted(KEY));
        assertThat(changes("plan", project))
                .containsExactly("create source shop", "create destination lake", "create connection shop to lake");
        assertThat(house.send("GET", "/api/public/v1/sources", null, null).data())
                .isEmpty();

        assertThat(changes("apply", project))
                .containsExactly("create source shop", "create destination lake", "create connection shop to lake");
        assertThat(changes("plan", project)).isEmpty();
        assertThat(changes("apply", project)).isEmpty();
        assertThat(house.send("GET", "/api/public/v1/connections", null, null).text())
                .contains("public", "orders", "full_refresh_overwrite", "finance")
                .doesNotContain("notes");
    }

    @Test
    void whatDiffersIsShownWithoutSecretsAndChanged() {
        done("apply", project("db", SECRET, ORDERS.formatted(KEY)));

        String host =
                done("plan", project("other", SECRET, ORDERS.formatted(KEY))).text();
        assertThat(host).contains("config.host", "\"db\"", "\"other\"");
        String password = done("plan", project("db", "canary-other", ORDERS.formatted(KEY)))
                .text();
        assertThat(password).contains("another secret").doesNotContain("canary");
        String key = done("plan", project("db", SECRET, ORDERS.formatted("canary-key")))
                .text();
        assertThat(key).contains("another key").doesNotContain("canary");

        String changed =
                project("other", "canary-other", "{\"pattern\":\"notes\",\"syncMode\":\"full_refresh_append\"}");
        assertThat(changes("apply", changed)).containsExactly("update source shop", "update connection shop to lake");
        assertThat(changes("plan", changed)).isEmpty();
        assertThat(String.join("\n", house.answers)).doesNotContain("canary");
    }

    @Test
    void whatTheProjectDoesNotNameStaysUnlessItsRemovalIsAskedFor() {
        done("apply", project("db", SECRET, "{\"pattern\":\"*\"}"));
        String nothing = "{\"sources\":[],\"destinations\":[],\"connections\":[]";
        assertThat(changes("plan", nothing + "}")).isEmpty();
        assertThat(changes("apply", nothing + "}")).isEmpty();

        assertThat(changes("apply", nothing + ",\"removes\":true}"))
                .containsExactly("remove connection shop to lake", "remove source shop", "remove destination lake");
        assertThat(house.send("GET", "/api/public/v1/connections", null, null).data())
                .isEmpty();
    }

    @Test
    void whatWasDeletedComesBackWithItsStateWhereThatIsAskedFor() {
        String project = project("db", SECRET, "{\"pattern\":\"*\"}");
        done("apply", project);
        String id = connectionId();
        house.send("DELETE", "/api/public/v1/connections/" + id, null, null);
        String asked = project.substring(0, project.length() - 1) + ",\"revives\":true}";

        assertThat(done("plan", project).text()).doesNotContain("goes on where it ended");
        assertThat(done("plan", asked).text()).contains("goes on where it ended");
        assertThat(changes("apply", asked)).containsExactly("create connection shop to lake");
        assertThat(connectionId()).isEqualTo(id);
        assertThat(changes("plan", asked)).isEmpty();

        house.send("DELETE", "/api/public/v1/connections/" + id, null, null);
        done("apply", project);
        assertThat(connectionId()).as("nobody asked").isNotEqualTo(id);
    }

    private String connectionId() {
        return String.valueOf(JsonText.members(house.send("GET", "/api/public/v1/connections", null, null)
                        .data()
                        .getFirst())
                .get("connectionId"));
    }

    @Test
    void aPlanThatIsAnotherOneByNowIsNotCarriedOut() {
        String project = project("db", SECRET, "{\"pattern\":\"*\"}");
        String seen = done("plan", project).get("fingerprint");
        done("apply", project);
        ApiHouse.Reply stale =
                post("apply", project.substring(0, project.length() - 1) + ",\"plan\":\"" + seen + "\"}");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.text()).contains("E_PLAN_STALE");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertRefused(project("db", SECRET, "{\"pattern\":\"public.order\"}"), "did you mean public.orders");
        assertRefused(
                project("db", SECRET, "{\"pattern\":\"*\"}").replace("\"source\":\"shop\"", "\"source\":\"shap\""),
                "there is no source shap");
        assertRefused(
                project(
                        "db",
                        SECRET,
                        "{\"pattern\":\"*\",\"mappers\":[{\"type\":\"guess\",\"mapperConfiguration\":{}}]}"),
                "guess");
        assertRefused(
                project("db", SECRET, "{\"pattern\":\"*\"}")
                        .replace("\"connector\":\"postgres\"", "\"connector\":\"x\""),
                "this server has no connector x");
        assertRefused(project("db", SECRET, "{\"pattern\":\"*\"}").replace("\"host\":\"db\",", ""), "host");
    }

    private void assertRefused(String project, String why) {
        ApiHouse.Reply reply = post("apply", project);
        assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
        assertThat(reply.text()).contains(why).doesNotContain(SECRET);
    }

    @Test
    void aWorkspaceIsWrittenWithoutItsSecrets() {
        done("apply", project("db", SECRET, ORDERS.formatted(KEY)));
        String text = house.send("GET", path, null, null).text();
        assertThat(text)
                .contains("shop to lake", "\"every\":6", "finance", "public.orders", "\"connector\":\"postgres\"")
                .contains("**********")
                .doesNotContain("canary");
    }
}
