package dev.sluice.server.jobs;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens when a job ends: its totals, what its connection looks like from then on, and whether it is switched off. */
final class JobEnds {
    private final Clock clock;
    private final List<JobListener> listeners;
    private final Connections connections;

    JobEnds(Clock clock, List<JobListener> listeners) {
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
        this.connections = new Connections(clock);
    }

    /** Closes a job for good. Whoever calls has seen to it that nobody else works on it. */
    void close(Transaction transaction, Job job, JobStatus status) throws SQLException {
        Instant now = clock.instant();
        Totals totals = Totals.of(transaction, job.id());
        Job ended = transaction
                .first(
                        JobRows::readJob,
                        "UPDATE job SET status = ?, open = ?, lease_owner = NULL, records = ?, bytes = ?, rejected = ?,"
                                + " updated_at = ?, ended_at = ? WHERE id = ? RETURNING *",
                        status,
                        false,
                        totals.sum().records(),
                        totals.sum().bytes(),
                        totals.sum().rejected(),
                        now,
                        now,
                        job.id())
                .orElseThrow();
        transaction.change("DELETE FROM stream_failure WHERE job_id = ?", job.id());
        UUID connectionId = job.wish().connectionId();
        if (connectionId != null) {
            if (job.wish().kind().isJudged()) {
                saveStreams(transaction, connectionId, ended, totals, now);
                judge(transaction, connectionId, ended, now);
            } else {
                Summaries.asBefore(transaction, connectionId);
            }
        }
        for (JobListener listener : listeners) {
            listener.ended(transaction, ended);
        }
    }

    private void judge(Transaction transaction, UUID connectionId, Job job, Instant now) throws SQLException {
        Summaries.Standing before =
                Summaries.standing(transaction, connectionId).orElseThrow();
        Instant since = before.since() == null ? job.times().createdAt() : before.since();
        switch (job.status()) {
            case SUCCEEDED ->
                Summaries.ended(
                        transaction,
                        connectionId,
                        job,
                        new Summaries.Standing(0, job.times().createdAt(), null));
            case FAILED -> {
                FailureRow row = new FailureRow(before.failedInRow() + 1, since);
                boolean warns = before.warnedAt() == null && row.warns(now) && !row.disables(now);
                Instant warnedAt = warns ? now : before.warnedAt();
                Summaries.ended(transaction, connectionId, job, new Summaries.Standing(row.jobs(), since, warnedAt));
                tell(transaction, connectionId, job, row, warns, row.disables(now));
            }
            case CANCELLED ->
                Summaries.ended(
                        transaction,
                        connectionId,
                        job,
                        new Summaries.Standing(before.failedInRow(), since, before.warnedAt()));
            case PENDING, RUNNING, INCOMPLETE -> throw new IllegalStateException("not an end: " + job.status());
        }
    }

    private void tell(
            Transaction transaction, UUID connectionId, Job job, FailureRow row, boolean warns, boolean disables)
            throws SQLException {
        boolean disabled = disables && connections.disable(transaction, connectionId, Jobs.DISABLED);
        for (JobListener listener : listeners) {
            if (warns) {
                listener.warned(transaction, job, row);
            }
            if (disabled) {
                listener.disabled(transaction, job, row);
            }
        }
    }

    /** How the streams are, as this job left them. */
    private static void saveStreams(Transaction transaction, UUID connectionId, Job job, Totals totals, Instant now)
            throws SQLException {
        for (Map.Entry<StreamId, Totals.OfStream> entry : totals.streams().entrySet()) {
            StreamStatus status = entry.getValue().status();
            boolean isGood = status.isGood();
            transaction.change(
                    "INSERT INTO stream_status (connection_id, namespace, name, run_state, cause, job_id, attempt,"
                        + " cleared, succeeded_at, records_last, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (connection_id, namespace, name) DO UPDATE SET run_state = excluded.run_state,"
                        + " cause = excluded.cause, job_id = excluded.job_id, attempt = excluded.attempt, cleared ="
                        + " excluded.cleared, succeeded_at = coalesce(excluded.succeeded_at,"
                        + " stream_status.succeeded_at), records_last = excluded.records_last, changed_at ="
                        + " excluded.changed_at",
                    connectionId,
                    JobRows.namespace(entry.getKey()),
                    entry.getKey().name(),
                    isGood ? "complete" : "incomplete",
                    isGood ? null : status == StreamStatus.CANCELLED ? "canceled" : "failed",
                    job.id(),
                    entry.getValue().attempt(),
                    isGood && job.wish().kind() == JobKind.CLEAR,
                    isGood ? now : null,
                    entry.getValue().totals().records(),
                    now);
        }
    }

    /**
     * What a job did over all its attempts.
     *
     * @param sum over all streams
     * @param streams by stream
     */
    private record Totals(Job.Totals sum, Map<StreamId, OfStream> streams) {
        /**
         * What it did to a stream.
         *
         * @param attempt the last attempt at it
         * @param status how that one left it
         * @param totals what all of them did
         * @param earlier what earlier jobs had committed of the same read
         */
        private record OfStream(int attempt, StreamStatus status, Job.Totals totals, long earlier) {}

        private record OfAttempt(int attempt, AttemptStream stream) {}

        static Totals of(Transaction transaction, long jobId) throws SQLException {
            Map<StreamId, OfStream> streams = new LinkedHashMap<>();
            for (OfAttempt each : transaction.all(
                    row -> new OfAttempt((int) row.number("attempt"), JobRows.readStream(row)),
                    "SELECT * FROM attempt_stream WHERE job_id = ? ORDER BY attempt, namespace, name",
                    jobId)) {
                streams.compute(each.stream().stream(), (_, before) -> after(before, each));
            }
            long records = 0;
            long bytes = 0;
            long rejected = 0;
            for (OfStream stream : streams.values()) {
                records += stream.totals().records();
                bytes += stream.totals().bytes();
                rejected += stream.totals().rejected();
            }
            return new Totals(new Job.Totals(records, bytes, rejected), streams);
        }

        /**
         * An attempt that began a read anew has discarded what earlier ones had committed. One that went on knows how much
         * that was, also where a killed process could not say it any more.
         */
        private static OfStream after(@Nullable OfStream before, OfAttempt next) {
            AttemptStream.Counts counts = next.stream().counts();
            Job.Totals base = before == null ? new Job.Totals(0, 0, 0) : before.totals();
            long earlier = before == null ? (next.attempt() == 0 ? counts.before() : 0) : before.earlier();
            boolean didNothing = counts.read() == 0 && counts.before() == 0;
            boolean beganAnew = !didNothing && counts.before() == 0;
            Job.Totals kept = beganAnew ? new Job.Totals(0, 0, 0) : base;
            long records =
                    Math.max(kept.records() + counts.committed(), counts.before() + counts.committed() - earlier);
            return new OfStream(
                    next.attempt(),
                    next.stream().status(),
                    new Job.Totals(records, kept.bytes() + counts.bytes(), kept.rejected() + counts.rejected()),
                    beganAnew ? 0 : earlier);
        }
    }
}
