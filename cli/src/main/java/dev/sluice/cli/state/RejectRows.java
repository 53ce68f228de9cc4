package dev.sluice.cli.state;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rejected records as rows: kept for a month, and of each job and stream only so many. */
final class RejectRows {
    /** How many records of a job and stream are kept; the rest is counted. */
    static final int MOST = 100_000;

    private static final Duration KEPT = Duration.ofDays(30);

    private RejectRows() {}

    static void save(Connection connection, String id, long syncId, StreamId stream, List<RejectedRecord> records)
            throws SQLException {
        long kept = StateDatabase.query(
                        connection,
                        row -> row.getLong(1),
                        "SELECT count(*) FROM reject WHERE connection = ? AND sync_id = ? AND namespace = ? AND name ="
                                + " ?",
                        id,
                        syncId,
                        StreamRows.namespace(stream),
                        stream.name())
                .getFirst();
        int room = (int) Math.min(records.size(), Math.max(0, MOST - kept));
        insert(connection, id, syncId, stream, records.subList(0, room));
        if (room < records.size()) {
            StateDatabase.update(
                    connection,
                    "INSERT INTO reject_overflow VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT DO UPDATE SET records = records + excluded.records",
                    id,
                    syncId,
                    StreamRows.namespace(stream),
                    stream.name(),
                    records.size() - room);
        }
    }

    static void forgetOld(Connection connection, String id, Instant now) throws SQLException {
        long oldest = now.minus(KEPT).toEpochMilli();
        for (String table : List.of("reject", "reject_overflow")) {
            StateDatabase.update(
                    connection, "DELETE FROM " + table + " WHERE connection = ? AND sync_id < ?", id, oldest);
        }
    }

    static List<RejectGroup> groups(Connection connection, String id, @Nullable String stream) throws SQLException {
        List<RejectGroup> groups = new ArrayList<>(StateDatabase.query(
                connection,
                RejectRows::group,
                "SELECT r.sync_id, j.started_at, namespace, name, code, count(*) AS records, min(reason) AS example"
                        + " FROM reject r JOIN job j ON j.connection = r.connection AND j.sync_id = r.sync_id"
                        + " WHERE r.connection = ?1 AND " + IS_STREAM
                        + " GROUP BY r.sync_id, namespace, name, code ORDER BY r.sync_id DESC, namespace, name,"
                        + " records DESC",
                id,
                stream));
        groups.addAll(StateDatabase.query(
                connection,
                RejectRows::group,
                "SELECT r.sync_id, j.started_at, namespace, name, '' AS code, records, '' AS example"
                        + " FROM reject_overflow r JOIN job j ON j.connection = r.connection AND j.sync_id = r.sync_id"
                        + " WHERE r.connection = ?1 AND " + IS_STREAM + " ORDER BY r.sync_id DESC",
                id,
                stream));
        return groups;
    }

    static List<KeptReject> records(Connection connection, String id, @Nullable String stream, int most)
            throws SQLException {
        return StateDatabase.query(
                connection,
                row -> new KeptReject(
                        row.getLong("sync_id"),
                        StreamRows.stream(row),
                        new RejectedRecord(
                                row.getString("place"),
                                row.getString("code"),
                                row.getString("reason"),
                                row.getBytes("original"))),
                "SELECT * FROM reject r WHERE connection = ?1 AND " + IS_STREAM
                        + " ORDER BY sync_id DESC, namespace, name, place LIMIT ?3",
                id,
                stream,
                most);
    }

    /** A stream as people write it, with or without its namespace. */
    private static final String IS_STREAM =
            "(?2 IS NULL OR name = ?2 OR (namespace <> '' AND namespace || '.' || name = ?2))";

    private static void insert(
            Connection connection, String id, long syncId, StreamId stream, List<RejectedRecord> records)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR REPLACE INTO reject VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (RejectedRecord record : records) {
                StateDatabase.bind(
                        insert,
                        id,
                        syncId,
                        StreamRows.namespace(stream),
                        stream.name(),
                        record.place(),
                        record.code(),
                        record.reason(),
                        record.original());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static RejectGroup group(ResultSet row) throws SQLException {
        return new RejectGroup(
                row.getLong("sync_id"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                StreamRows.stream(row),
                row.getString("code"),
                row.getLong("records"),
                row.getString("example"));
    }
}
