package dev.sluice.server.connections;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorListener;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.store.Life;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.tags.Tag;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The connections that there are, with their streams and tags. */
public final class Connections implements ActorListener {
    private static final String INSERT = "INSERT INTO connection (" + String.join(", ", ConnectionRows.CHANGING)
            + ", id, workspace_id, source_id, destination_id, created_at) VALUES ("
            + String.join(", ", Collections.nCopies(ConnectionRows.CHANGING.size() + 5, "?")) + ")";
    private static final String UPDATE = "UPDATE connection SET " + String.join(" = ?, ", ConnectionRows.CHANGING)
            + " = ? WHERE id = ? AND version = ?";

    private final Clock clock;
    private final @Nullable StreamSecrets secrets;
    private final List<ConnectionListener> listeners;

    /**
     * Those of a store, for whoever looks at them, or saves streams without keys of mappers.
     *
     * @param clock the time for their ages
     */
    public Connections(Clock clock) {
        this(clock, null, List.of());
    }

    /**
     * Those of a store, of which others hear.
     *
     * @param clock the time for their ages
     * @param secrets where the keys of mappers lie; null if none may be saved
     * @param listeners who hears of them
     */
    public Connections(Clock clock, @Nullable StreamSecrets secrets, List<ConnectionListener> listeners) {
        this.clock = clock;
        this.secrets = secrets;
        this.listeners = List.copyOf(listeners);
    }

    private void tell(Transaction transaction, UUID id) throws SQLException {
        for (ConnectionListener listener : listeners) {
            listener.changed(transaction, id);
        }
    }

    /** Those that run by themselves, and of which nobody has written down when. */
    public static List<UUID> unscheduled(Transaction transaction) throws SQLException {
        return transaction.all(
                row -> row.id("id"),
                "SELECT c.id FROM connection c JOIN connection_summary u ON u.connection_id = c.id"
                        + " WHERE c.status = ? AND c.deleted_at IS NULL AND c.schedule_type <> 'manual'"
                        + " AND u.next_run_at IS NULL ORDER BY c.id",
                Standing.Status.ACTIVE);
    }

    /**
     * Makes a connection, which has no streams yet.
     *
     * @param id its identity: a new one, or the one that tables at the destination know already
     */
    public Connection add(
            Transaction transaction,
            UUID id,
            UUID workspaceId,
            String name,
            ConnectionEnds ends,
            ConnectionSettings settings)
            throws SQLException {
        Life life = Life.begun(clock.instant());
        Connection connection = new Connection(id, workspaceId, name, ends, Standing.ACTIVE, settings, life);
        transaction.change(
                INSERT,
                ConnectionRows.changing(
                        connection, life, id, workspaceId, ends.sourceId(), ends.destinationId(), life.createdAt()));
        transaction.change(
                "INSERT INTO connection_summary (connection_id, workspace_id, shown_status, failed_in_row)"
                        + " VALUES (?, ?, ?, 0)",
                id,
                workspaceId,
                ShownStatus.NOT_SYNCED);
        tell(transaction, id);
        return connection;
    }

