package dev.sluice.server.drift;

import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.schema.StreamText;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.states.KnownStreams;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets people settle changes of sources: follow them, or let them be. */
public final class SchemaReview {
    private final Connections connections;
    private final SchemaChanges changes;

    /**
     * A review of the changes of a store.
     *
     * @param connections whose streams are chosen otherwise by it
     */
    public SchemaReview(Connections connections, SchemaChanges changes) {
        this.connections = connections;
        this.changes = changes;
    }

    /**
     * A change that somebody has seen.
     *
     * @param stream its stream
     * @param seen what told it from others
     */
    public record Seen(StreamId stream, String seen) {}

    /**
     * Settles changes. A stream that is followed is copied as it is from the next run on; where its key or cursor is
     * another one, its own takes the place of what was chosen. One that is gone is no longer copied, and its table stays.
     *
     * @param accepted what is followed
     * @param ignored what is let be; a stream that cannot go on so cannot be let be
     * @return the streams whose older rows no longer agree with the newer ones until they are refreshed
     * @throws ProblemException of kind {@code CONFLICT}: code {@code E_JOB_OPEN} while a run is open, {@code E_SCHEMA_OTHER}
     *     if a change is another one than was seen, {@code E_SCHEMA_STOPS} if one that stops a stream is to be let be
     */
    public List<StreamId> settle(
            Transaction transaction, Connection connection, List<Seen> accepted, List<Seen> ignored)
            throws SQLException {
        if (Jobs.openOf(transaction, connection.id()).isPresent()) {
            throw Problem.of("E_JOB_OPEN", ProblemKind.CONFLICT, "the connection is running")
                    .at("connection " + connection.id())
                    .fix("wait for the end of the run, or cancel it")
                    .exception();
        }
        Map<StreamId, StreamSchemaChange> open = new HashMap<>();
        SchemaChanges.of(transaction, connection.id()).forEach(change -> open.put(change.stream(), change));
        List<StreamSchemaChange> followed = new ArrayList<>();
        List<StreamSchemaChange> leftAlone = new ArrayList<>();
        for (Seen each : accepted) {
            followed.add(find(open, each));
        }
        for (Seen each : ignored) {
            leftAlone.add(find(open, each));
        }
        for (StreamSchemaChange change : leftAlone) {
            ignore(transaction, connection, change);
        }
        List<StreamId> refreshes = new ArrayList<>();
        if (!followed.isEmpty()) {
            refreshes.addAll(follow(transaction, connection, followed));
        }
        changes.reviewed(transaction, connection, followed, leftAlone);
        return refreshes;
    }

    private static StreamSchemaChange find(Map<StreamId, StreamSchemaChange> open, Seen wanted) {
        StreamSchemaChange change = open.remove(wanted.stream());
        if (change == null
                || change.state() == SchemaChangeState.APPLIED
                || !change.seen().equals(wanted.seen())) {
            throw Problem.of("E_SCHEMA_OTHER", ProblemKind.CONFLICT, "the stream has changed otherwise meanwhile")
                    .at(wanted.stream().toString())
                    .fix("look at the changes again")
                    .exception();
        }
        return change;
    }

    private static void ignore(Transaction transaction, Connection connection, StreamSchemaChange change)
            throws SQLException {
        if (change.weight().stopped()) {
            throw Problem.of("E_SCHEMA_STOPS", ProblemKind.CONFLICT, "the stream is not copied until it is followed")
                    .at(change.stream().toString())
                    .fix("accept the change, or choose other settings for the stream, or leave it out")
                    .exception();
        }
        ChangeRows.save(
                transaction,
                connection.id(),
                new StreamSchemaChange(
                        change.stream(),
                        change.kind(),
                        SchemaChangeState.IGNORED,
                        change.weight(),
                        change.details(),
                        change.now(),
                        change.found()));
    }

    private List<StreamId> follow(Transaction transaction, Connection connection, List<StreamSchemaChange> followed)
            throws SQLException {
        List<StreamId> refreshes = new ArrayList<>();
        List<ConnectionStream> before = connections.streams(transaction, connection.id());
        Map<StreamId, StreamSchemaChange> byStream = new HashMap<>();
        followed.forEach(change -> byStream.put(change.stream(), change));
        List<ConnectionStream> after = new ArrayList<>();
        for (ConnectionStream stream : before) {
            StreamSchemaChange change = byStream.get(stream.stream());
            after.add(change == null ? stream : chosen(stream, change));
        }
        for (StreamSchemaChange change : followed) {
            if (change.kind() == StreamChange.Kind.REMOVED) {
                KnownStreams.forget(transaction, connection.id(), change.stream());
            } else if (change.kind() == StreamChange.Kind.ADDED) {
                after.removeIf(stream -> stream.stream().equals(change.stream()));
                after.add(Choices.added(described(change)));
            } else {
                KnownStreams.save(transaction, connection.id(), described(change));
                if (change.weight().breaking()) {
                    refreshes.add(change.stream());
                }
            }
            ChangeRows.delete(transaction, connection.id(), change.stream());
        }
        if (!after.equals(before)) {
            connections.adaptStreams(transaction, connection, after);
        }
        return refreshes;
    }

    private static ConnectionStream chosen(ConnectionStream stream, StreamSchemaChange change) {
        return switch (change.kind()) {
            case ADDED -> stream;
            case REMOVED -> new ConnectionStream(stream.stream(), false, stream.syncMode(), stream.settings());
            case CHANGED -> Choices.adapted(stream, described(change));
        };
    }

    private static CatalogStream described(StreamSchemaChange change) {
        return StreamText.read(change.stream(), change.now());
    }
}
