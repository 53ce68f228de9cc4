package dev.sluice.server.alerts;

import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.drift.SchemaListener;
import dev.sluice.server.drift.StreamSchemaChange;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Raises alerts and resolves them: hears of jobs, connections and sources, within the transactions that change them. */
public final class AlertKeeper implements JobListener, ConnectionListener, SchemaListener {
    /** A longer message of another system is cut: the job has all of it. */
    private static final int LONGEST = 500;

    private static final List<AlertKind> KINDS = List.of(AlertKind.values());

    private final Alerts alerts;
    private final Jobs jobs;

    /**
     * One for a store.
     *
     * @param clock the time of its alerts
     */
    public AlertKeeper(Clock clock) {
        this.alerts = new Alerts(clock);
        this.jobs = new Jobs(clock, List.of());
    }

    @Override
    public void ended(Transaction transaction, Job job) throws SQLException {
        UUID connectionId = job.wish().connectionId();
        if (connectionId == null || job.status() == JobStatus.CANCELLED) {
            return;
        }
        if (job.wish().kind().isJudged()) {
            if (job.status() == JobStatus.FAILED) {
                alerts.raise(transaction, connectionId, AlertKind.SYNC_FAILED, failure(transaction, job));
            } else {
                alerts.resolve(transaction, connectionId, AlertKind.SYNC_FAILED);
            }
            // What a run has found settled in its source is told by nobody else.
            reconsider(transaction, connectionId, job.id());
        }
        reconsiderRejected(transaction, connectionId, job);
    }

    /** A run that was all right and rejected nothing shows that nothing is rejected any more; one that failed shows nothing. */
    private void reconsiderRejected(Transaction transaction, UUID connectionId, Job job) throws SQLException {
        long rejected = job.totals().rejected();
        if (rejected > 0) {
            alerts.raise(
                    transaction,
                    connectionId,
                    AlertKind.RECORDS_REJECTED,
                    new Alert.Cause(job.id(), null, null, rejected));
        } else if (job.status() == JobStatus.SUCCEEDED) {
            alerts.resolve(transaction, connectionId, AlertKind.RECORDS_REJECTED);
        }
    }

    private Alert.Cause failure(Transaction transaction, Job job) throws SQLException {
        List<Attempt> attempts = jobs.attempts(transaction, job.id());
        Problem problem = attempts.isEmpty() ? null : attempts.getLast().failure();
        return problem == null
                ? new Alert.Cause(job.id(), null, null, null)
                : new Alert.Cause(job.id(), problem.code(), cut(problem.message()), null);
    }

    private static String cut(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + " ...";
    }

    @Override
    public void disabled(Transaction transaction, Job job, FailureRow row) throws SQLException {
        alerts.raise(
                transaction,
                Objects.requireNonNull(job.wish().connectionId()),
                AlertKind.CONNECTION_DISABLED,
                new Alert.Cause(job.id(), Jobs.DISABLED, null, row.jobs()));
    }

    @Override
    public void changed(Transaction transaction, UUID connectionId) {
        // What has changed is told by what follows.
    }

    @Override
    public void edited(Transaction transaction, Connection before, Connection after) throws SQLException {
        if (!after.life().isThere()) {
            for (AlertKind kind : KINDS) {
                alerts.resolve(transaction, after.id(), kind);
            }
            return;
        }
        boolean was = before.standing().status() == Standing.Status.ACTIVE;
        boolean is = after.standing().status() == Standing.Status.ACTIVE;
        if (!was && is) {
            alerts.resolve(transaction, after.id(), AlertKind.CONNECTION_DISABLED);
        } else if (was && !is && after.standing().reason() == null) {
            // Whoever switches it off knows that it failed.
            alerts.resolve(transaction, after.id(), AlertKind.SYNC_FAILED);
        }
    }

    @Override
    public void chosen(
            Transaction transaction, UUID connectionId, List<ConnectionStream> before, List<ConnectionStream> after)
            throws SQLException {
        if (!before.isEmpty()) {
            reconsider(transaction, connectionId, null);
        }
    }

    @Override
    public void found(
            Transaction transaction,
            Connection connection,
            @Nullable Long jobId,
            List<StreamSchemaChange> news,
            boolean disabled)
            throws SQLException {
        reconsider(transaction, connection.id(), jobId);
        if (disabled) {
            alerts.raise(
                    transaction,
                    connection.id(),
                    AlertKind.CONNECTION_DISABLED,
                    new Alert.Cause(jobId, SchemaListener.DISABLED, null, (long) news.size()));
        }
    }

    @Override
    public void reviewed(
            Transaction transaction,
            Connection connection,
            List<StreamSchemaChange> accepted,
            List<StreamSchemaChange> ignored)
            throws SQLException {
        reconsider(transaction, connection.id(), null);
    }

    /** Holds the alerts about a source against the changes that nobody has settled. */
    private void reconsider(Transaction transaction, UUID connectionId, @Nullable Long jobId) throws SQLException {
        List<StreamSchemaChange> open = SchemaChanges.of(transaction, connectionId).stream()
                .filter(StreamSchemaChange::isOpen)
                .toList();
        long stopped = open.stream().filter(change -> change.weight().stopped()).count();
        hold(transaction, connectionId, AlertKind.SCHEMA_BREAKING, jobId, stopped);
        hold(transaction, connectionId, AlertKind.SCHEMA_CHANGED, jobId, open.size() - stopped);
    }

    private void hold(Transaction transaction, UUID connectionId, AlertKind kind, @Nullable Long jobId, long count)
            throws SQLException {
        if (count == 0) {
            alerts.resolve(transaction, connectionId, kind);
        } else {
            alerts.raise(transaction, connectionId, kind, new Alert.Cause(jobId, null, null, count));
        }
    }
}
