package dev.sluice.server.jobs;

import dev.sluice.server.connections.ShownStatus;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What lists show of connections, kept by the transactions that change their jobs. */
final class Summaries {
    private Summaries() {}

    /** How long it goes wrong, as far as it was noted. */
    record Standing(
            long failedInRow,
            @Nullable Instant since,
            @Nullable Instant warnedAt) {}

    static void waiting(Transaction transaction, Job job) throws SQLException {
        show(transaction, job, ShownStatus.QUEUED, job.id());
    }

    static void running(Transaction transaction, Job job) throws SQLException {
        show(transaction, job, ShownStatus.RUNNING, job.id());
    }

    private static void show(Transaction transaction, Job job, ShownStatus status, long open) throws SQLException {
        UUID connectionId = job.wish().connectionId();
        if (connectionId != null) {
            transaction.change(
                    "UPDATE connection_summary SET shown_status = ?, open_job_id = ? WHERE connection_id = ?",
                    status,
                    open,
                    connectionId);
        }
    }

    static void ended(Transaction transaction, UUID connectionId, Job job, Standing standing) throws SQLException {
        boolean succeeded = job.status() == JobStatus.SUCCEEDED;
        ShownStatus shown = !succeeded
                ? ShownStatus.FAILED
                : job.wish().kind() == JobKind.CLEAR ? ShownStatus.NOT_SYNCED : ShownStatus.HEALTHY;
        transaction.change(
                "UPDATE connection_summary SET shown_status = ?, open_job_id = NULL, last_job_id = ?,"
                        + " last_job_status = ?, last_job_at = ?, last_success_at = coalesce(?, last_success_at),"
                        + " failed_in_row = ?, failing_since = ?, warned_at = ? WHERE connection_id = ?",
                shown,
                job.id(),
                job.status(),
                job.times().createdAt(),
                succeeded ? job.times().createdAt() : null,
                standing.failedInRow(),
                standing.since(),
                standing.warnedAt(),
                connectionId);
    }

    /** A job has ended by which the connection is not judged: it stands as the last one left it by which it is. */
    static void asBefore(Transaction transaction, UUID connectionId) throws SQLException {
        transaction.change(
                "UPDATE connection_summary SET open_job_id = NULL, shown_status = CASE WHEN last_job_status IS NULL"
                        + " THEN ? WHEN last_job_status = ? THEN ? ELSE ? END WHERE connection_id = ?",
                ShownStatus.NOT_SYNCED,
                JobStatus.SUCCEEDED,
                ShownStatus.HEALTHY,
                ShownStatus.FAILED,
                connectionId);
    }

    static Optional<Standing> standing(Transaction transaction, UUID connectionId) throws SQLException {
        return transaction.first(
                Summaries::read, "SELECT * FROM connection_summary WHERE connection_id = ?", connectionId);
    }

    private static Standing read(Row row) throws SQLException {
        return new Standing(row.number("failed_in_row"), row.timeOrNull("failing_since"), row.timeOrNull("warned_at"));
    }
}
