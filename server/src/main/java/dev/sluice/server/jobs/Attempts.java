package dev.sluice.server.jobs;

import dev.sluice.engine.state.FailureCount;
import dev.sluice.server.leases.Lease;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.states.StreamStates;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins and ends attempts at jobs. What is written is written as the holder of the lease (I8). */
final class Attempts {
    private final UUID server;
    private final Leases leases;
    private final Clock clock;
    private final List<JobListener> listeners;
    private final JobEnds ends;

    Attempts(UUID server, Leases leases, Clock clock, List<JobListener> listeners) {
        this.server = server;
        this.leases = leases;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
        this.ends = new JobEnds(clock, listeners);
    }

    /** Takes a waiting job and begins an attempt at it; nothing if somebody else was faster. */
    Optional<RunningJob> begin(Transaction transaction, Job waiting) throws SQLException {
        Optional<Lease> lease =
                leases.take(transaction, waiting.id(), waiting.course().token());
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        int number = (int) transaction.count("SELECT count(*) AS n FROM attempt WHERE job_id = ?", waiting.id());
        Job job = transaction
                .first(
                        JobRows::readJob,
                        "UPDATE job SET status = ?, sync_id = ?, started_at = coalesce(started_at, ?), updated_at = ?"
                                + " WHERE id = ? RETURNING *",
                        JobStatus.RUNNING,
                        syncId(transaction, waiting, now),
                        now,
                        now,
                        waiting.id())
                .orElseThrow();
        transaction.change(
                "INSERT INTO attempt (job_id, number, status, server_id, snapshot, records, bytes, rejected,"
                        + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?, ?)",
                job.id(),
                number,
                Attempt.Status.RUNNING,
                server,
                Json.EMPTY,
                now,
                now);
        Summaries.running(transaction, job);
        if (number == 0) {
            for (JobListener listener : listeners) {
                listener.began(transaction, job);
            }
        }
        return Optional.of(new RunningJob(job, number, lease.get(), new AttemptLog(clock, AttemptLog.Room.USUAL)));
    }

    /** The number that the rows of a job carry: greater than all that came before, whatever the clock says. */
    private static @Nullable Long syncId(Transaction transaction, Job job, Instant now) throws SQLException {
        UUID connectionId = job.wish().connectionId();
        if (connectionId == null || job.course().syncId() != null) {
            return job.course().syncId();
        }
        long last = transaction.count(
                "SELECT coalesce(max(sync_id), 0) AS n FROM job WHERE connection_id = ?", connectionId);
        long known = new StreamStates(connectionId).lastSyncId(transaction);
        return Math.max(now.toEpochMilli(), Math.max(last, known) + 1);
    }

    /** Saves what is new of a running job, and gives a sign of life; returns what became of the job meanwhile. */
    Sign report(Transaction transaction, RunningJob running, List<AttemptStream> news, List<LogLine> lines)
            throws SQLException {
        if (!leases.beat(transaction, running.lease())) {
            return Sign.LOST;
        }
        keep(transaction, running, news, lines);
        return transaction.count(
                                "SELECT count(*) AS n FROM job WHERE id = ? AND cancel_wished",
                                running.job().id())
                        > 0
                ? Sign.CANCEL
                : Sign.GO_ON;
    }

    /** What a running job hears when it gives a sign of life. */
    enum Sign {
        GO_ON,
        CANCEL,
        LOST
    }

    private void keep(Transaction transaction, RunningJob running, List<AttemptStream> news, List<LogLine> lines)
            throws SQLException {
        long id = running.job().id();
        JobRows.saveStreams(transaction, id, running.attempt(), news, clock.instant());
        if (!lines.isEmpty()) {
            Logs.append(transaction, id, running.attempt(), lines);
        }
        if (!news.isEmpty()) {
            transaction.change(
                    "UPDATE attempt SET updated_at = ?, records = s.committed, bytes = s.read, rejected = s.rejected"
                            + " FROM (SELECT coalesce(sum(records_rejected), 0) AS rejected,"
                            + " coalesce(sum(records_committed), 0) AS committed, coalesce(sum(bytes_read), 0) AS read"
                            + " FROM attempt_stream WHERE job_id = ? AND attempt = ?) s"
                            + " WHERE job_id = ? AND number = ?",
                    clock.instant(),
                    id,
                    running.attempt(),
                    id,
                    running.attempt());
            transaction.change("UPDATE job SET updated_at = ? WHERE id = ?", clock.instant(), id);
        }
    }

    /**
     * Ends an attempt, and decides what becomes of the job.
     *
     * @param stopping true if the whole process ends; what it stops is nobody's failure
     */
    void end(Transaction transaction, RunningJob running, AttemptResult result, boolean stopping) throws SQLException {
        Leases.require(transaction, running.lease());
        keep(transaction, running, result.streams(), running.log().waiting());
        Job job = current(transaction, running.job().id());
        switch (result.outcome()) {
            case SUCCEEDED -> {
                closeAttempt(transaction, job.id(), running.attempt(), null, result.found());
                ends.close(transaction, job, JobStatus.SUCCEEDED);
            }
            case STOPPED -> {
                boolean cancelled = job.course().cancelWished() || !stopping;
                closeAttempt(
                        transaction, job.id(), running.attempt(), cancelled ? cancelled() : stopped(), result.found());
                if (cancelled) {
                    ends.close(transaction, job, JobStatus.CANCELLED);
                } else {
                    waitAgain(transaction, job, job.course().failures(), Duration.ZERO);
                }
            }
            case FAILED -> {
                Problem problem = Objects.requireNonNull(result.problem());
                closeAttempt(transaction, job.id(), running.attempt(), problem, result.found());
                failed(transaction, job, running.attempt(), problem, result.hasProgress());
            }
        }
    }

    private void failed(Transaction transaction, Job job, int attempt, Problem problem, boolean progress)
            throws SQLException {
        if (job.course().cancelWished()) {
            ends.close(transaction, job, JobStatus.CANCELLED);
            return;
        }
        FailureCount failures = Retries.counted(job.course().failures(), progress);
        Optional<Duration> pause = Retries.pause(problem, attempt, failures);
        if (pause.isPresent() && job.wish().kind().isJudged()) {
            waitAgain(transaction, job, failures, pause.get());
        } else {
            ends.close(transaction, job, JobStatus.FAILED);
        }
    }

    /**
     * Takes over a job whose holder is dead: its attempt has failed, and the job goes on at once, or ends where somebody
     * wanted that, or where it has failed too often.
     *
     * @param dead the lease of the dead
     */
    void takeOver(Transaction transaction, Lease dead) throws SQLException {
        Optional<Lease> lease = leases.take(transaction, dead.jobId(), dead.token());
        if (lease.isEmpty()) {
            return;
        }
        Job job = current(transaction, dead.jobId());
        Problem died = Problem.of("E_SERVER_DIED", ProblemKind.TRANSIENT, "the server that worked on the job is gone")
                .at("job " + job.id())
                .because("it gave no sign of life, or was started anew")
                .fix("nothing; the job goes on from what was committed");
        Optional<Long> open = transaction.first(
                row -> row.number("number"),
                "SELECT number FROM attempt WHERE job_id = ? AND status = ? ORDER BY number DESC",
                job.id(),
                Attempt.Status.RUNNING);
        boolean progress = open.isPresent()
                && transaction.count(
                                "SELECT coalesce(sum(records_committed), 0) AS n FROM attempt_stream"
                                        + " WHERE job_id = ? AND attempt = ?",
                                job.id(),
                                open.get())
                        > 0;
        if (open.isPresent()) {
            closeAttempt(transaction, job.id(), open.get().intValue(), died, Json.EMPTY);
        }
        FailureCount failures = Retries.counted(job.course().failures(), progress);
        if (job.course().cancelWished()) {
            ends.close(transaction, job, JobStatus.CANCELLED);
        } else if (Retries.pause(died, 0, failures).isEmpty()) {
            ends.close(transaction, job, JobStatus.FAILED);
        } else {
            waitAgain(transaction, job, failures, Duration.ZERO);
        }
    }

    private static Job current(Transaction transaction, long id) throws SQLException {
        return transaction
                .first(JobRows::readJob, "SELECT * FROM job WHERE id = ?", id)
                .orElseThrow();
    }

    private void closeAttempt(Transaction transaction, long jobId, int number, @Nullable Problem failure, Json found)
            throws SQLException {
        transaction.change(
                "UPDATE attempt SET status = ?, failure = ?, snapshot = ?, updated_at = ?, ended_at = ?"
                        + " WHERE job_id = ? AND number = ?",
                failure == null ? Attempt.Status.SUCCEEDED : Attempt.Status.FAILED,
                ProblemText.write(failure),
                found,
                clock.instant(),
                clock.instant(),
                jobId,
                number);
    }

    private void waitAgain(Transaction transaction, Job job, FailureCount failures, Duration pause)
            throws SQLException {
        Instant now = clock.instant();
        transaction.change(
                "UPDATE job SET status = ?, lease_owner = NULL, failures = ?, due_at = ?, updated_at = ? WHERE id = ?",
                JobStatus.INCOMPLETE,
                JobRows.writeFailures(failures),
                now.plus(pause),
                now,
                job.id());
        Summaries.waiting(transaction, job);
    }

    private static Problem cancelled() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "somebody cancelled the run")
                .fix("nothing; what was committed stays, and the next run goes on from there");
    }

    private static Problem stopped() {
        return Problem.of("E_SERVER_STOPPED", ProblemKind.CANCELLED, "the server was stopped in the middle of the run")
                .fix("nothing; the run goes on when the server is started again");
    }
}
