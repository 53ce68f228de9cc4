package dev.sluice.server.drift;

import dev.sluice.engine.plan.StoppedStream;
import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.schemas.StreamUse;
import dev.sluice.server.states.KnownStreams;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is otherwise in the sources of connections, and does what their rules say. A change stops the stream
 * that it touches and no other; it is told once, until it is another one.
 */
public final class SchemaChanges {
    /** The code of the engine for a stream that its connection's rule has wait. */
    private static final String PAUSED = "E_SCHEMA_PAUSED";

    private final Clock clock;
    private final Connections connections;
    private final List<SchemaListener> listeners;

    /**
     * Those of a store.
     *
     * @param clock the time
     * @param connections where connections are switched off and get new streams
     * @param listeners who hears of changes
     */
    public SchemaChanges(Clock clock, Connections connections, List<SchemaListener> listeners) {
        this.clock = clock;
        this.connections = connections;
        this.listeners = List.copyOf(listeners);
    }

    /** The changes that are not settled, by stream. */
    public static List<StreamSchemaChange> of(Transaction transaction, UUID connectionId) throws SQLException {
        return ChangeRows.all(transaction, connectionId);
    }

    /** The streams of a connection that cannot go on as their sources are. */
    public static Set<StreamId> breaking(Transaction transaction, UUID connectionId) throws SQLException {
        Set<StreamId> breaking = new HashSet<>();
        of(transaction, connectionId).stream()
                .filter(change -> change.isOpen() && change.weight().breaking())
                .forEach(change -> breaking.add(change.stream()));
        return breaking;
    }

    /** What the plan of a run has found in the streams that it is about. */
    public void planned(Transaction transaction, Connection connection, long jobId, SyncPlan plan) throws SQLException {
        Map<StreamId, String> stopped = new HashMap<>();
        for (StoppedStream each : plan.stopped()) {
            stopped.put(each.stream(), each.problem().code());
        }
        List<FoundChange> found = new ArrayList<>();
        Set<StreamId> looked = new HashSet<>(stopped.keySet());
        plan.streams().forEach(stream -> looked.add(stream.stream()));
        for (StreamChange change : plan.changes()) {
            looked.add(change.stream());
            found.add(new FoundChange(
                    change.stream(),
                    change.kind(),
                    change.details(),
                    effect(change, stopped.get(change.stream())),
                    change.now()));
        }
        settle(transaction, connection, jobId, found, looked::contains);
    }

    private static FoundChange.Effect effect(StreamChange change, @Nullable String code) {
        return switch (change.effect()) {
            case APPLIED -> FoundChange.Effect.APPLIED;
            case LEFT_OUT -> FoundChange.Effect.LEFT_OUT;
            case STOPPED -> PAUSED.equals(code) ? FoundChange.Effect.PAUSED : FoundChange.Effect.BROKEN;
        };
    }

    /**
     * What a look at all that the source offers has found. Where the connection follows its source fully, new streams are
     * copied from now on.
     *
     * @param jobId the job that looked; null if somebody did
     * @param before what the source offered when the streams were chosen; null if nobody knows
     */
    public void looked(
            Transaction transaction, Connection connection, @Nullable Long jobId, @Nullable Catalog before, Catalog now)
            throws SQLException {
        List<ConnectionStream> chosen = connections.streams(transaction, connection.id());
        Comparison comparison = new Comparison(chosen, KnownStreams.all(transaction, connection.id()), before, now);
        boolean follows = connection.settings().schemaRules().reaction() == SchemaRules.Reaction.PROPAGATE_FULLY;
        List<ConnectionStream> all = new ArrayList<>(chosen);
        List<FoundChange> found = new ArrayList<>(comparison.chosen());
        for (CatalogStream stream : comparison.added()) {
            FoundChange.Effect effect = follows ? FoundChange.Effect.APPLIED : FoundChange.Effect.LEFT_OUT;
            found.add(new FoundChange(stream.id(), StreamChange.Kind.ADDED, List.of(), effect, stream));
            if (follows) {
                all.add(Choices.added(stream));
            }
        }
        if (all.size() > chosen.size()) {
            connections.adaptStreams(transaction, connection, all);
        }
        settle(transaction, connection, jobId, found, _ -> true);
    }

    /**
     * Replaces what is kept of streams by what was found of them.
     *
     * @param looked true for the streams that were looked at; of the others nothing new is known
     */
    private void settle(
            Transaction transaction,
            Connection connection,
            @Nullable Long jobId,
            List<FoundChange> found,
            Predicate<StreamId> looked)
            throws SQLException {
        UUID id = connection.id();
        Map<StreamId, StreamSchemaChange> kept = new HashMap<>();
        of(transaction, id).forEach(change -> kept.put(change.stream(), change));
        if (kept.isEmpty() && found.isEmpty()) {
            return;
        }
        Map<StreamId, StreamUse> uses = uses(transaction, id);
        List<StreamSchemaChange> news = new ArrayList<>();
        for (FoundChange each : found) {
            StreamUse use = uses.getOrDefault(each.stream(), StreamUse.ROWS);
            StreamSchemaChange change = ChangeRows.kept(each, use, jobId, clock.instant());
            StreamSchemaChange old = kept.remove(each.stream());
            if (old == null || isOther(old, change)) {
                ChangeRows.save(transaction, id, change);
                news.add(change);
            }
        }
        for (StreamSchemaChange old : kept.values()) {
            if (looked.test(old.stream())) {
                ChangeRows.delete(transaction, id, old.stream());
            }
        }
        connections.markBreaking(transaction, id, !breaking(transaction, id).isEmpty());
        boolean disabled = !news.isEmpty()
                && connection.settings().schemaRules().reaction() == SchemaRules.Reaction.DISABLE_CONNECTION
                && connections.disable(transaction, id, SchemaListener.DISABLED);
        if (!news.isEmpty()) {
            for (SchemaListener listener : listeners) {
                listener.found(transaction, connection, jobId, news, disabled);
            }
        }
    }

    /** What somebody lets be stays so, until it is another change, or stops the stream. */
    private static boolean isOther(StreamSchemaChange old, StreamSchemaChange now) {
        boolean isHeavier = now.weight().stopped() && !old.weight().stopped();
        boolean isApplied = now.state() == SchemaChangeState.APPLIED && old.state() != SchemaChangeState.APPLIED;
        return !old.seen().equals(now.seen())
                || isHeavier
                || isApplied
                || (old.state() == SchemaChangeState.APPLIED && now.state() == SchemaChangeState.OPEN);
    }

    private Map<StreamId, StreamUse> uses(Transaction transaction, UUID id) throws SQLException {
        Map<StreamId, CatalogStream> known = new HashMap<>();
        KnownStreams.all(transaction, id).forEach(stream -> known.put(stream.id(), stream));
        Map<StreamId, StreamUse> uses = new HashMap<>();
        for (ConnectionStream stream : connections.streams(transaction, id)) {
            if (stream.selected()) {
                uses.put(stream.stream(), Choices.use(stream, known.get(stream.stream())));
            }
        }
        return uses;
    }

    /** Tells that somebody has settled some changes, and looks whether any is left that breaks. */
    void reviewed(
            Transaction transaction,
            Connection connection,
            List<StreamSchemaChange> accepted,
            List<StreamSchemaChange> ignored)
            throws SQLException {
        connections.markBreaking(
                transaction,
                connection.id(),
                !breaking(transaction, connection.id()).isEmpty());
        for (SchemaListener listener : listeners) {
            listener.reviewed(transaction, connection, accepted, ignored);
        }
    }
}
