package dev.sluice.server.states;

import dev.sluice.engine.state.ReadPart;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rejected records of a connection. Of each read only so many are kept, and only for a while; what is beyond is
 * counted by its reason.
 *
 * <p>I7: a record is pending until the progress that covers it is saved, in the same transaction. What is pending when a
 * read goes on counts or goes, as the destination has it.
 */
final class Rejects {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final String OF_STREAM = " WHERE connection_id = ? AND namespace = ? AND name = ?";
    private static final String PENDING = OF_STREAM + " AND state = 'pending'";

    /** What the connection of a read that goes on must not forget: whether it left anything out, and how much. */
    private static final String READ_IS_OVER = "NOT EXISTS (SELECT 1 FROM stream_state s WHERE"
            + " s.connection_id = rejected.connection_id AND s.namespace = rejected.namespace"
            + " AND s.name = rejected.name AND s.read_sync_id = rejected.read_id)";

    private final UUID connectionId;
    private final Room most;

    /**
     * How much is kept of a read.
     *
     * @param records how many records
     * @param bytes how many bytes of them
     */
    record Room(long records, long bytes) {
        /** The most that is kept. */
        static final Room USUAL = new Room(100_000, 64L << 20);

        Room with(long otherBytes) {
            return new Room(records + 1, bytes + otherBytes);
        }

        boolean holds(Room other) {
            return other.records <= records && other.bytes <= bytes;
        }
    }

    /**
     * Those of a connection.
     *
     * @param connectionId its identity
     * @param most how much is kept of each of its reads
     */
    Rejects(UUID connectionId, Room most) {
        this.connectionId = connectionId;
        this.most = most;
    }

    void save(Transaction transaction, long syncId, ReadPart part, List<RejectedRecord> records, Instant now)
            throws SQLException {
        Room taken = taken(transaction, part);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (RejectedRecord record : records) {
            byte[] original = record.original();
            byte[] mapped = record.mapped();
            Room then = taken.with(original.length + record.origin().length() + (mapped == null ? 0 : mapped.length));
            boolean kept = most.holds(then);
            taken = kept ? then : taken;
            rows.add(new @Nullable Object[] {
                connectionId,
                StreamStates.namespace(part.stream()),
                part.stream().name(),
                syncId,
                part.readId(),
                part.generation(),
                part.splitId(),
                kept ? shown(record.place()) : "",
                record.code(),
                field(record),
                shown(record.reason()),
                record.form(),
                kept ? record.origin() : "",
                kept ? original : null,
                kept ? record.size() : 0L,
                kept ? mapped : null,
                now
            });
        }
        transaction.changeEach(
                "INSERT INTO rejected (connection_id, namespace, name, sync_id, read_id, generation, split, place,"
                        + " code, field, reason, form, origin, original, size, mapped, rejected_at, state, records)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 1)"
                        + " ON CONFLICT (connection_id, namespace, name, sync_id, read_id, split, code, field)"
                        + " WHERE original IS NULL AND state = 'pending'"
                        + " DO UPDATE SET records = rejected.records + 1",
                rows);
    }

    private Room taken(Transaction transaction, ReadPart part) throws SQLException {
        return transaction
                .first(
                        row -> new Room(row.number("n"), row.number("bytes")),
                        "SELECT count(*) AS n, coalesce(sum(length(original) + length(origin)"
                                + " + coalesce(length(mapped), 0)), 0) AS bytes FROM rejected" + OF_STREAM
                                + " AND read_id = ? AND original IS NOT NULL",
                        of(part.stream(), part.readId()))
                .orElseThrow();
    }

    void mark(Transaction transaction, ReadPart part, SplitProgress progress) throws SQLException {
        transaction.change(
                "UPDATE rejected SET mark = ?" + PENDING + " AND split = ?",
                with(mark(progress), of(part.stream(), part.splitId())));
    }

    /** The progress of a split is saved: what it covers counts. */
    void cover(Transaction transaction, StreamId stream, String splitId, SplitProgress progress) throws SQLException {
        transaction.change(
                "UPDATE rejected SET state = 'open', mark = NULL" + PENDING + " AND split = ? AND mark = ?",
                of(stream, splitId, mark(progress)));
    }

