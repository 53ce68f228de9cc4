package dev.sluice.server.jobs;

import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a stream of a connection is, as its last run left it.
 *
 * @param stream the stream
 * @param isComplete true if that run did all it should with it
 * @param isCleared true if that run emptied its table
 * @param jobId the run
 * @param succeededAt when a run last did all it should; null if none did
 * @param records how many records arrived in that run
 * @param changedAt when it ended
 */
public record StreamStanding(
        StreamId stream,
        boolean isComplete,
        boolean isCleared,
        @Nullable Long jobId,
        @Nullable Instant succeededAt,
        long records,
        Instant changedAt) {
    /** What a page shows of a stream. */
    public enum Shown {
        /** The next run takes it along. */
        QUEUED_FOR_NEXT_SYNC,
        /** It is under way, and nothing was read of it yet. */
        QUEUED,
        /** It is being emptied. */
        CLEARING,
        /** It is being read. */
        SYNCING,
        /** It is being read once more. */
        REFRESHING,
        /** It has changed, and somebody has to look at it. */
        FAILED,
        /** It did not end as it should. */
        INCOMPLETE,
        /** It is there. */
        SYNCED
    }

    /**
     * What is going on with a stream.
     *
     * @param kind what for
     * @param read how many records were read of it
     * @param isOver true if the run is done with it
     */
    public record Running(JobKind kind, long read, boolean isOver) {}

    /** The streams of a connection that ever ran. */
    public static List<StreamStanding> of(Transaction transaction, UUID connectionId) throws SQLException {
        return transaction.all(
                StreamStanding::read,
                "SELECT * FROM stream_status WHERE connection_id = ? ORDER BY namespace, name",
                connectionId);
    }

    private static StreamStanding read(Row row) throws SQLException {
        String namespace = row.text("namespace");
        Long records = row.numberOrNull("records_last");
        return new StreamStanding(
                StreamId.of(namespace.isEmpty() ? null : namespace, row.text("name")),
                row.text("run_state").equals("complete"),
                row.flag("cleared"),
                row.numberOrNull("job_id"),
                row.timeOrNull("succeeded_at"),
                records == null ? 0 : records,
                row.time("changed_at"));
    }

    /**
     * What is shown of a stream: the first rule that holds.
     *
     * @param standing how its last run left it; null if it never ran
     * @param running what is going on with it; null if nothing is
     * @param breaks true if it has changed in a way that stops it
     */
    public static Shown shown(@Nullable StreamStanding standing, @Nullable Running running, boolean breaks) {
        if (running != null && !running.isOver()) {
            return switch (running.kind()) {
                case CLEAR -> Shown.CLEARING;
                case SYNC -> running.read() == 0 ? Shown.QUEUED : Shown.SYNCING;
                case REFRESH -> running.read() == 0 ? Shown.QUEUED : Shown.REFRESHING;
                case REPLAY -> Shown.SYNCING;
                case CHECK, DISCOVER -> throw new IllegalArgumentException("moves no stream: " + running.kind());
            };
        }
        if (standing == null) {
            return breaks ? Shown.FAILED : Shown.QUEUED_FOR_NEXT_SYNC;
        }
        if (standing.isCleared()) {
            return Shown.QUEUED_FOR_NEXT_SYNC;
        }
        if (breaks) {
            return Shown.FAILED;
        }
        return standing.isComplete() ? Shown.SYNCED : Shown.INCOMPLETE;
    }
}
