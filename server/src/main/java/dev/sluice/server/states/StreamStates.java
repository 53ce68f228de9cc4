package dev.sluice.server.states;

import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far the streams of a connection are. The splits of an unfinished read are rows of their own. */
public final class StreamStates {
    private static final String OF_STREAM = " WHERE connection_id = ? AND namespace = ? AND name = ?";

    private final UUID connectionId;

    /**
     * Those of a connection.
     *
     * @param connectionId its identity
     */
    public StreamStates(UUID connectionId) {
        this.connectionId = connectionId;
    }

    /** The states of all streams, by name. */
    public List<StreamState> all(Transaction transaction) throws SQLException {
        List<StreamId> streams = transaction.all(
                row -> stream(row.text("namespace"), row.text("name")),
                "SELECT namespace, name FROM stream_state WHERE connection_id = ? ORDER BY namespace, name",
                connectionId);
        List<StreamState> states = new ArrayList<>();
        for (StreamId stream : streams) {
            find(transaction, stream).ifPresent(states::add);
        }
        return states;
    }

    /** The state of a stream. */
    public Optional<StreamState> find(Transaction transaction, StreamId stream) throws SQLException {
        List<Split> splits = new ArrayList<>();
        Map<String, SplitProgress> progress = new HashMap<>();
        transaction.all(
                row -> splits.add(split(row, progress)),
                "SELECT * FROM split_state" + OF_STREAM + " ORDER BY place",
                connectionId,
                namespace(stream),
                stream.name());
        return transaction.first(
                row -> state(row, stream, splits, progress),
                "SELECT * FROM stream_state" + OF_STREAM,
                connectionId,
                namespace(stream),
                stream.name());
    }

    /** The greatest number of a run that any state knows; 0 if none does. Runs from now on have greater ones. */
    public long lastSyncId(Transaction transaction) throws SQLException {
        return transaction.count(
                "SELECT coalesce(max(CASE WHEN read_sync_id > last_sync_id THEN read_sync_id ELSE last_sync_id END), 0)"
                        + " AS n FROM stream_state WHERE connection_id = ?",
                connectionId);
    }

    /** Replaces the state of a stream. */
    public void save(Transaction transaction, StreamState state) throws SQLException {
        StreamId stream = state.stream();
        UnfinishedRead read = state.unfinished();
        forget(transaction, stream); // its splits go with it
        transaction.change(
                "INSERT INTO stream_state (connection_id, namespace, name, settings, generation, last_sync_id,"
                        + " position_identity, position_value, refresh, read_sync_id, read_shape, read_token,"
                        + " read_from_identity, read_from_value, read_end_identity, read_end_value)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                connectionId,
                namespace(stream),
                stream.name(),
                state.settings(),
                state.generation(),
                state.lastSyncId(),
                identity(state.position()),
                value(state.position()),
                state.refresh(),
                read == null ? null : read.syncId(),
                read == null ? null : read.shape(),
                read == null ? null : read.plan().token(),
                identity(read == null ? null : read.from()),
                value(read == null ? null : read.from()),
                identity(read == null ? null : read.plan().end()),
                value(read == null ? null : read.plan().end()));
        if (read != null) {
            saveSplits(transaction, stream, read);
        }
    }

    /**
     * Replaces the progress of a split.
     *
     * @return false if the stream has no unfinished read with this split
     */
    public boolean saveProgress(Transaction transaction, StreamId stream, String splitId, SplitProgress progress)
            throws SQLException {
        return transaction.change(
                        "UPDATE split_state SET position = ?, finished = ?, row_count = ?" + OF_STREAM
                                + " AND split = ?",
                        progress.position(),
                        progress.finished(),
                        progress.rows(),
                        connectionId,
                        namespace(stream),
                        stream.name(),
                        splitId)
                == 1;
    }

    /** Forgets a stream; it starts over. */
    public void forget(Transaction transaction, StreamId stream) throws SQLException {
        transaction.change("DELETE FROM stream_state" + OF_STREAM, connectionId, namespace(stream), stream.name());
    }

    private void saveSplits(Transaction transaction, StreamId stream, UnfinishedRead read) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Split split : read.plan().splits()) {
            SplitProgress progress = read.progress().get(split.id());
            rows.add(new @Nullable Object[] {
                connectionId,
                namespace(stream),
                stream.name(),
                split.id(),
                rows.size(),
                split.payload(),
                split.estimate().rows(),
                split.estimate().bytes(),
                progress == null ? null : progress.position(),
                progress == null ? null : (Boolean) progress.finished(),
                progress == null ? null : (Long) progress.rows()
            });
        }
        transaction.changeEach(
                "INSERT INTO split_state (connection_id, namespace, name, split, place, payload, estimated_rows,"
                        + " estimated_bytes, position, finished, row_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private static Split split(Row row, Map<String, SplitProgress> progress) throws SQLException {
        Estimate estimate = new Estimate(row.number("estimated_rows"), row.number("estimated_bytes"));
        Split split = new Split(row.text("split"), row.text("payload"), estimate);
        Long rows = row.numberOrNull("row_count");
        if (rows != null) {
            progress.put(split.id(), new SplitProgress(row.textOrNull("position"), row.flag("finished"), rows));
        }
        return split;
    }

    private static StreamState state(Row row, StreamId stream, List<Split> splits, Map<String, SplitProgress> progress)
            throws SQLException {
        boolean wished = row.textOrNull("refresh") != null;
        return new StreamState(
                stream,
                row.text("settings"),
                row.number("generation"),
                row.number("last_sync_id"),
                position(row, "position"),
                unfinished(row, splits, progress),
                wished ? row.word("refresh", Refresh.class) : null);
    }

    private static @Nullable UnfinishedRead unfinished(Row row, List<Split> splits, Map<String, SplitProgress> progress)
            throws SQLException {
        Long syncId = row.numberOrNull("read_sync_id");
        if (syncId == null) {
            return null;
        }
        ReadPlan plan = new ReadPlan(row.text("read_token"), splits, position(row, "read_end"));
        return new UnfinishedRead(syncId, position(row, "read_from"), row.text("read_shape"), plan, progress);
    }

    private static @Nullable Position position(Row row, String columns) throws SQLException {
        String identity = row.textOrNull(columns + "_identity");
        return identity == null ? null : new Position(identity, row.text(columns + "_value"));
    }

    private static @Nullable String identity(@Nullable Position position) {
        return position == null ? null : position.identity();
    }

    private static @Nullable String value(@Nullable Position position) {
        return position == null ? null : position.value();
    }

    /** A namespace for a key, in which nothing may be null. */
    static String namespace(StreamId stream) {
        return Objects.requireNonNullElse(stream.namespace(), "");
    }

    static StreamId stream(String namespace, String name) {
        return StreamId.of(namespace.isEmpty() ? null : namespace, name);
    }
}
