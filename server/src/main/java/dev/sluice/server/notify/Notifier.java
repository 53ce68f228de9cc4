package dev.sluice.server.notify;

import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.drift.SchemaChangeState;
import dev.sluice.server.drift.SchemaListener;
import dev.sluice.server.drift.StreamSchemaChange;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.JobSums;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.Workspaces;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes messages, within the transactions that they tell of: a message and what it is about are there together. */
public final class Notifier implements JobListener, SchemaListener {
    private final Workspaces workspaces;
    private final Connections connections;
    private final Actors actors;
    private final Jobs jobs;
    private final Messages messages;
    private final String base;

    /**
     * One for a store.
     *
     * @param base the address at which people reach the server
     */
    public Notifier(String base, Clock clock) {
        this.base = base;
        this.workspaces = new Workspaces(clock);
        this.connections = new Connections(clock);
        this.actors = new Actors(clock, List.of());
        this.jobs = new Jobs(clock, List.of());
        this.messages = new Messages(clock);
    }

    @Override
    public void ended(Transaction transaction, Job job) throws SQLException {
        UUID connectionId = job.wish().connectionId();
        if (connectionId == null
                || job.status() == JobStatus.CANCELLED
                || !job.wish().kind().isJudged()) {
            return;
        }
        boolean success = job.status() == JobStatus.SUCCEEDED;
        Problem problem = success ? null : problem(transaction, job);
        tell(
                transaction,
                connectionId,
                job.id(),
                success ? Occasion.SUCCESS : Occasion.FAILURE,
                about -> Texts.ended(about.subject(), job, about.sums(), problem));
        if (job.totals().rejected() > 0 && hasRejectedTooMany(transaction, job, connectionId)) {
            tell(
                    transaction,
                    connectionId,
                    job.id(),
                    Occasion.REJECTED_RECORDS,
                    about -> Texts.rejected(about.subject(), job));
        }
    }

    /** A stream whose settings say when somebody is told is held against them, all others together against the workspace's. */
    private boolean hasRejectedTooMany(Transaction transaction, Job job, UUID connectionId) throws SQLException {
        Map<StreamId, RejectLimit> own = new HashMap<>();
        for (ConnectionStream stream : connections.streams(transaction, connectionId)) {
            RejectNotices.of(stream).ifPresent(limit -> own.put(stream.stream(), limit));
        }
        long ofOthers = job.totals().rejected();
        for (Map.Entry<StreamId, Tally> each : tallies(transaction, job).entrySet()) {
            RejectLimit limit = own.get(each.getKey());
            if (limit != null) {
                Tally tally = each.getValue();
                ofOthers -= tally.rejected;
                if (limit.isExceeded(tally.rejected, tally.read, true)) {
                    return true;
                }
            }
        }
        long threshold = workspaces
                .find(transaction, job.wish().workspaceId())
                .map(NotificationSettings::rejected)
                .orElse(Long.MAX_VALUE);
        return ofOthers > 0 && ofOthers >= threshold;
    }

    /** What a stream has read and rejected in a job. */
    private record Tally(long read, long rejected) {}

    private Map<StreamId, Tally> tallies(Transaction transaction, Job job) throws SQLException {
        Map<StreamId, Tally> tallies = new HashMap<>();
        for (Attempt attempt : jobs.attempts(transaction, job.id())) {
            for (AttemptStream stream : jobs.streams(transaction, job.id(), attempt.number())) {
                AttemptStream.Counts counts = stream.counts();
                tallies.merge(
                        stream.stream(),
                        new Tally(counts.read(), counts.rejected()),
                        (before, more) -> new Tally(before.read + more.read, before.rejected + more.rejected));
            }
        }
        return tallies;
    }

