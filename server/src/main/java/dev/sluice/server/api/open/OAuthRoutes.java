package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Programs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.oauth.Consents;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Consent of people at the services that their sources read from, and the credentials of workspaces there. */
final class OAuthRoutes {
    private static final String GROUP = "OAuth";
    private static final String ONE = "/{actorType}/{name}";
    private static final String CALLBACK = "/oauth/callback";

    private final Features features;
    private final Places places;
    private final Connectors connectors;

    OAuthRoutes(Features features, Places places, Connectors connectors) {
        this.features = features;
        this.places = places;
        this.connectors = connectors;
    }

    List<Route> routes() {
        String workspace = "/workspaces/{workspaceId}/oauthCredentials";
        String organization = "/organizations/{organizationId}/oauthCredentials";
        return List.of(
                Route.post("/sources/initiateOAuth", "initiateOAuth", GROUP)
                        .needs(Access.EDIT_SOURCES, places.workspaceInBody())
                        .takes("InitiateOauthRequest")
                        .gives("InitiateOauthResponse")
                        .by(this::begin),
                Route.get(CALLBACK, "oauthCallback", GROUP)
                        .forEverybody()
                        .gives("redirect")
                        .by(this::arrive),
                Route.put(workspace, "createOrUpdateWorkspaceOAuthCredentials", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .takes("OAuthCredentialsRequest")
                        .gives("OAuthCredentialsKept")
                        .by(this::keep),
                Route.delete(workspace + ONE, "deleteWorkspaceOAuthCredentials", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .by(this::forget),
                Route.put(organization, "createOrUpdateOrganizationOAuthCredentials", GROUP)
                        .needsOver(Access.ADMIN, places.organizationInPath())
                        .takes("OAuthCredentialsRequest")
                        .by(OAuthRoutes::unknown),
                Route.delete(organization + ONE, "deleteOrganizationOAuthCredentials", GROUP)
                        .needsOver(Access.ADMIN, places.organizationInPath())
                        .by(OAuthRoutes::unknown));
    }

    private Answer begin(Call call) {
        record Meant(Definition definition, DefinitionVersion version, Map<String, @Nullable Object> credentials) {}
        UUID workspaceId = call.workspaceOf().id();
        String back = EgressGuard.parse(call.required("redirectUrl")).toString();
        Meant meant = features.store.read(transaction -> {
            Definition definition = named(transaction, workspaceId, call);
            DefinitionVersion version = features.definitions
                    .version(transaction, definition.id(), definition.defaultNumber())
                    .orElseThrow(() -> Refusal.notFound("definition", definition.id()));
            return new Meant(definition, version, credentials(transaction, workspaceId, definition));
        });
        Object auth = Programs.advancedAuth(meant.version());
        if (!Consents.isPossible(auth)) {
            throw Refusal.typed(
                    501,
                    "API not implemented in Airbyte OSS",
                    "error:implementation/not-implemented-in-oss",
                    "the connector " + meant.definition().name()
                            + " does not describe how to sign in; enter its credentials in the configuration");
        }
        Object entered = call.body().get("oAuthInputConfiguration");
        Map<String, @Nullable Object> configuration =
                entered instanceof Map<?, ?> ? JsonText.members(entered) : new LinkedHashMap<>();
        String here = Objects.requireNonNullElse(
                features.work.outside().address(), call.message().origin());
        Consents.Wish wish = new Consents.Wish(workspaceId, auth, here + "/api/public/v1" + CALLBACK, back);
        return Answer.json(Map.of(
                "consentUrl",
                features.consents
                        .begin(wish, configuration, meant.credentials())
                        .toString()));
    }

    /** By its id, by the name that clients have for it, or by what it is called. */
    private Definition named(Transaction transaction, UUID workspaceId, Call call) throws SQLException {
        UUID id = call.idOrNull("definitionId");
        if (id != null) {
            return connectors.visible(transaction, workspaceId, ConnectorKind.SOURCE, id);
        }
        String name = Objects.requireNonNullElse(call.text("sourceType"), call.text("name"));
        if (name == null) {
            throw Refusal.badRequest("sourceType is required, or definitionId");
        }
        for (Definition definition : features.definitions.list(transaction, workspaceId, ConnectorKind.SOURCE)) {
            if (word(definition.name()).equals(word(name))) {
                return definition;
            }
        }
        throw Refusal.unknownValue(name);
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private Map<String, @Nullable Object> credentials(Transaction transaction, UUID workspaceId, Definition definition)
            throws SQLException {
        String kind = Places.word(definition.kind());
        Map<String, @Nullable Object> byId = features.oauth.find(
                transaction, workspaceId, kind, definition.id().toString());
        return byId.isEmpty() ? features.oauth.find(transaction, workspaceId, kind, word(definition.name())) : byId;
    }

    private Answer arrive(Call call) {
        Map<String, String> answer = new LinkedHashMap<>();
        call.message().query().forEach((name, values) -> {
            if (values.size() != 1) {
                throw Refusal.badRequest("the parameter " + name + " stands there twice");
            }
            answer.put(name, values.getFirst());
        });
        return Answer.redirect(features.consents.arrive(answer).toString());
    }

    private Answer keep(Call call) {
        Map<String, @Nullable Object> credentials = JsonText.members(call.body().get("configuration"));
        features.store.change(transaction -> features.oauth.put(
                transaction,
                call.workspaceOf().id(),
                call.required("actorType"),
                word(call.required("name")),
                credentials));
        return Answer.json(Map.of());
    }

    private Answer forget(Call call) {
        features.store.change(transaction -> features.oauth.delete(
                transaction,
                call.workspaceOf().id(),
                String.valueOf(call.names().get("actorType")),
                word(String.valueOf(call.names().get("name")))));
        return Answer.done();
    }

    private static Answer unknown(Call call) {
        throw Refusal.typed(
                501,
                "API not implemented in Airbyte OSS",
                "error:implementation/not-implemented-in-oss",
                "credentials are kept for workspaces: PUT /workspaces/{workspaceId}/oauthCredentials");
    }
}
