package dev.sluice.server.api.legacy;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.ConnectionEdits;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionFilter;
import dev.sluice.server.connections.ConnectionList;
import dev.sluice.server.connections.ConnectionOrder;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.Catalog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connections with their catalogs. */
final class LegacyConnections {
    private static final String GROUP = "Connections";

    private static final List<String> SAME =
            List.of("name", "namespaceFormat", "prefix", "status", "sourceId", "destinationId");

    private final Features features;
    private final Places places;
    private final ConnectionEdits edits;
    private final LegacyActors actors;

    LegacyConnections(Features features, Places places, LegacyActors actors) {
        this.features = features;
        this.places = places;
        this.edits = new ConnectionEdits(features, places);
        this.actors = actors;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/connections/list", "listConnectionsForWorkspace", GROUP)
                        .needs(Access.READ, places.workspaceInBody())
                        .takes("WorkspaceIdRequestBody")
                        .gives("ConnectionReadList")
                        .by(this::list),
                Route.post("/connections/get", "getConnectionRead", GROUP)
                        .needs(Access.READ, places.connectionInBody())
                        .takes("ConnectionIdRequestBody")
                        .gives("ConnectionRead")
                        .by(call -> features.store.read(
                                transaction -> Answer.json(shown(transaction, connection(transaction, call))
                                        .object()))),
                Route.post("/connections/create", "createConnectionRead", GROUP)
                        .needs(Access.EDIT, places.actorInBody(ConnectorKind.SOURCE))
                        .takes("ConnectionCreate")
                        .gives("ConnectionRead")
                        .by(call -> answer(edits.create(translated(call, "source")))),
                Route.post("/connections/update", "updateConnection", GROUP)
                        .needs(Access.EDIT, places.connectionInBody())
                        .takes("ConnectionUpdate")
                        .gives("ConnectionRead")
                        .by(this::update),
                Route.post("/connections/delete", "deleteConnectionRead", GROUP)
                        .needs(Access.EDIT, places.connectionInBody())
                        .takes("ConnectionIdRequestBody")
                        .by(this::delete),
                Route.post("/web_backend/connections/get", "webBackendGetConnection", GROUP)
                        .needs(Access.READ, places.connectionInBody())
                        .takes("ConnectionIdRequestBody")
                        .gives("WebBackendConnectionRead")
                        .by(call -> features.store.read(
                                transaction -> Answer.json(whole(transaction, connection(transaction, call))))),
                Route.post("/web_backend/connections/update", "webBackendUpdateConnection", GROUP)
                        .needs(Access.EDIT, places.connectionInBody())
                        .takes("ConnectionUpdate")
                        .gives("WebBackendConnectionRead")
                        .by(call -> {
                            Connection changed = edits.patch(translated(call, null), call.requiredId("connectionId"));
                            return features.store.read(transaction -> Answer.json(whole(transaction, changed)));
                        }));
    }

    private Connection connection(Transaction transaction, Call call) throws SQLException {
        return places.connection(transaction, call.requiredId("connectionId"));
    }

    private Answer list(Call call) {
        UUID workspaceId = call.workspaceOf().id();
        ConnectionFilter filter = new ConnectionFilter(List.of(workspaceId), List.of(), List.of(), null, null, false);
        return features.store.read(transaction -> {
            List<Map<String, Object>> shown = new ArrayList<>();
            for (ListedConnection listed :
                    ConnectionList.list(transaction, filter, ConnectionOrder.CREATED, Page.first(Page.MOST))) {
                shown.add(shown(transaction, listed.connection()).object());
            }
            return Answer.json(Map.of("connections", shown));
        });
    }

    private Answer update(Call call) {
        return answer(edits.patch(translated(call, null), call.requiredId("connectionId")));
    }

    private Answer delete(Call call) {
        features.store.change(transaction -> features.connections.delete(transaction, connection(transaction, call)));
        return Answer.done();
    }

    private Answer answer(Connection connection) {
        return features.store.read(
                transaction -> Answer.json(shown(transaction, connection).object()));
    }

    /**
     * The same call in the words of the public API.
     *
     * @param namespaces where namespaces come from if the call does not say it; null to leave them as they are
     */
    private static Call translated(Call call, @Nullable String namespaces) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        for (String name : SAME) {
            body.put(name, call.body().get(name));
        }
        Object catalog = call.body().get("syncCatalog");
        body.put("configurations", catalog == null ? null : LegacyCatalogs.wished(catalog));
        Schedule schedule = LegacySchedules.read(call);
        body.put("schedule", schedule);
        String definition =
                Objects.requireNonNullElse(call.text("namespaceDefinition"), namespaces == null ? "" : namespaces);
        body.put(
                "namespaceDefinition",
                switch (definition) {
                    case "" -> null;
                    case "customformat" -> "custom_format";
                    default -> definition;
                });
        String reaction = call.text("nonBreakingChangesPreference");
        body.put("nonBreakingSchemaUpdatesBehavior", "disable".equals(reaction) ? "disable_connection" : reaction);
        body.values().removeIf(Objects::isNull);
        return new Call(call.message(), call.names(), call.caller(), call.workspace(), body);
    }

    private Shown shown(Transaction transaction, Connection connection) throws SQLException {
        ConnectionSettings settings = connection.settings();
        Catalog catalog = features.schemas
                .newest(transaction, connection.ends().sourceId())
                .map(CatalogVersion::catalog)
                .orElseGet(() -> new Catalog(List.of()));
        UUID catalogId = connection.ends().sourceCatalogId();
        String definition = lower(settings.naming().definition());
        String reaction = lower(settings.schemaRules().reaction());
        Shown shown = new Shown()
                .with("connectionId", connection.id().toString())
                .with("name", connection.name())
                .with("workspaceId", connection.workspaceId().toString())
                .with("sourceId", connection.ends().sourceId().toString())
                .with("destinationId", connection.ends().destinationId().toString())
                .with("status", lower(connection.standing().status()))
                .with("statusReason", connection.standing().reason())
                .with("breakingChange", connection.standing().breakingChange())
                .with("namespaceDefinition", definition.equals("custom_format") ? "customformat" : definition)
                .with("namespaceFormat", settings.naming().format())
                .with("prefix", settings.naming().prefix())
                .with("nonBreakingChangesPreference", reaction.equals("disable_connection") ? "disable" : reaction)
                .with(
                        "syncCatalog",
                        LegacyCatalogs.chosen(catalog, features.connections.streams(transaction, connection.id())))
                .with("sourceCatalogId", catalogId == null ? null : catalogId.toString())
                .with("geography", "auto")
                .with("createdAt", Shown.seconds(connection.life().createdAt()));
        LegacySchedules.show(shown, settings.schedule());
        return shown;
    }

    /** A connection with its source and destination. */
    private Map<String, Object> whole(Transaction transaction, Connection connection) throws SQLException {
        Actor source = places.actor(
                transaction, ConnectorKind.SOURCE, connection.ends().sourceId());
        Actor destination = places.actor(
                transaction, ConnectorKind.DESTINATION, connection.ends().destinationId());
        return shown(transaction, connection)
                .with("source", actors.shown(transaction, source))
                .with("destination", actors.shown(transaction, destination))
                .with("isSyncing", Jobs.openOf(transaction, connection.id()).isPresent())
                .object();
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