    /** A connection, also one that was deleted. */
    public Optional<Connection> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(ConnectionRows::read, "SELECT * FROM connection WHERE id = ?", id);
    }

    /**
     * Replaces a connection.
     *
     * @param connection how it is from now on, with the version that it was made from
     * @return the connection with its new version
     */
    public Connection replace(Transaction transaction, Connection connection) throws SQLException {
        return save(transaction, connection, connection.life().changed(clock.instant()));
    }

    /**
     * Switches a connection off by a rule of the server, whatever somebody edits meanwhile.
     *
     * @param reason why
     * @return false if it was off already
     */
    public boolean disable(Transaction transaction, UUID id, String reason) throws SQLException {
        return transaction.change(
                        "UPDATE connection SET status = ?, status_reason = ?, updated_at = ?, version = version + 1"
                                + " WHERE id = ? AND status = ?",
                        Standing.Status.INACTIVE,
                        reason,
                        clock.instant(),
                        id,
                        Standing.Status.ACTIVE)
                == 1;
    }

    /**
     * Says whether the source has changed in a way that somebody has to look at. Who edits the connection meanwhile has to
     * look at it once more.
     */
    public void markBreaking(Transaction transaction, UUID id, boolean breaks) throws SQLException {
        int changed = transaction.change(
                "UPDATE connection SET breaking_change = ?, updated_at = ?, version = version + 1"
                        + " WHERE id = ? AND breaking_change <> ?",
                breaks,
                clock.instant(),
                id,
                breaks);
        if (changed > 0) {
            tell(transaction, id);
        }
    }

    /** Marks a connection as deleted; its tables at the destination stay. */
    public Connection delete(Transaction transaction, Connection connection) throws SQLException {
        if (secrets != null) {
            secrets.delete(transaction, connection);
        }
        Standing gone = new Standing(Standing.Status.DEPRECATED, null, false);
        return save(transaction, connection.standing(gone), connection.life().ended(clock.instant()));
    }

    /** Whether a workspace has connections that were deleted. */
    public boolean hasDeleted(Transaction transaction, UUID workspaceId) throws SQLException {
        return transaction
                .first(
                        row -> row.id("id"),
                        "SELECT id FROM connection WHERE workspace_id = ? AND deleted_at IS NOT NULL LIMIT 1",
                        workspaceId)
                .isPresent();
    }

    /** The connection of a name that was deleted last. */
    public Optional<Connection> lastDeleted(Transaction transaction, UUID workspaceId, String name)
            throws SQLException {
        return transaction.first(
                ConnectionRows::read,
                "SELECT * FROM connection WHERE workspace_id = ? AND name = ? AND deleted_at IS NOT NULL"
                        + " ORDER BY deleted_at DESC, id LIMIT 1",
                workspaceId,
                name);
    }

    /**
     * Brings a deleted connection back: with its identity, which its tables know, and with all that is remembered of its
     * streams.
     *
     * @param settings how it runs from now on; its streams are saved for themselves
     */
    public Connection revive(Transaction transaction, Connection deleted, ConnectionSettings settings)
            throws SQLException {
        Connection back = deleted.with(deleted.name(), settings).standing(Standing.ACTIVE);
        return save(transaction, back, deleted.life().revived(clock.instant()));
    }

    /** How many connections there are, by what they are. */
    public static Map<Standing.Status, Long> count(Transaction transaction) throws SQLException {
        record Count(Standing.Status status, long connections) {}
        Map<Standing.Status, Long> counts = new EnumMap<>(Standing.Status.class);
        transaction
                .all(
                        row -> new Count(row.word("status", Standing.Status.class), row.number("n")),
                        "SELECT status, count(*) AS n FROM connection WHERE deleted_at IS NULL GROUP BY status")
                .forEach(count -> counts.put(count.status(), count.connections()));
        return counts;
    }

    /** The connections of a workspace that were edited or switched at a time or after it, the first one first. */
    public static List<Connection> changedSince(Transaction transaction, UUID workspaceId, Instant since, Page page)
            throws SQLException {
        return transaction.all(
                ConnectionRows::read,
                "SELECT * FROM connection WHERE workspace_id = ? AND updated_at >= ? ORDER BY updated_at, id"
                        + " LIMIT ? OFFSET ?",
                workspaceId,
                since,
                page.limit(),
                page.offset());
    }

    /** The streams of a connection, in the order in which they were saved. */
    public List<ConnectionStream> streams(Transaction transaction, UUID id) throws SQLException {
        return transaction.all(
                ConnectionRows::readStream,
                "SELECT * FROM connection_stream WHERE connection_id = ? ORDER BY place",
                id);
    }

    /**
     * Replaces the streams of a connection.
     *
     * @param given the streams; where a mapper had a key and keeps it, the mask stands in its place
     */
    public void saveStreams(Transaction transaction, Connection connection, List<ConnectionStream> given)
            throws SQLException {
        UUID id = connection.id();
        List<ConnectionStream> streams = sealed(transaction, connection, given);
        List<ConnectionStream> before = listeners.isEmpty() ? List.of() : streams(transaction, id);
        transaction.change("DELETE FROM connection_stream WHERE connection_id = ?", id);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (ConnectionStream stream : streams) {
            rows.add(new Object[] {
                id,
                ConnectionRows.namespace(stream.stream()),
                stream.stream().name(),
                rows.size(),
                stream.selected(),
                stream.syncMode(),
                stream.settings()
            });
        }
        transaction.changeEach(
                "INSERT INTO connection_stream (connection_id, namespace, name, place, selected, sync_mode, settings)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows);
        for (ConnectionListener listener : listeners) {
            listener.chosen(transaction, id, before, streams);
        }
    }

    /** Replaces the streams of a connection by others that were made of them; keys of mappers stay. */
    public void adaptStreams(Transaction transaction, Connection connection, List<ConnectionStream> kept)
            throws SQLException {
        saveStreams(
                transaction, connection, kept.stream().map(StreamSecrets::shown).toList());
    }

    private List<ConnectionStream> sealed(Transaction transaction, Connection connection, List<ConnectionStream> given)
            throws SQLException {
        if (secrets != null) {
            Owner owner = new Owner(connection.workspaceId(), connection.id());
            return secrets.keep(transaction, owner, given, streams(transaction, connection.id()));
        }
        if (!StreamSecrets.noneHasKeys(given)) {
            throw new IllegalStateException("a key of a mapper would lie in the store in the clear");
        }
        return given;
    }

    /** The tags of a connection, by name. */
    public List<Tag> tags(Transaction transaction, UUID id) throws SQLException {
        return transaction.all(
                row -> new Tag(row.id("id"), row.id("workspace_id"), row.text("name"), row.text("color")),
                "SELECT t.* FROM connection_tag x JOIN tag t ON t.id = x.tag_id WHERE x.connection_id = ?"
                        + " ORDER BY t.name, t.id",
                id);
    }

    /** Replaces the tags of a connection. Tags of other workspaces are left out. */
    public void saveTags(Transaction transaction, Connection connection, Set<UUID> tagIds) throws SQLException {
        transaction.change("DELETE FROM connection_tag WHERE connection_id = ?", connection.id());
        for (UUID tagId : tagIds) {
            transaction.change(
                    "INSERT INTO connection_tag (connection_id, tag_id) SELECT c.id, t.id FROM connection c JOIN tag t"
                            + " ON t.workspace_id = c.workspace_id WHERE c.id = ? AND t.id = ?",
                    connection.id(),
                    tagId);
        }
    }

    /** A connection goes with its source or destination. */
    @Override
    public void deleted(Transaction transaction, Actor actor) throws SQLException {
        List<Connection> its = transaction.all(
                ConnectionRows::read,
                "SELECT * FROM connection WHERE (source_id = ? OR destination_id = ?) AND deleted_at IS NULL",
                actor.id(),
                actor.id());
        for (Connection connection : its) {
            delete(transaction, connection);
        }
    }

    private Connection save(Transaction transaction, Connection connection, Life life) throws SQLException {
        Optional<Connection> before = listeners.isEmpty() ? Optional.empty() : find(transaction, connection.id());
        transaction.replace(
                "the connection",
                UPDATE,
                ConnectionRows.changing(
                        connection, life, connection.id(), connection.life().version()));
        Connection after = new Connection(
                connection.id(),
                connection.workspaceId(),
                connection.name(),
                connection.ends(),
                connection.standing(),
                connection.settings(),
                life);
        tell(transaction, connection.id());
        for (ConnectionListener listener : listeners) {
            if (before.isPresent()) {
                listener.edited(transaction, before.get(), after);
            }
        }
        return after;
    }
}
