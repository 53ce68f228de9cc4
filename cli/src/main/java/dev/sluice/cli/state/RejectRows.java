package dev.sluice.cli.state;

import dev.sluice.engine.state.ReadPart;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rejected records as rows: kept for a month, and of each read only so many; what is beyond is counted by its reason.
 *
 * <p>I7: a row is pending until the progress that covers it is saved, which happens in one transaction. What is pending
 * when a read goes on counts or goes, as the destination has it.
 */
final class RejectRows {
    /** How many records of a read are kept. */
    static final int MOST = 100_000;

    /** How many bytes of the records of a read are kept. */
    static final long MOST_BYTES = 64L << 20;

    private static final Duration KEPT = Duration.ofDays(30);
    /** Of rows {@code r}: a read that goes on has to know whether it left anything out, and how much. */
    static final String READ_IS_OVER = "NOT EXISTS (SELECT 1 FROM stream AS s WHERE s.connection = r.connection"
            + " AND s.namespace = r.namespace AND s.name = r.name AND s.read_sync_id = r.read_id)";

    private static final String OF_STREAM = " WHERE connection = ? AND namespace = ? AND name = ?";
    private static final String OF_SPLIT = OF_STREAM + " AND state = 'pending' AND split = ?";

    private final String id;

    /** What is kept of each read that this process adds to. */
    private final Map<String, Room> rooms = new HashMap<>();

    /** How much is kept of a read. */
    private record Room(long records, long bytes) {}

    /**
     * The rows of a connection.
     *
     * @param id its identity
     */
    RejectRows(String id) {
        this.id = id;
    }

