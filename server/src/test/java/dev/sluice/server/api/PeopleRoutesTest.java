package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Role;
import dev.sluice.server.json.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users and permissions: who gives which role to whom, and what nobody can. */
class PeopleRoutesTest {
    private final ApiHouse house = new ApiHouse(new LoginRules(true, false));
    private final String workspace = house.workspace.id().toString();
    private final UUID organization = house.workspace.organizationId();
    private final String admin =
            "Bearer " + house.token("admin@example.org", new Grant(Role.ORGANIZATION_ADMIN, organization));
    private final String user = house.account("new@example.org", null).id().toString();

    @AfterEach
    void close() {
        house.close();
    }

    private Reply send(String method, String path, @Nullable Map<String, ?> body) {
        return house.send(method, "/v1" + path, admin, body == null ? null : JsonText.write(body));
    }

    private Reply grant(String type, Map<String, ?> where) {
        Map<String, Object> body = new HashMap<>(where);
        body.put("permissionType", type);
        body.put("userId", user);
        return send("POST", "/permissions", body);
    }

    @Test
    void rolesAreGivenChangedSeenAndTaken() {
        Map<String, String> here = Map.of("workspaceId", workspace);
        Reply made = grant("workspace_reader", here);
        assertThat(made.object())
                .as(made.text())
                .containsEntry("permissionType", "workspace_reader")
                .containsEntry("userId", user)
                .containsEntry("workspaceId", workspace)
                .doesNotContainKey("organizationId");
        String path = "/permissions/" + made.get("permissionId");
        Reply changed = send("PATCH", path, Map.of("permissionType", "WORKSPACE_EDITOR"));
        assertThat(changed.object())
                .containsEntry("permissionType", "workspace_editor")
                .containsEntry("permissionId", made.get("permissionId"));
        assertThat(send("GET", path, null).object()).isEqualTo(changed.object());
        assertThat(send("GET", "/permissions?userId=" + user, null).data())
                .containsExactly(Map.of(
                        "permissionId",
                        made.get("permissionId"),
                        "permissionType",
                        "workspace_editor",
                        "userId",
                        user,
                        "scopeId",
                        workspace,
                        "scope",
                        "workspace"));
        assertThat(send("GET", "/permissions", null).data())
                .as("their own")
                .extracting(each -> each.get("scope"))
                .containsExactly("organization");
        assertThat(send("GET", "/users?organizationId=" + organization, null).data())
                .extracting(each -> each.get("email"))
                .containsExactly("admin@example.org", "new@example.org");
        assertThat(send("GET", "/users?emails=NEW@example.org&organizationId=" + organization, null)
                        .data())
                .hasSize(1);
        assertThat(send("GET", "/users?organizationId=" + organization + "&ids=" + UUID.randomUUID(), null)
                        .data())
                .isEmpty();
        assertThat(send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(send("GET", path, null).status()).isEqualTo(404);
        assertThat(grant("organization_member", Map.of("organizationId", organization.toString()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatNobodyCanGiveIsRefused() {
        Map<String, String> here = Map.of("workspaceId", workspace);
        for (String type : List.of("instance_admin", "workspace_owner", "organization_admin", "king")) {
            assertThat(grant(type, here).status()).as(type).isEqualTo(400);
        }
        assertThat(grant("workspace_reader", Map.of()).status()).isEqualTo(400);
        Map<String, String> elsewhere = Map.of("workspaceId", house.other.id().toString());
        assertThat(grant("workspace_reader", elsewhere).status()).isEqualTo(403);
        assertThat(grant(
                                "workspace_reader",
                                Map.of("workspaceId", UUID.randomUUID().toString()))
                        .status())
                .isEqualTo(404);
        Map<String, Object> nobody = Map.of(
                "permissionType",
                "workspace_reader",
                "userId",
                UUID.randomUUID().toString(),
                "workspaceId",
                workspace);
        assertThat(send("POST", "/permissions", nobody).status()).isEqualTo(404);
        Object own = send("GET", "/permissions", null).data().getFirst().get("permissionId");
        for (Reply refused : List.of(
                send("DELETE", "/permissions/" + own, null),
                send("PATCH", "/permissions/" + own, Map.of("permissionType", "organization_reader")))) {
            assertThat(refused.status()).as("the last administrator").isEqualTo(409);
        }
        assertThat(send("PATCH", "/permissions/" + own, Map.of("permissionType", "workspace_admin"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoAdministersAWorkspaceGivesRolesInItAndNowhereElse() {
        String authorization =
                "Bearer " + house.token("chief@example.org", new Grant(Role.WORKSPACE_ADMIN, house.workspace.id()));
        Map<String, String> wish =
                Map.of("permissionType", "workspace_reader", "userId", user, "workspaceId", workspace);
        assertThat(house.send("POST", "/v1/permissions", authorization, JsonText.write(wish))
                        .status())
                .isEqualTo(200);
        Map<String, String> more = Map.of(
                "permissionType", "organization_admin", "userId", user, "organizationId", organization.toString());
        assertThat(house.send("POST", "/v1/permissions", authorization, JsonText.write(more))
                        .status())
                .isEqualTo(403);
        assertThat(house.send("GET", "/v1/permissions?userId=" + user, authorization, null)
                        .data())
                .hasSize(1);
    }
}
