package dev.sluice.server.actors;

import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Life;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sources and destinations that there are. */
public final class Actors {
    private final Clock clock;
    private final List<ActorListener> listeners;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     * @param listeners who hears of them
     */
    public Actors(Clock clock, List<ActorListener> listeners) {
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Makes one.
     *
     * @param id its identity, which its secrets may have named already
     */
    public Actor add(
            Transaction transaction,
            UUID id,
            UUID workspaceId,
            ConnectorKind kind,
            String name,
            ActorConnector connector,
            ActorConfiguration configuration)
            throws SQLException {
        Life life = Life.begun(clock.instant());
        Actor actor = new Actor(id, workspaceId, kind, name, connector, configuration, life);
        transaction.change(
                "INSERT INTO actor (id, workspace_id, kind, definition_id, pinned_number, name, configuration,"
                        + " configuration_hash, resources, created_at, updated_at, version)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                actor.id(),
                workspaceId,
                kind,
                connector.definitionId(),
                connector.pinnedNumber(),
                name,
                configuration.content(),
                configuration.hash(),
                configuration.resources(),
                life.createdAt(),
                life.updatedAt(),
                life.version());
        return actor;
    }

    /** A source or a destination, also one that was deleted. */
    public Optional<Actor> find(Transaction transaction, ConnectorKind kind, UUID id) throws SQLException {
        return transaction.first(Actors::read, "SELECT * FROM actor WHERE id = ? AND kind = ?", id, kind);
    }

    /** Those that a filter means, the oldest first. */
    public List<Actor> list(Transaction transaction, ActorFilter filter, Page page) throws SQLException {
        Where where = new Where().in("workspace_id", filter.workspaceIds()).and("kind = ?", filter.kind());
        String text = filter.text();
        if (text != null) {
            where.contains(text, "name");
        }
        if (!filter.deleted()) {
            where.and("deleted_at IS NULL");
        }
        return transaction.all(
                Actors::read,
                "SELECT * FROM actor" + where.sql() + " ORDER BY created_at, id LIMIT ? OFFSET ?",
                where.values(page));
    }

    /**
     * Replaces one.
     *
     * @param actor how it is from now on, with the version that it was made from
     * @return the same with its new version
     */
    public Actor replace(Transaction transaction, Actor actor) throws SQLException {
        return save(transaction, actor, actor.life().changed(clock.instant()));
    }

    /** Marks one as deleted, and has everybody know it. */
    public Actor delete(Transaction transaction, Actor actor) throws SQLException {
        Actor deleted = save(transaction, actor, actor.life().ended(clock.instant()));
        for (ActorListener listener : listeners) {
            listener.deleted(transaction, deleted);
        }
        return deleted;
    }

    private static Actor save(Transaction transaction, Actor actor, Life life) throws SQLException {
        transaction.replace(
                actor.kind() == ConnectorKind.SOURCE ? "the source" : "the destination",
                "UPDATE actor SET name = ?, pinned_number = ?, configuration = ?, configuration_hash = ?,"
                        + " resources = ?, updated_at = ?, deleted_at = ?, version = ? WHERE id = ? AND version = ?",
                actor.name(),
                actor.connector().pinnedNumber(),
                actor.configuration().content(),
                actor.configuration().hash(),
                actor.configuration().resources(),
                life.updatedAt(),
                life.deletedAt(),
                life.version(),
                actor.id(),
                actor.life().version());
        return new Actor(
                actor.id(),
                actor.workspaceId(),
                actor.kind(),
                actor.name(),
                actor.connector(),
                actor.configuration(),
                life);
    }

    private static Actor read(Row row) throws SQLException {
        return new Actor(
                row.id("id"),
                row.id("workspace_id"),
                row.word("kind", ConnectorKind.class),
                row.text("name"),
                new ActorConnector(row.id("definition_id"), row.numberOrNull("pinned_number")),
                new ActorConfiguration(
                        row.json("configuration"), row.text("configuration_hash"), row.jsonOrNull("resources")),
                row.life());
    }
}
