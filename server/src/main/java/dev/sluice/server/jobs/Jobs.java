package dev.sluice.server.jobs;

import dev.sluice.engine.state.FailureCount;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The jobs that there are, and that somebody wants. */
public final class Jobs {
    /** Why a connection was switched off that failed too often. */
    public static final String DISABLED = "TOO_MANY_FAILED_JOBS_WITH_NO_RECENT_SUCCESS";

    private final Clock clock;
    private final List<JobListener> listeners;
    private final JobEnds ends;

    /**
     * Those of a store.
     *
     * @param clock the time
     * @param listeners who hears of them
     */
    public Jobs(Clock clock, List<JobListener> listeners) {
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
        this.ends = new JobEnds(clock, listeners);
    }

    /**
     * Puts a job into the queue. A dispatcher that is to hear of it at once is woken after the transaction.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFLICT}: code {@code E_JOB_OPEN}, if the
     *     connection has an open job; {@code E_CONNECTION_GONE}, if it is deleted
     */
    public Job add(Transaction transaction, JobWish wish) throws SQLException {
        UUID connectionId = wish.connectionId();
        if (connectionId != null) {
            requireIdle(transaction, connectionId);
        }
        Instant now = clock.instant();
        Job job = transaction
                .first(
                        JobRows::readJob,
                        "INSERT INTO job (workspace_id, connection_id, actor_id, kind, status, open, started_by,"
                                + " request, cancel_wished, due_at, lease_token, lease_beat, failures, records, bytes,"
                                + " rejected, created_at, updated_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0, 0, 0, ?, ?) RETURNING *",
                        wish.workspaceId(),
                        connectionId,
                        wish.actorId(),
                        wish.kind(),
                        JobStatus.PENDING,
                        true,
                        wish.startedBy(),
                        wish.request(),
                        false,
                        now,
                        JobRows.writeFailures(FailureCount.NONE),
                        now,
                        now)
                .orElseThrow();
        Summaries.waiting(transaction, job);
        for (JobListener listener : listeners) {
            listener.added(transaction, job);
        }
        return job;
    }

    /** The unique index over open jobs decides where two ask at once; this says it in better words. */
    private static void requireIdle(Transaction transaction, UUID connectionId) throws SQLException {
        Optional<Long> open = openOf(transaction, connectionId);
        if (open.isPresent()) {
            throw Problem.of("E_JOB_OPEN", ProblemKind.CONFLICT, "the connection is running already")
                    .at("job " + open.get())
                    .fix("wait for its end, or cancel it")
                    .exception();
        }
        if (transaction.count(
                        "SELECT count(*) AS n FROM connection_summary u JOIN connection c ON c.id = u.connection_id"
                                + " WHERE c.id = ? AND c.deleted_at IS NULL",
                        connectionId)
                == 0) {
            throw Problem.of("E_CONNECTION_GONE", ProblemKind.CONFLICT, "there is no such connection any more")
                    .at("connection " + connectionId)
                    .exception();
        }
    }

    /** The open job of a connection. */
    public static Optional<Long> openOf(Transaction transaction, UUID connectionId) throws SQLException {
        return transaction.first(
                row -> row.number("id"), "SELECT id FROM job WHERE connection_id = ? AND open", connectionId);
    }

    /** A job. */
    public Optional<Job> find(Transaction transaction, long id) throws SQLException {
        return transaction.first(JobRows::readJob, "SELECT * FROM job WHERE id = ?", id);
    }

    /** The jobs that a filter means. */
    public List<Job> list(Transaction transaction, JobFilter filter, JobOrder order, Page page) throws SQLException {
        Where where = filter.where();
        return transaction.all(
                JobRows::readJob,
                "SELECT * FROM job" + where.sql() + order.sql() + " LIMIT ? OFFSET ?",
                where.values(page));
    }

    /** How many jobs a filter means. */
    public long count(Transaction transaction, JobFilter filter) throws SQLException {
        Where where = filter.where();
        return transaction.count("SELECT count(*) AS n FROM job" + where.sql(), where.values());
    }

    /** The last job of a connection that moves data. */
    public static Optional<Job> lastOf(Transaction transaction, UUID connectionId) throws SQLException {
        return transaction.first(
                JobRows::readJob, "SELECT * FROM job WHERE connection_id = ? ORDER BY id DESC LIMIT 1", connectionId);
    }

    /** Writes down for lists when a connection runs next; null for never. */
    public static void saveNextRun(Transaction transaction, UUID connectionId, @Nullable Instant at)
            throws SQLException {
        transaction.change("UPDATE connection_summary SET next_run_at = ? WHERE connection_id = ?", at, connectionId);
    }

    /** The attempts at a job, the first one first. */
    public List<Attempt> attempts(Transaction transaction, long id) throws SQLException {
        return transaction.all(
                JobRows::readAttempt, "SELECT * FROM attempt WHERE job_id = ? ORDER BY number LIMIT 1000", id);
    }

