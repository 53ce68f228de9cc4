package dev.sluice.cli.state;

import dev.sluice.spi.runtime.RejectedRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at rejected records as people ask for them. */
final class RejectQueries {
    private final String id;

    /**
     * The records of a connection.
     *
     * @param id its identity
     */
    RejectQueries(String id) {
        this.id = id;
    }

    /** By run, stream, reason and state, the newest run first. */
    List<RejectGroup> groups(Connection connection, RejectFilter filter) throws SQLException {
        Where where = where(filter);
        return StateDatabase.query(
                connection,
                RejectQueries::group,
                "SELECT r.sync_id, coalesce(j.started_at, r.sync_id) AS started_at, namespace, name, code, field,"
                        + " state, sum(records) AS records, count(original) AS kept, min(reason) AS example"
                        + " FROM rejected r LEFT JOIN job j ON j.connection = r.connection AND j.sync_id = r.sync_id"
                        + where.sql
                        + " GROUP BY r.sync_id, namespace, name, code, field, state"
                        + " ORDER BY r.sync_id DESC, namespace, name, records DESC",
                where.values.toArray());
    }

    /** The records that were kept, the newest run first. */
    List<KeptReject> records(Connection connection, RejectFilter filter, int most) throws SQLException {
        Where where = where(filter);
        List<@Nullable Object> values = new ArrayList<>(where.values);
        values.add(most);
        return StateDatabase.query(
                connection,
                RejectQueries::kept,
                "SELECT r.* FROM rejected r" + where.sql
                        + " AND original IS NOT NULL ORDER BY sync_id DESC, namespace, name, id LIMIT ?",
                values.toArray());
    }

    /** Forgets records; what does not count yet and what belongs to an interrupted read stays. */
    int forget(Connection connection, RejectFilter filter) throws SQLException {
        Where where = where(filter);
        return StateDatabase.update(
                connection,
                "DELETE FROM rejected AS r" + where.sql + " AND state <> 'pending' AND claimed_by IS NULL AND "
                        + RejectRows.READ_IS_OVER,
                where.values.toArray());
    }

    private record Where(String sql, List<Object> values) {}

    private Where where(RejectFilter filter) {
        StringBuilder sql = new StringBuilder(" WHERE r.connection = ?");
        List<Object> values = new ArrayList<>(List.of(id));
        String stream = filter.stream();
        if (stream != null) {
            sql.append(" AND (name = ? OR (namespace <> '' AND namespace || '.' || name = ?))");
            values.add(stream);
            values.add(stream);
        }
        Long run = filter.run();
        if (run != null) {
            sql.append(" AND r.sync_id = ?");
            values.add(run);
        }
        String code = filter.code();
        if (code != null) {
            sql.append(" AND code = ?");
            values.add(code);
        }
        if (!filter.ids().isEmpty()) {
            sql.append(
                    filter.ids().stream().map(Object::toString).collect(Collectors.joining(",", " AND id IN (", ")")));
        }
        if (!filter.settled()) {
            sql.append(" AND state IN ('open', 'pending')");
        }
        return new Where(sql.toString(), values);
    }

    private static RejectGroup group(ResultSet row) throws SQLException {
        return new RejectGroup(
                new RejectGroup.Run(row.getLong("sync_id"), Instant.ofEpochMilli(row.getLong("started_at"))),
                StreamRows.stream(row),
                row.getString("code"),
                field(row),
                RejectState.of(row.getString("state")),
                new RejectGroup.Count(row.getLong("records"), row.getLong("kept")),
                row.getString("example"));
    }

    private static KeptReject kept(ResultSet row) throws SQLException {
        return new KeptReject(
                row.getLong("id"),
                row.getLong("sync_id"),
                StreamRows.stream(row),
                row.getLong("generation"),
                RejectState.of(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("rejected_at")),
                record(row));
    }

    /** What is kept of a record. */
    static RejectedRecord record(ResultSet row) throws SQLException {
        byte[] original = row.getBytes("original");
        RejectedRecord record = row.getString("form").equals(RejectedRecord.Form.ROW.name())
                ? RejectedRecord.ofRow(row.getString("place"), row.getString("code"), row.getString("reason"), original)
                : new RejectedRecord(row.getString("place"), row.getString("code"), row.getString("reason"), original);
        return record.inField(field(row))
                .from(row.getString("origin"))
                .cutFrom(row.getLong("size"))
                .mappedTo(row.getBytes("mapped"));
    }

    private static @Nullable String field(ResultSet row) throws SQLException {
        String field = row.getString("field");
        return field.isEmpty() ? null : field;
    }
}
