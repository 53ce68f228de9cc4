package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import java.util.List;

/** Consent of users of other services, which servers of one's own do not ask for; clients hear so. */
final class OAuthRoutes {
    private static final String GROUP = "OAuth";
    private static final String ONE = "/{actorType}/{name}";

    private final Places places;

    OAuthRoutes(Places places) {
        this.places = places;
    }

    List<Route> routes() {
        String workspace = "/workspaces/{workspaceId}/oauthCredentials";
        String organization = "/organizations/{organizationId}/oauthCredentials";
        return List.of(
                Route.post("/sources/initiateOAuth", "initiateOAuth", GROUP)
                        .needs(Access.EDIT_SOURCES, places.workspaceInBody())
                        .takes("InitiateOauthRequest")
                        .by(OAuthRoutes::unknown),
                Route.put(workspace, "createOrUpdateWorkspaceOAuthCredentials", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .takes("OAuthCredentialsRequest")
                        .by(OAuthRoutes::unknown),
                Route.delete(workspace + ONE, "deleteWorkspaceOAuthCredentials", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .by(OAuthRoutes::unknown),
                Route.put(organization, "createOrUpdateOrganizationOAuthCredentials", GROUP)
                        .needsOver(Access.ADMIN, places.organizationInPath())
                        .takes("OAuthCredentialsRequest")
                        .by(OAuthRoutes::unknown),
                Route.delete(organization + ONE, "deleteOrganizationOAuthCredentials", GROUP)
                        .needsOver(Access.ADMIN, places.organizationInPath())
                        .by(OAuthRoutes::unknown));
    }

    private static Answer unknown(Call call) {
        throw Refusal.typed(
                501,
                "API not implemented in Airbyte OSS",
                "error:implementation/not-implemented-in-oss",
                "this server takes credentials in configurations; it asks nobody for their consent");
    }
}