    /** What an attempt did to each stream. */
    public List<AttemptStream> streams(Transaction transaction, long id, int attempt) throws SQLException {
        return transaction.all(
                JobRows::readStream,
                "SELECT * FROM attempt_stream WHERE job_id = ? AND attempt = ? ORDER BY namespace, name",
                id,
                attempt);
    }

    /** A part of what an attempt did to its streams, by name. */
    public List<AttemptStream> streams(Transaction transaction, long id, int attempt, Page page) throws SQLException {
        return transaction.all(
                JobRows::readStream,
                "SELECT * FROM attempt_stream WHERE job_id = ? AND attempt = ? ORDER BY namespace, name"
                        + " LIMIT ? OFFSET ?",
                id,
                attempt,
                page.limit(),
                page.offset());
    }

    /** How many jobs wait, or are worked on. */
    public static long countOpen(Transaction transaction, boolean held) throws SQLException {
        return transaction.count(
                "SELECT count(*) AS n FROM job WHERE open AND lease_owner IS " + (held ? "NOT NULL" : "NULL"));
    }

    /** The attempts of the jobs that failed last. */
    public List<Attempt> lastFailed(Transaction transaction, int most) throws SQLException {
        return transaction.all(
                JobRows::readAttempt,
                "SELECT a.* FROM attempt a JOIN (SELECT id FROM job WHERE status = ? ORDER BY id DESC LIMIT ?) j"
                        + " ON j.id = a.job_id WHERE a.status = ? ORDER BY a.job_id DESC, a.number DESC LIMIT ?",
                JobStatus.FAILED,
                most,
                Attempt.Status.FAILED,
                most);
    }

    /** What the attempts of a job did in all; nothing for no job. */
    public JobSums sums(Transaction transaction, @Nullable Long id) throws SQLException {
        return transaction
                .first(
                        row -> new JobSums(
                                row.number("records"),
                                row.number("bytes"),
                                row.number("arrived"),
                                row.number("filtered")),
                        "SELECT coalesce(sum(records_read), 0) AS records, coalesce(sum(bytes_read), 0) AS bytes,"
                                + " coalesce(sum(bytes_committed), 0) AS arrived, coalesce(sum(records_filtered), 0) AS"
                                + " filtered FROM attempt_stream WHERE job_id = ?",
                        id)
                .orElseThrow();
    }

    /** What is kept of the jobs of a connection. */
    public static Optional<ConnectionSummary> summary(Transaction transaction, UUID connectionId) throws SQLException {
        return transaction.first(
                row -> new ConnectionSummary(
                        row.numberOrNull("open_job_id"),
                        row.numberOrNull("last_job_id"),
                        row.timeOrNull("last_job_at"),
                        row.timeOrNull("last_success_at"),
                        row.number("failed_in_row"),
                        row.timeOrNull("warned_at"),
                        row.timeOrNull("next_run_at")),
                "SELECT * FROM connection_summary WHERE connection_id = ?",
                connectionId);
    }

    /**
     * Lets a job end. One that waits ends at once; one that runs ends soon, with what it has committed.
     *
     * @return the job as it stands now
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFLICT}, code {@code E_JOB_ENDED}, if it has ended
     */
    public Job cancel(Transaction transaction, long id) throws SQLException {
        Job job = transaction
                .first(
                        JobRows::readJob,
                        "SELECT * FROM job WHERE id = ? AND open"
                                + transaction.dialect().forUpdate(),
                        id)
                .orElseThrow(() -> Problem.of("E_JOB_ENDED", ProblemKind.CONFLICT, "the job has ended already")
                        .at("job " + id)
                        .exception());
        if (job.course().owner() == null) {
            ends.close(transaction, job, JobStatus.CANCELLED);
        } else {
            transaction.change(
                    "UPDATE job SET cancel_wished = ?, updated_at = ? WHERE id = ?", true, clock.instant(), id);
        }
        return find(transaction, id).orElseThrow();
    }

    /** Replaces what is to be known for a job, within the transaction of whoever works on it. */
    public void note(Transaction transaction, Job job, Json request) throws SQLException {
        transaction.change("UPDATE job SET request = ? WHERE id = ?", request, job.id());
    }

    /**
     * Forgets jobs that ended long ago, apart from the last one of each connection.
     *
     * @param before when they ended at the latest
     * @param most how many at once
     * @return how many
     */
    public int forget(Transaction transaction, Instant before, int most) throws SQLException {
        return transaction.change(
                "DELETE FROM job WHERE id IN (SELECT j.id FROM job j WHERE NOT j.open AND j.ended_at < ?"
                        + " AND (j.connection_id IS NULL OR EXISTS (SELECT 1 FROM job later"
                        + " WHERE later.connection_id = j.connection_id AND later.id > j.id)) ORDER BY j.ended_at"
                        + " LIMIT ?)",
                before,
                most);
    }
}
