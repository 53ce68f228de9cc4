package dev.sluice.server.api.open;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionEnds;
import dev.sluice.server.connections.ConnectionFilter;
import dev.sluice.server.connections.ConnectionList;
import dev.sluice.server.connections.ConnectionOrder;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.connections.Naming;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.scheduler.Times;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.tags.Tag;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connections, and the streams that sources offer for them. */
final class ConnectionRoutes {
    private static final String GROUP = "Connections";

    /** What a client has written as its schedule, which it compares with. */
    private static final String SENT = "cronText";

    private final Features features;
    private final Places places;

    ConnectionRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
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
                        .needs(Access.EDIT, places.sourceInBody())
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
        UUID sourceId = call.requiredId("sourceId");
        UUID destinationId = call.requiredId("destinationId");
        UUID workspaceId = call.workspaceOf().id();
        record Ends(Actor source, Actor destination) {}
        Ends ends = features.store.read(transaction -> new Ends(
                places.actor(transaction, ConnectorKind.SOURCE, sourceId),
                places.actor(transaction, ConnectorKind.DESTINATION, destinationId)));
        if (!ends.destination().workspaceId().equals(workspaceId)) {
            throw Refusal.notFound("destination", destinationId);
        }
        ConnectionSettings settings = settings(call, ConnectionSettings.DEFAULT);
        Standing standing = standing(call, Standing.ACTIVE);
        CatalogVersion catalog = features.catalogs.current(sourceId, false);
        List<ConnectionStream> streams =
                StreamChoices.of(catalog.catalog(), call.body().get("configurations"));
        String name = Objects.requireNonNullElseGet(
                call.text("name"),
                () -> ends.source().name() + " <> " + ends.destination().name());
        return features.store.compute(transaction -> {
            Connection made = features.connections.add(
                    transaction,
                    UUID.randomUUID(),
                    workspaceId,
                    name,
                    new ConnectionEnds(sourceId, destinationId, catalog.id(), null),
                    settings);
            if (!standing.equals(made.standing())) {
                made = features.connections.replace(transaction, made.standing(standing));
            }
            features.connections.saveStreams(transaction, made, streams);
            saveTags(transaction, made, call);
            return answer(transaction, made);
        });
    }

    private Answer patch(Call call) {
        Connection known = features.store.read(transaction -> connection(transaction, call));
        if (known.standing().status() == Standing.Status.LOCKED) {
            throw Refusal.typed(
                    409, "Connection is locked", "error:connection/locked", "the connection may not be changed");
        }
        Object configurations = call.body().get("configurations");
        List<ConnectionStream> streams = configurations == null
                ? null
                : StreamChoices.of(
                        features.catalogs
                                .current(known.ends().sourceId(), false)
                                .catalog(),
                        configurations);
        ConnectionSettings settings = settings(call, known.settings());
        Standing standing = standing(call, known.standing());
        String name = Objects.requireNonNullElse(call.text("name"), known.name());
        return features.store.compute(transaction -> {
            Connection changed = features.connections.replace(
                    transaction, known.with(name, settings).standing(standing));
            if (streams != null) {
                features.connections.saveStreams(transaction, changed, streams);
            }
            saveTags(transaction, changed, call);
            return answer(transaction, changed);
        });
    }

    private Answer delete(Call call) {
        features.store.change(transaction -> features.connections.delete(transaction, connection(transaction, call)));
        return Answer.done();
    }

    private Answer streams(Call call) {
        UUID sourceId = Call.uuid("sourceId", Objects.requireNonNull(call.parameter("sourceId")));
        CatalogVersion catalog = features.catalogs.current(sourceId, call.flag("ignoreCache"));
        return Answer.json(catalog.catalog().streams().stream()
                .map(StreamChoices::properties)
                .toList());
    }

    private void saveTags(Transaction transaction, Connection connection, Call call) throws SQLException {
        if (!(call.body().get("tags") instanceof List<?> wished)) {
            return;
        }
        Set<UUID> ids = new LinkedHashSet<>();
        for (Object tag : wished) {
            UUID id = Call.uuid("tagId", String.valueOf(JsonText.members(tag).get("tagId")));
            if (!places.tag(transaction, id).workspaceId().equals(connection.workspaceId())) {
                throw Refusal.notFound("tag", id);
            }
            ids.add(id);
        }
        features.connections.saveTags(transaction, connection, ids);
    }

    private static Standing standing(Call call, Standing otherwise) {
        String status = call.text("status");
        if (status == null) {
            return otherwise;
        }
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "active" -> Standing.ACTIVE;
            case "inactive" -> new Standing(Standing.Status.INACTIVE, null, otherwise.breakingChange());
            default -> throw Refusal.badRequest("status has to be active or inactive");
        };
    }

    private static ConnectionSettings settings(Call call, ConnectionSettings old) {
        Object schedule = call.body().get("schedule");
        Schedule when = schedule == null ? old.schedule() : Schedules.read(schedule);
        Times.require(when);
        Map<String, @Nullable Object> more = JsonText.object(old.more().text());
        if (schedule instanceof Map<?, ?> members) {
            more.remove(SENT);
            if (when instanceof Schedule.Cron) {
                more.put(SENT, members.get("cronExpression"));
            }
        }
        Naming naming = new Naming(
                word(
                        call,
                        "namespaceDefinition",
                        Naming.Namespaces.class,
                        old.naming().definition()),
                Objects.requireNonNullElse(
                        call.text("namespaceFormat"),
                        Objects.toString(old.naming().format(), "")),
                Objects.requireNonNullElse(call.text("prefix"), old.naming().prefix()));
        SchemaRules rules = new SchemaRules(
                word(
                        call,
                        "nonBreakingSchemaUpdatesBehavior",
                        SchemaRules.Reaction.class,
                        old.schemaRules().reaction()),
                old.schemaRules().backfill(),
                old.schemaRules().notifies());
        return new ConnectionSettings(when, naming, rules, new Json(JsonText.write(more)));
    }

    private static <E extends Enum<E>> E word(Call call, String name, Class<E> type, E otherwise) {
        String word = call.text(name);
        if (word == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(word)) {
                return constant;
            }
        }
        throw Refusal.badRequest(name + " does not know " + word);
    }

    private Answer answer(Transaction transaction, Connection connection) throws SQLException {
        return Answer.json(shown(transaction, connection, features.connections.tags(transaction, connection.id())));
    }

    private Map<String, Object> shown(Transaction transaction, Connection connection, List<Tag> tags)
            throws SQLException {
        ConnectionSettings settings = connection.settings();
        Object sent = JsonText.object(settings.more().text()).get(SENT);
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
