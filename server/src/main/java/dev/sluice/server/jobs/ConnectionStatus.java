package dev.sluice.server.jobs;

import dev.sluice.server.connections.Standing;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** How a connection is, as its page shows it: the first rule that holds over its last jobs. */
public enum ConnectionStatus {
    /** A job is under way. */
    RUNNING,
    /** A job waits for its turn. */
    QUEUED,
    /** A job waits for its next attempt, or nothing has ended yet. */
    PENDING,
    /** Somebody has to do something: the source has changed, or a setting is wrong. */
    FAILED,
    /** It is switched off. */
    PAUSED,
    /** The last job did not do all it should. */
    INCOMPLETE,
    /** The last job did all it should. */
    SYNCED;

    private static final int LOOKED_AT = 10;

    /** The status of a connection. */
    public static ConnectionStatus of(Transaction transaction, UUID connectionId, Standing standing)
            throws SQLException {
        List<Job> last = transaction.all(
                JobRows::readJob,
                "SELECT * FROM job WHERE connection_id = ? ORDER BY id DESC LIMIT " + LOOKED_AT,
                connectionId);
        Optional<Job> ended = judged(last).findFirst();
        boolean isWrong = ended.isPresent()
                && ended.get().status() == JobStatus.FAILED
                && hasWrongSettings(transaction, ended.get().id());
        return of(last, standing, isWrong);
    }

    private static Stream<Job> judged(List<Job> last) {
        return last.stream()
                .filter(job -> job.status().isEnd() && job.wish().kind().isJudged());
    }

    /**
     * The status by the rules.
     *
     * @param last the last jobs, the newest first
     * @param isWrong true if the last one that ended failed because of settings or rights
     */
    static ConnectionStatus of(List<Job> last, Standing standing, boolean isWrong) {
        if (last.stream().anyMatch(job -> job.status() == JobStatus.RUNNING)) {
            return RUNNING;
        }
        if (last.stream().anyMatch(job -> job.status() == JobStatus.PENDING)) {
            return QUEUED;
        }
        if (last.stream().anyMatch(job -> job.status() == JobStatus.INCOMPLETE)) {
            return PENDING;
        }
        if (standing.breakingChange() || isWrong) {
            return FAILED;
        }
        if (standing.status() != Standing.Status.ACTIVE) {
            return PAUSED;
        }
        Job newest = judged(last).findFirst().orElse(null);
        if (newest == null) {
            return PENDING;
        }
        if (newest.status() == JobStatus.CANCELLED) {
            return INCOMPLETE;
        }
        if (newest.wish().kind() == JobKind.CLEAR) {
            return PENDING;
        }
        return newest.status() == JobStatus.FAILED ? INCOMPLETE : SYNCED;
    }

    /** True if the last attempt at a job, or a stream of it, failed in a way that only a person can mend. */
    private static boolean hasWrongSettings(Transaction transaction, long jobId) throws SQLException {
        List<Attempt> attempts = transaction.all(
                JobRows::readAttempt, "SELECT * FROM attempt WHERE job_id = ? ORDER BY number DESC LIMIT 1", jobId);
        if (attempts.isEmpty()) {
            return false;
        }
        List<AttemptStream> streams = transaction.all(
                JobRows::readStream,
                "SELECT * FROM attempt_stream WHERE job_id = ? AND attempt = ? AND problem IS NOT NULL",
                jobId,
                attempts.getFirst().number());
        return Stream.concat(
                        Stream.ofNullable(attempts.getFirst().failure()),
                        streams.stream().map(AttemptStream::problem).filter(Objects::nonNull))
                .map(Problem::kind)
                .anyMatch(kind -> kind == ProblemKind.CONFIG || kind == ProblemKind.PERMISSION);
    }
}
