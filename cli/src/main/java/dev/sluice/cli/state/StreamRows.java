package dev.sluice.cli.state;

import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The states of streams as rows; the splits of an unfinished read have a table of their own, a row each. */
final class StreamRows {
    private StreamRows() {}

    static List<StreamState> all(Connection connection, String id) throws SQLException {
        List<StreamState> states = new ArrayList<>();
        for (StreamId stream : StateDatabase.query(
                connection,
                StreamRows::stream,
                "SELECT namespace, name FROM stream WHERE connection = ? ORDER BY namespace, name",
                id)) {
            states.addAll(find(connection, id, stream));
        }
        return states;
    }

    /** The state of a stream in a list of one, or an empty list. */
    static List<StreamState> find(Connection connection, String id, StreamId stream) throws SQLException {
        List<Split> splits = new ArrayList<>();
        Map<String, SplitProgress> progress = new HashMap<>();
        StateDatabase.query(
                connection,
                row -> readSplit(row, splits, progress),
                "SELECT id, payload, estimated_rows, estimated_bytes, position, finished, rows FROM split"
                        + " WHERE connection = ? AND namespace = ? AND name = ? ORDER BY place",
                id,
                namespace(stream),
                stream.name());
        return StateDatabase.query(
                connection,
                row -> state(row, stream, splits, progress),
                "SELECT * FROM stream WHERE connection = ? AND namespace = ? AND name = ?",
                id,
                namespace(stream),
                stream.name());
    }

    static void save(Connection connection, String id, StreamState state) throws SQLException {
        StreamId stream = state.stream();
        Position position = state.position();
        UnfinishedRead read = state.unfinished();
        Position from = read == null ? null : read.from();
        Position end = read == null ? null : read.plan().end();
        StateDatabase.update(
                connection,
                "INSERT OR REPLACE INTO stream VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                namespace(stream),
                stream.name(),
                state.settings(),
                state.generation(),
                state.lastSyncId(),
                position == null ? null : position.identity(),
                position == null ? null : position.value(),
                read == null ? null : read.syncId(),
                from == null ? null : from.identity(),
                from == null ? null : from.value(),
                read == null ? null : read.shape(),
                read == null ? null : read.plan().token(),
                end == null ? null : end.identity(),
                end == null ? null : end.value(),
                state.refresh() == null ? null : state.refresh().name());
        StateDatabase.update(
                connection,
                "DELETE FROM split WHERE connection = ? AND namespace = ? AND name = ?",
                id,
                namespace(stream),
                stream.name());
        if (read != null) {
            saveSplits(connection, id, stream, read);
        }
    }

    /** Replaces the progress of one split; false if there is no such split. */
    static boolean saveProgress(
            Connection connection, String id, StreamId stream, String splitId, SplitProgress progress)
            throws SQLException {
        return StateDatabase.update(
                        connection,
                        "UPDATE split SET position = ?, finished = ?, rows = ?"
                                + " WHERE connection = ? AND namespace = ? AND name = ? AND id = ?",
                        progress.position(),
                        progress.finished() ? 1 : 0,
                        progress.rows(),
                        id,
                        namespace(stream),
                        stream.name(),
                        splitId)
                == 1;
    }

    /** A namespace for the primary key, in which nothing may be null; no stream has an empty one. */
    static String namespace(StreamId stream) {
        return Objects.requireNonNullElse(stream.namespace(), "");
    }

    static StreamId stream(ResultSet row) throws SQLException {
        return StreamId.of(row.getString("namespace"), row.getString("name"));
    }

    private static void saveSplits(Connection connection, String id, StreamId stream, UnfinishedRead read)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO split VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            int place = 0;
            for (Split split : read.plan().splits()) {
                SplitProgress progress = read.progress().get(split.id());
                StateDatabase.bind(
                        insert,
                        id,
                        namespace(stream),
                        stream.name(),
                        split.id(),
                        place++,
                        split.payload(),
                        split.estimate().rows(),
                        split.estimate().bytes(),
                        progress == null ? null : progress.position(),
                        progress == null ? null : (Object) (progress.finished() ? 1 : 0),
                        progress == null ? null : (Object) progress.rows());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Split readSplit(ResultSet row, List<Split> splits, Map<String, SplitProgress> progress)
            throws SQLException {
        Split split = new Split(
                row.getString("id"),
                row.getString("payload"),
                new Estimate(row.getLong("estimated_rows"), row.getLong("estimated_bytes")));
        splits.add(split);
        int finished = row.getInt("finished");
        if (!row.wasNull()) {
            progress.put(split.id(), new SplitProgress(row.getString("position"), finished == 1, row.getLong("rows")));
        }
        return split;
    }

    private static StreamState state(
            ResultSet row, StreamId stream, List<Split> splits, Map<String, SplitProgress> progress)
            throws SQLException {
        String refresh = row.getString("refresh");
        return new StreamState(
                stream,
                row.getString("settings"),
                row.getLong("generation"),
                row.getLong("last_sync_id"),
                position(row, "position"),
                unfinished(row, splits, progress),
                refresh == null ? null : Refresh.valueOf(refresh));
    }

    private static @Nullable UnfinishedRead unfinished(
            ResultSet row, List<Split> splits, Map<String, SplitProgress> progress) throws SQLException {
        String token = row.getString("read_token");
        if (token == null) {
            return null;
        }
        return new UnfinishedRead(
                row.getLong("read_sync_id"),
                position(row, "read_from"),
                row.getString("read_shape"),
                new ReadPlan(token, splits, position(row, "read_end")),
                progress);
    }

    private static @Nullable Position position(ResultSet row, String prefix) throws SQLException {
        String identity = row.getString(prefix + "_identity");
        return identity == null ? null : new Position(identity, row.getString(prefix + "_value"));
    }
}
