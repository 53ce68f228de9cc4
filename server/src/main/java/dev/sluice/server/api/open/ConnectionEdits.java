package dev.sluice.server.api.open;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionEnds;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
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
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes and changes connections. What sources offer and what clients write is looked at before a transaction begins. */
public final class ConnectionEdits {
    /** What a client has written as its schedule, which it compares with. */
    static final String SENT = "cronText";

    private final Features features;
    private final Places places;

    /** For the routes that make and change them. */
    public ConnectionEdits(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    /** Makes one; a schedule may be written as clients of the public API write it, or be one. */
    public Connection create(Call call) {
        return create(call, Made.nothingMore());
    }

    /** Makes one, and in the same transaction does what goes with it. */
    public Connection create(Call call, Made<Connection> then) {
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
        ObjectRefusals.require(features, destinationId, catalog.catalog(), streams);
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
            then.then(transaction, made);
            return made;
        });
    }

    /** Changes what is named, and leaves the rest as it is. */
    public Connection patch(Call call, UUID id) {
        Connection known = features.store.read(transaction -> places.connection(transaction, id));
        if (known.standing().status() == Standing.Status.LOCKED) {
            throw Refusal.typed(
                    409, "Connection is locked", "error:connection/locked", "the connection may not be changed");
        }
        Object configurations = call.body().get("configurations");
        CatalogVersion catalog = configurations == null
                ? null
                : features.catalogs.current(known.ends().sourceId(), false);
        List<ConnectionStream> streams = catalog == null ? null : StreamChoices.of(catalog.catalog(), configurations);
        if (catalog != null && streams != null) {
            ObjectRefusals.require(features, known.ends().destinationId(), catalog.catalog(), streams);
        }
        ConnectionSettings settings = settings(call, known.settings());
        Standing standing = standing(call, known.standing());
        String name = Objects.requireNonNullElse(call.text("name"), known.name());
        return features.store.compute(transaction -> {
            Connection wished = known.with(name, settings).standing(standing);
            Connection changed = features.connections.replace(
                    transaction, catalog == null ? wished : wished.chosenFrom(catalog.id()));
            if (streams != null) {
                features.connections.saveStreams(transaction, changed, streams);
            }
            saveTags(transaction, changed, call);
            return changed;
        });
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
        Schedule when = switch (schedule) {
            case null -> old.schedule();
            case Schedule made -> made;
            default -> Schedules.read(schedule);
        };
        Times.require(when);
        Map<String, @Nullable Object> more = JsonText.object(old.more().text());
        if (schedule != null) {
            more.remove(SENT);
        }
        if (schedule instanceof Map<?, ?> members && when instanceof Schedule.Cron) {
            more.put(SENT, members.get("cronExpression"));
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
}