    void save(Connection connection, long syncId, ReadPart part, List<RejectedRecord> records, Instant now)
            throws SQLException {
        String read = part.stream() + " " + part.readId();
        Room room = rooms.containsKey(read) ? rooms.get(read) : room(connection, part);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO rejected VALUES (NULL, ?, ?, ?, ?, ?,"
            + " ?, ?, 'pending', NULL, NULL, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (connection, namespace,"
            + " name, sync_id, read_id, split, code, field) WHERE original IS NULL AND state = 'pending' DO UPDATE SET"
            + " records = records + 1")) {
            for (RejectedRecord record : records) {
                byte[] original = record.original();
                byte[] mapped = record.mapped();
                long bytes =
                        room.bytes + original.length + record.origin().length() + (mapped == null ? 0 : mapped.length);
                boolean kept = room.records < MOST && bytes <= MOST_BYTES;
                if (kept) {
                    room = new Room(room.records + 1, bytes);
                }
                StateDatabase.bind(
                        insert,
                        id,
                        StreamRows.namespace(part.stream()),
                        part.stream().name(),
                        syncId,
                        part.readId(),
                        part.generation(),
                        part.splitId(),
                        kept ? record.place() : "",
                        record.code(),
                        fieldOf(record),
                        record.reason(),
                        record.form().name(),
                        kept ? record.origin() : "",
                        kept ? original : null,
                        kept ? record.size() : 0,
                        now.toEpochMilli(),
                        kept ? mapped : null);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        rooms.put(read, room);
    }

    private static String fieldOf(RejectedRecord record) {
        String field = record.field();
        return field == null ? "" : field;
    }

    private Room room(Connection connection, ReadPart part) throws SQLException {
        return StateDatabase.query(
                        connection,
                        row -> new Room(row.getLong(1), row.getLong(2)),
                        "SELECT count(*), coalesce(sum(length(original) + length(origin) + coalesce(length(mapped),"
                                + " 0)), 0) FROM rejected" + OF_STREAM
                                + " AND read_id = ? AND original IS NOT NULL",
                        id,
                        StreamRows.namespace(part.stream()),
                        part.stream().name(),
                        part.readId())
                .getFirst();
    }

    void mark(Connection connection, ReadPart part, SplitProgress progress) throws SQLException {
        update(connection, "UPDATE rejected SET mark = ?" + OF_SPLIT, mark(progress), part.stream(), part.splitId());
    }

    /** The progress of a split is saved: what it covers counts. */
    void cover(Connection connection, StreamId stream, String splitId, SplitProgress progress) throws SQLException {
        update(
                connection,
                "UPDATE rejected SET state = 'open', mark = NULL" + OF_SPLIT + " AND mark = ?",
                null,
                stream,
                splitId,
                mark(progress));
    }

    void settle(Connection connection, StreamId stream, long readId, Map<String, SplitProgress> confirmed)
            throws SQLException {
        for (Map.Entry<String, SplitProgress> split : confirmed.entrySet()) {
            update(
                    connection,
                    "UPDATE rejected SET state = 'open', mark = NULL" + OF_SPLIT + " AND mark = ? AND read_id = ?",
                    null,
                    stream,
                    split.getKey(),
                    mark(split.getValue()),
                    readId);
        }
        update(connection, "DELETE FROM rejected" + OF_STREAM + " AND state = 'pending'", null, stream);
        List<String> splits = StateDatabase.query(
                connection,
                row -> row.getString(1),
                "SELECT DISTINCT split FROM rejected" + OF_STREAM + " AND state = 'open' AND read_id = ?",
                id,
                StreamRows.namespace(stream),
                stream.name(),
                readId);
        for (String split : splits) {
            if (!split.isEmpty() && !confirmed.containsKey(split)) {
                update(
                        connection,
                        "DELETE FROM rejected" + OF_STREAM + " AND state = 'open' AND read_id = ? AND split = ?",
                        null,
                        stream,
                        readId,
                        split);
            }
        }
        rooms.clear();
    }

    void discard(Connection connection, StreamId stream, long readId) throws SQLException {
        update(
                connection,
                "DELETE FROM rejected" + OF_STREAM + " AND (state = 'pending' OR read_id = ?)",
                null,
                stream,
                readId);
        rooms.clear();
    }

    void supersede(Connection connection, StreamId stream, long generation) throws SQLException {
        update(
                connection,
                "UPDATE rejected SET state = 'superseded'" + OF_STREAM + " AND state = 'open' AND generation < ?",
                null,
                stream,
                generation);
    }

    long count(Connection connection, StreamId stream, long readId) throws SQLException {
        return StateDatabase.query(
                        connection,
                        row -> row.getLong(1),
                        "SELECT coalesce(sum(records), 0) FROM rejected" + OF_STREAM
                                + " AND state = 'open' AND read_id = ?",
                        id,
                        StreamRows.namespace(stream),
                        stream.name(),
                        readId)
                .getFirst();
    }

    void claim(Connection connection, long jobId, Collection<Long> records) throws SQLException {
        for (long record : records) {
            StateDatabase.update(
                    connection,
                    "UPDATE rejected SET claimed_by = ? WHERE connection = ? AND id = ?",
                    jobId,
                    id,
                    record);
        }
    }

    void settleReplays(Connection connection, StreamId stream, long publishedId) throws SQLException {
        update(
                connection,
                "UPDATE rejected SET state = 'replayed', claimed_by = NULL" + OF_STREAM + " AND claimed_by = ?",
                null,
                stream,
                publishedId);
        update(
                connection,
                "UPDATE rejected SET claimed_by = NULL" + OF_STREAM + " AND claimed_by IS NOT NULL",
                null,
                stream);
    }

    void again(Connection connection, long record, RejectedRecord again) throws SQLException {
        StateDatabase.update(
                connection,
                "UPDATE rejected SET code = ?, field = ?, reason = ?, mapped = ? WHERE connection = ? AND id = ?",
                again.code(),
                fieldOf(again),
                again.reason(),
                again.mapped(),
                id,
                record);
    }

    void forgetOld(Connection connection, Instant now) throws SQLException {
        StateDatabase.update(
                connection,
                "DELETE FROM rejected AS r WHERE connection = ? AND rejected_at < ? AND state <> 'pending' AND "
                        + READ_IS_OVER,
                id,
                now.minus(KEPT).toEpochMilli());
    }

    /** A statement whose first value, if there is one, precedes those that name the stream. */
    private void update(
            Connection connection, String sql, @Nullable Object first, StreamId stream, @Nullable Object... rest)
            throws SQLException {
        int before = first == null ? 0 : 1;
        @Nullable Object[] values = new @Nullable Object[before + 3 + rest.length];
        if (first != null) {
            values[0] = first;
        }
        values[before] = id;
        values[before + 1] = StreamRows.namespace(stream);
        values[before + 2] = stream.name();
        System.arraycopy(rest, 0, values, before + 3, rest.length);
        StateDatabase.update(connection, sql, values);
    }

    private static String mark(SplitProgress progress) {
        return progress.finished() + " " + progress.rows() + " " + progress.position();
    }
}