    private Problem problem(Transaction transaction, Job job) throws SQLException {
        List<Attempt> attempts = jobs.attempts(transaction, job.id());
        Problem problem = attempts.isEmpty() ? null : attempts.getLast().failure();
        return problem == null ? Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "nothing says why") : problem;
    }

    @Override
    public void warned(Transaction transaction, Job job, FailureRow row) throws SQLException {
        tellOf(transaction, job, Occasion.SYNC_DISABLED_WARNING, about -> Texts.warned(about.subject(), row));
    }

    @Override
    public void disabled(Transaction transaction, Job job, FailureRow row) throws SQLException {
        tellOf(transaction, job, Occasion.SYNC_DISABLED, about -> Texts.disabled(about.subject(), row));
    }

    private void tellOf(Transaction transaction, Job job, Occasion occasion, Function<About, Content> words)
            throws SQLException {
        UUID connectionId = job.wish().connectionId();
        if (connectionId != null) {
            tell(transaction, connectionId, job.id(), occasion, words);
        }
    }

    /** A run has waited for a while. */
    void queued(Transaction transaction, Job job) throws SQLException {
        tellOf(transaction, job, Occasion.CONNECTION_SYNC_QUEUED, about -> Texts.queued(about.subject(), job));
    }

    @Override
    public void found(
            Transaction transaction,
            Connection connection,
            @Nullable Long jobId,
            List<StreamSchemaChange> news,
            boolean disabled)
            throws SQLException {
        if (!connection.settings().schemaRules().notifies()) {
            return;
        }
        boolean needsSomebody = disabled
                || news.stream()
                        .anyMatch(change -> change.state() == SchemaChangeState.OPEN
                                && change.weight().stopped());
        tell(
                transaction,
                connection.id(),
                jobId,
                needsSomebody ? Occasion.CONNECTION_UPDATE_ACTION_REQUIRED : Occasion.CONNECTION_UPDATE,
                about -> Texts.changed(about.subject(), news, disabled));
    }

    @Override
    public void reviewed(
            Transaction transaction,
            Connection connection,
            List<StreamSchemaChange> accepted,
            List<StreamSchemaChange> ignored) {
        // Whoever settles changes knows of it.
    }

    private record About(Texts.Subject subject, JobSums sums) {}

    private void tell(
            Transaction transaction,
            UUID connectionId,
            @Nullable Long jobId,
            Occasion occasion,
            Function<About, Content> words)
            throws SQLException {
        Connection connection = connections.find(transaction, connectionId).orElse(null);
        Workspace workspace = connection == null
                ? null
                : workspaces.find(transaction, connection.workspaceId()).orElse(null);
        if (connection == null || workspace == null) {
            return;
        }
        Wishes wishes = Wishes.of(workspace);
        for (Channel channel : Channel.values()) {
            if (wishes.wants(occasion, channel)) {
                About about = new About(subject(transaction, workspace, connection), jobs.sums(transaction, jobId));
                messages.add(transaction, workspace.id(), connectionId, jobId, occasion, channel, words.apply(about));
            }
        }
    }

    private Texts.Subject subject(Transaction transaction, Workspace workspace, Connection connection)
            throws SQLException {
        return new Texts.Subject(
                named(workspace, base),
                new Texts.Named(
                        connection.id(), connection.name(), place(workspace) + "/connections/" + connection.id()),
                actor(
                        transaction,
                        workspace,
                        ConnectorKind.SOURCE,
                        connection.ends().sourceId()),
                actor(
                        transaction,
                        workspace,
                        ConnectorKind.DESTINATION,
                        connection.ends().destinationId()));
    }

    static Texts.Named named(Workspace workspace, String base) {
        return new Texts.Named(workspace.id(), workspace.name(), base + "/workspaces/" + workspace.id());
    }

    private String place(Workspace workspace) {
        return base + "/workspaces/" + workspace.id();
    }

    private Texts.Named actor(Transaction transaction, Workspace workspace, ConnectorKind kind, UUID id)
            throws SQLException {
        String name =
                actors.find(transaction, kind, id).map(actor -> actor.name()).orElse("");
        String group = kind == ConnectorKind.SOURCE ? "/sources/" : "/destinations/";
        return new Texts.Named(id, name, place(workspace) + group + id);
    }
}