    void settle(Transaction transaction, StreamId stream, long readId, Map<String, SplitProgress> confirmed)
            throws SQLException {
        for (Map.Entry<String, SplitProgress> split : confirmed.entrySet()) {
            transaction.change(
                    "UPDATE rejected SET state = 'open', mark = NULL" + PENDING
                            + " AND read_id = ? AND split = ? AND mark = ?",
                    of(stream, readId, split.getKey(), mark(split.getValue())));
        }
        transaction.change("DELETE FROM rejected" + PENDING, of(stream));
        String ofRead = OF_STREAM + " AND state = 'open' AND read_id = ?";
        for (String split : transaction.all(
                row -> row.text("split"), "SELECT DISTINCT split FROM rejected" + ofRead, of(stream, readId))) {
            if (!split.isEmpty() && !confirmed.containsKey(split)) {
                transaction.change("DELETE FROM rejected" + ofRead + " AND split = ?", of(stream, readId, split));
            }
        }
    }

    void discard(Transaction transaction, StreamId stream, long readId) throws SQLException {
        transaction.change(
                "DELETE FROM rejected" + OF_STREAM + " AND (state = 'pending' OR read_id = ?)", of(stream, readId));
    }

    void supersede(Transaction transaction, StreamId stream, long generation) throws SQLException {
        transaction.change(
                "UPDATE rejected SET state = 'superseded'" + OF_STREAM + " AND state = 'open' AND generation < ?",
                of(stream, generation));
    }

    long count(Transaction transaction, StreamId stream, long readId) throws SQLException {
        return transaction.count(
                "SELECT coalesce(sum(records), 0) AS n FROM rejected" + OF_STREAM
                        + " AND state = 'open' AND read_id = ?",
                of(stream, readId));
    }

    void claim(Transaction transaction, long jobId, Collection<Long> records) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        records.forEach(record -> rows.add(new @Nullable Object[] {jobId, connectionId, record}));
        transaction.changeEach("UPDATE rejected SET claimed_by = ? WHERE connection_id = ? AND id = ?", rows);
    }

    void settleReplays(Transaction transaction, StreamId stream, long publishedId) throws SQLException {
        transaction.change(
                "UPDATE rejected SET state = 'replayed', claimed_by = NULL" + OF_STREAM + " AND claimed_by = ?",
                of(stream, publishedId));
        transaction.change(
                "UPDATE rejected SET claimed_by = NULL" + OF_STREAM + " AND claimed_by IS NOT NULL", of(stream));
    }

    void again(Transaction transaction, long record, RejectedRecord again) throws SQLException {
        transaction.change(
                "UPDATE rejected SET code = ?, field = ?, reason = ?, mapped = ? WHERE connection_id = ? AND id = ?",
                again.code(),
                field(again),
                shown(again.reason()),
                again.mapped(),
                connectionId,
                record);
    }

    void forgetOld(Transaction transaction, Instant now) throws SQLException {
        transaction.change(
                "DELETE FROM rejected WHERE connection_id = ? AND rejected_at < ? AND state <> 'pending' AND "
                        + READ_IS_OVER,
                connectionId,
                now.minus(KEPT));
    }

    /** The values that name a stream, and behind them others. */
    private @Nullable Object[] of(StreamId stream, @Nullable Object... others) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(connectionId);
        values.add(StreamStates.namespace(stream));
        values.add(stream.name());
        values.addAll(Arrays.asList(others));
        return values.toArray();
    }

    private static @Nullable Object[] with(Object first, @Nullable Object[] others) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(first);
        values.addAll(Arrays.asList(others));
        return values.toArray();
    }

    private static String field(RejectedRecord record) {
        String field = record.field();
        return field == null ? "" : shown(field);
    }

    /** A text for people; no database but SQLite keeps the character zero. */
    private static String shown(String text) {
        return text.replace('\0', '\ufffd');
    }

    private static String mark(SplitProgress progress) {
        return progress.finished() + " " + progress.rows() + " " + progress.position();
    }
}
