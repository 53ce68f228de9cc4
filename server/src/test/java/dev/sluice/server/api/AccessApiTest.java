package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Role;
import dev.sluice.server.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logging in: the first account, sessions, tokens, other people, and what the log says of it. */
class AccessApiTest {
    private static final String EMAIL = "chief@example.org";
    private static final String PASSWORD = "canary horse battery";

    private final ApiHouse house = new ApiHouse(new LoginRules(true, true));

    @AfterEach
    void close() {
        assertThat(house.answers).noneMatch(answer -> answer.contains("canary"));
        house.close();
    }

    private Reply ask(String method, String path, @Nullable String token, @Nullable Map<String, ?> body) {
        return house.send(
                method,
                "/api/sluice/v1" + path,
                token == null ? null : "Bearer " + token,
                body == null ? null : JsonText.write(body));
    }

    private Reply setUp(String token, String password) {
        return ask("POST", "/setup", null, Map.of("token", token, "email", EMAIL, "password", password));
    }

    private Reply login(String email, String password) {
        return ask("POST", "/login", null, Map.of("email", email, "password", password));
    }

    @Test
    void theFirstAccountIsMadeOnceByWhoSeesTheTerminal() {
        String token = house.first.token().orElseThrow();
        assertThat(setUp("slu_setup_x", PASSWORD).status()).isEqualTo(401);
        assertThat(setUp(token, "too short").status()).isEqualTo(400);
        Reply made = setUp(token, PASSWORD);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(ask("GET", "/me", made.get("token"), null).object())
                .containsEntry("name", EMAIL)
                .containsEntry("roles", List.of(Map.of("role", "instance_admin")));
        assertThat(setUp(token, PASSWORD).status()).as("once").isEqualTo(409);
        assertThat(house.send("GET", "/v1/workspaces", "Bearer " + made.get("token"), null)
                        .data())
                .hasSize(2);

        Reply audit = ask("GET", "/audit", made.get("token"), null);
        assertThat(audit.data())
                .extracting(each -> each.get("operation") + " " + each.get("succeeded"))
                .containsExactly(
                        "makeFirstAccount false",
                        "makeFirstAccount true",
                        "makeFirstAccount false",
                        "makeFirstAccount false");
    }

    @Test
    void sessionsBeginAndEnd() {
        setUp(house.first.token().orElseThrow(), PASSWORD);
        assertThat(login(EMAIL, "canary horse batterz").status()).isEqualTo(401);
        assertThat(login("nobody@example.org", PASSWORD).status()).isEqualTo(401);
        String session = login("CHIEF@example.org", PASSWORD).get("token");
        String other = login(EMAIL, PASSWORD).get("token");
        assertThat(ask("POST", "/logout", session, null).status()).isEqualTo(204);
        assertThat(ask("GET", "/me", session, null).status()).isEqualTo(401);
        String basic = Base64.getEncoder().encodeToString((EMAIL + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(house.send("GET", "/v1/workspaces", "Basic " + basic, null).status())
                .isEqualTo(200);

        Map<String, String> wrong = Map.of("old", "canary", "new", "canary two two two");
        assertThat(ask("POST", "/password", other, wrong).status()).isEqualTo(403);
        Map<String, String> right = Map.of("old", PASSWORD, "new", "canary two two two");
        assertThat(ask("POST", "/password", other, right).status()).isEqualTo(204);
        assertThat(ask("GET", "/me", other, null).status())
                .as("all sessions end")
                .isEqualTo(401);
        assertThat(house.send("GET", "/v1/workspaces", "Basic " + basic, null).status())
                .as("also where it was remembered")
                .isEqualTo(401);
        assertThat(login(EMAIL, "canary two two two").status()).isEqualTo(200);
    }

    @Test
    void aTokenIsGoodForWhatItSays() {
        String admin = house.token("root@example.org", new Grant(Role.INSTANCE_ADMIN, null));
        Reply made = ask("POST", "/tokens", admin, Map.of("name", "looks", "scopes", List.of("read"), "days", 1));
        String looks = made.get("token");
        assertThat(house.send("GET", "/v1/workspaces", "Bearer " + looks, null).status())
                .isEqualTo(200);
        assertThat(house.send("POST", "/v1/workspaces", "Bearer " + looks, "{\"name\": \"x\"}")
                        .status())
                .isEqualTo(403);
        Reply more = ask("POST", "/tokens", looks, Map.of("name", "more", "scopes", List.of("admin")));
        assertThat(more.status()).as("none is good for more than its maker").isEqualTo(403);
        Reply same = ask("POST", "/tokens", looks, Map.of("name", "same"));
        assertThat(house.send("POST", "/v1/workspaces", "Bearer " + same.get("token"), "{\"name\": \"x\"}")
                        .status())
                .isEqualTo(403);
        Reply list = ask("GET", "/tokens", admin, null);
        assertThat(list.text()).contains("looks").doesNotContain(looks);
        Map<String, @Nullable Object> first = tokens(list).stream()
                .filter(token -> "looks".equals(token.get("name")))
                .findFirst()
                .orElseThrow();
        String foreign = house.token("else@example.org", new Grant(Role.WORKSPACE_READER, house.other.id()));
        assertThat(ask("DELETE", "/tokens/" + first.get("tokenId"), foreign, null)
                        .status())
                .isEqualTo(404);
        assertThat(ask("DELETE", "/tokens/" + first.get("tokenId"), admin, null).status())
                .isEqualTo(204);
        assertThat(ask("GET", "/me", looks, null).status()).isEqualTo(401);
    }

    private static List<Map<String, @Nullable Object>> tokens(Reply reply) {
        return reply.object().get("tokens") instanceof List<?> list
                ? list.stream().map(JsonText::members).toList()
                : List.of();
    }

    @Test
    void peopleComeAndGo() {
        String admin = house.token("root@example.org", new Grant(Role.INSTANCE_ADMIN, null));
        Map<String, Object> wish = new HashMap<>(Map.of(
                "email",
                "new@example.org",
                "password",
                PASSWORD,
                "organizationId",
                house.workspace.organizationId().toString()));
        Reply made = ask("POST", "/accounts", admin, wish);
        assertThat(made.object()).as(made.text()).containsEntry("active", true);
        assertThat(ask("POST", "/accounts", admin, wish).status()).isEqualTo(409);
        wish.put("email", "no address");
        assertThat(ask("POST", "/accounts", admin, wish).status()).isEqualTo(400);
        String session = login("new@example.org", PASSWORD).get("token");
        assertThat(house.send("GET", "/v1/workspaces", "Bearer " + session, null)
                        .data())
                .as("a member sees nothing until somebody gives them a workspace")
                .isEmpty();
        String path = "/accounts/" + made.get("userId");
        assertThat(ask("PATCH", path, session, Map.of("active", false)).status())
                .isEqualTo(403);
        assertThat(ask("PATCH", path, admin, Map.of("active", false)).object()).containsEntry("active", false);
        assertThat(ask("GET", "/me", session, null).status()).isEqualTo(401);
        assertThat(login("new@example.org", PASSWORD).status()).isEqualTo(401);
        Object self = ask("GET", "/me", admin, null).object().get("userId");
        assertThat(ask("PATCH", "/accounts/" + self, admin, Map.of("active", false))
                        .status())
                .as("the last administrator stays")
                .isEqualTo(409);
        assertThat(ask("GET", "/audit?workspaceId=" + house.workspace.id(), admin, null)
                        .data())
                .isEmpty();
    }
}
