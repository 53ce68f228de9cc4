package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionFilter;
import dev.sluice.server.connections.ConnectionList;
import dev.sluice.server.connections.ConnectionOrder;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.tags.Tag;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Connections, and the streams that sources offer for them. */
final class ConnectionRoutes {
    private static final String GROUP = "Connections";

    private final Features features;
    private final Places places;
    private final ConnectionEdits edits;

    ConnectionRoutes(Features features, Places places, ConnectionEdits edits) {
        this.features = features;
        this.places = places;
        this.edits = edits;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/connections", "listConnections", GROUP)
                        .parameter("workspaceIds", "uuids")
                        .parameter("tagIds", "uuids")
                        .parameter("includeDeleted", "boolean")
                        .paged()
                        .gives("ConnectionsResponse")
                        .by(this::list),
                Route.post("/connections", "createConnection", GROUP)
                        .needs(Access.EDIT, places.actorInBody(ConnectorKind.SOURCE))
                        .takes("ConnectionCreateRequest")
                        .gives("ConnectionResponse")
                        .by(this::create),
                Route.get("/connections/{connectionId}", "getConnection", GROUP)
                        .needs(Access.READ, places.connectionInPath())
                        .gives("ConnectionResponse")
                        .by(call ->
                                features.store.read(transaction -> answer(transaction, connection(transaction, call)))),
                Route.patch("/connections/{connectionId}", "patchConnection", GROUP)
                        .needs(Access.EDIT, places.connectionInPath())
                        .takes("ConnectionPatchRequest")
                        .gives("ConnectionResponse")
                        .by(this::patch),
                Route.delete("/connections/{connectionId}", "deleteConnection", GROUP)
                        .needs(Access.EDIT, places.connectionInPath())
                        .by(this::delete),
                Route.get("/streams", "getStreamProperties", "Streams")
                        .needs(Access.READ, places.sourceInQuery())
                        .requiredParameter("sourceId", "uuid")
                        .parameter("destinationId", "uuid")
                        .parameter("ignoreCache", "boolean")
                        .gives("StreamPropertiesResponse")
                        .by(this::streams));
    }

    private Connection connection(Transaction transaction, Call call) throws SQLException {
        return places.connection(transaction, call.id("connectionId"));
    }

    private Answer list(Call call) {
        return features.store.read(transaction -> {
            List<UUID> workspaces = Places.ids(places.listed(transaction, call, false));
            List<UUID> tags = Objects.requireNonNullElse(call.ids("tagIds"), List.of());
            ConnectionFilter filter =
                    new ConnectionFilter(workspaces, tags, List.of(), null, null, call.flag("includeDeleted"));
            List<Map<String, Object>> shown = new ArrayList<>();
            for (ListedConnection listed :
                    ConnectionList.list(transaction, filter, ConnectionOrder.CREATED, call.page())) {
                shown.add(shown(transaction, listed.connection(), listed.tags()));
            }
            return Shown.page(call, shown, each -> each);
        });
    }

    private Answer create(Call call) {
        return answer(edits.create(call));
    }

    private Answer patch(Call call) {
        return answer(edits.patch(call, call.id("connectionId")));
    }

    private Answer answer(Connection connection) {
        return features.store.read(transaction -> answer(transaction, connection));
    }

    private Answer delete(Call call) {
        features.store.change(transaction -> features.connections.delete(transaction, connection(transaction, call)));
        return Answer.done();
    }

    private Answer streams(Call call) {
        UUID sourceId = Call.uuid("sourceId", Objects.requireNonNull(call.parameter("sourceId")));
        UUID destinationId = call.parameterId("destinationId");
        if (destinationId != null) {
            features.store.read(transaction -> {
                if (!places.actor(transaction, ConnectorKind.DESTINATION, destinationId)
                        .workspaceId()
                        .equals(call.workspaceOf().id())) {
                    throw Refusal.notFound("destination", destinationId);
                }
                return true;
            });
        }
        CatalogVersion catalog = features.catalogs.current(sourceId, call.flag("ignoreCache"));
        return Answer.json(catalog.catalog().streams().stream()
                .map(StreamChoices::properties)
                .toList());
    }

    private Answer answer(Transaction transaction, Connection connection) throws SQLException {
        return Answer.json(shown(transaction, connection, features.connections.tags(transaction, connection.id())));
    }

    private Map<String, Object> shown(Transaction transaction, Connection connection, List<Tag> tags)
            throws SQLException {
        ConnectionSettings settings = connection.settings();
        Object sent = JsonText.object(settings.more().text()).get(ConnectionEdits.SENT);
        List<Map<String, Object>> streams = features.connections.streams(transaction, connection.id()).stream()
                .filter(ConnectionStream::selected)
                .map(StreamChoices::shown)
                .toList();
        String format = settings.naming().format();
        return new Shown()
                .with("connectionId", connection.id().toString())
                .with("name", connection.name())
                .with("sourceId", connection.ends().sourceId().toString())
                .with("destinationId", connection.ends().destinationId().toString())
                .with("workspaceId", connection.workspaceId().toString())
                .with("status", lower(connection.standing().status()))
                .with("statusReason", connection.standing().reason())
                .with("schedule", Schedules.shown(settings.schedule(), sent instanceof String text ? text : null))
                .with("dataResidency", "auto")
                .with("configurations", Map.of("streams", streams))
                .with("createdAt", Shown.seconds(connection.life().createdAt()))
                .with("tags", tags.stream().map(TagRoutes::shown).toList())
                .with("namespaceDefinition", lower(settings.naming().definition()))
                .with("namespaceFormat", format == null || format.isEmpty() ? null : format)
                .with("prefix", settings.naming().prefix())
                .with(
                        "nonBreakingSchemaUpdatesBehavior",
                        lower(settings.schemaRules().reaction()))
                .object();
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
