package dev.sluice.server.timeline;

import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.drift.SchemaChangeState;
import dev.sluice.server.drift.SchemaListener;
import dev.sluice.server.drift.StreamSchemaChange;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.ProblemText;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the timeline: hears of jobs and connections, within the transactions that change them. */
public final class Recorder implements JobListener, ConnectionListener, SchemaListener {
    /** How many streams an event names at most. */
    private static final int MOST_STREAMS = 100;

    /** Where the rejected records of a run lie as files. */
    private static final String REJECTS_LINK = "rejectsLink";

    private final Timeline timeline;
    private final Jobs jobs;

    /**
     * One for a store.
     *
     * @param clock the time of its events
     */
    public Recorder(Clock clock) {
        this.timeline = new Timeline(clock);
        this.jobs = new Jobs(clock, List.of());
    }

    /** What a person has asked for is told when they do; what the timetable begins is told when it has ended. */
    @Override
    public void added(Transaction transaction, Job job) throws SQLException {
        UUID connectionId = job.wish().connectionId();
        if (connectionId != null && Author.CURRENT.isBound()) {
            timeline.add(
                    transaction,
                    connectionId,
                    EventKind.started(job.wish().kind()),
                    job.id(),
                    Map.of(
                            "jobId",
                            job.id(),
                            "startTimeEpochSeconds",
                            seconds(job.times().createdAt())));
        }
    }

    @Override
    public void ended(Transaction transaction, Job job) throws SQLException {
        UUID connectionId = job.wish().connectionId();
        if (connectionId == null) {
            return;
        }
        List<Attempt> attempts = jobs.attempts(transaction, job.id());
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        Instant begun =
                Objects.requireNonNullElse(job.times().startedAt(), job.times().createdAt());
        summary.put("jobId", job.id());
        summary.put("jobType", job.wish().kind().name().toLowerCase(Locale.ROOT));
        summary.put("startTimeEpochSeconds", seconds(begun));
        summary.put(
                "endTimeEpochSeconds",
                seconds(Objects.requireNonNull(job.times().endedAt())));
        summary.put("bytesLoaded", job.totals().bytes());
        summary.put("recordsLoaded", job.totals().records());
        summary.put("recordsRejected", job.totals().rejected());
        summary.put("attemptsCount", attempts.size());
        if (!attempts.isEmpty()) {
            Attempt last = attempts.getLast();
            List<AttemptStream> streams = jobs.streams(transaction, job.id(), last.number());
            summary.put("streamsCount", streams.size());
            summary.put(
                    "streams",
                    streams.stream()
                            .limit(MOST_STREAMS)
                            .map(stream -> stream.stream().toString())
                            .toList());
            JsonText.object(last.snapshot().text()).forEach((name, value) -> {
                if (name.equals(REJECTS_LINK)) {
                    summary.put(name, value);
                }
            });
            Problem problem = last.failure();
            if (problem != null && job.status() == JobStatus.FAILED) {
                summary.put("failureReason", ProblemText.members(problem));
            }
        }
        timeline.add(transaction, connectionId, EventKind.ended(job.wish().kind(), how(job)), job.id(), summary);
    }

    private static String how(Job job) {
        return switch (job.status()) {
            case SUCCEEDED -> "SUCCEEDED";
            case CANCELLED -> "CANCELLED";
            case FAILED -> job.totals().bytes() > 0 || job.totals().records() > 0 ? "INCOMPLETE" : "FAILED";
            case PENDING, RUNNING, INCOMPLETE -> throw new IllegalStateException("not an end: " + job.status());
        };
    }

    @Override
    public void warned(Transaction transaction, Job job, FailureRow row) throws SQLException {
        timeline.add(transaction, connection(job), EventKind.CONNECTION_WARNED, job.id(), summary(row));
    }

    @Override
    public void disabled(Transaction transaction, Job job, FailureRow row) throws SQLException {
        Map<String, @Nullable Object> summary = summary(row);
        summary.put("disabledReason", Jobs.DISABLED);
        timeline.add(transaction, connection(job), EventKind.CONNECTION_DISABLED, job.id(), summary);
    }

    private static UUID connection(Job job) {
        return Objects.requireNonNull(job.wish().connectionId());
    }

    private static Map<String, @Nullable Object> summary(FailureRow row) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("failedJobs", row.jobs());
        summary.put("failingSince", row.since().toString());
        return summary;
    }

    @Override
    public void changed(Transaction transaction, UUID connectionId) {
        // What has changed is told by what follows.
    }

    @Override
    public void edited(Transaction transaction, Connection before, Connection after) throws SQLException {
        if (!after.life().isThere()) {
            if (before.life().isThere()) {
                timeline.add(transaction, after.id(), EventKind.CONNECTION_DELETED, null, Map.of("name", after.name()));
            }
            return;
        }
        Map<String, Object> patch = SettingsPatch.between(before, after);
        if (!patch.isEmpty()) {
            timeline.add(
                    transaction,
                    after.id(),
                    EventKind.CONNECTION_SETTINGS_UPDATE,
                    null,
                    Map.of("name", after.name(), "patch", patch));
        }
        boolean was = before.standing().status() == Standing.Status.ACTIVE;
        boolean is = after.standing().status() == Standing.Status.ACTIVE;
        if (was != is) {
            Map<String, @Nullable Object> summary = new LinkedHashMap<>();
            summary.put("disabledReason", is ? null : after.standing().reason());
            timeline.add(
                    transaction,
                    after.id(),
                    is ? EventKind.CONNECTION_ENABLED : EventKind.CONNECTION_DISABLED,
                    null,
                    summary);
        }
    }

    @Override
    public void chosen(
            Transaction transaction, UUID connectionId, List<ConnectionStream> before, List<ConnectionStream> after)
            throws SQLException {
        if (before.isEmpty() || !Author.CURRENT.isBound()) {
            return; // it is being made, or follows its source, which is told elsewhere
        }
        StreamsPatch patch = StreamsPatch.between(before, after);
        if (!patch.isEmpty()) {
            timeline.add(transaction, connectionId, EventKind.SCHEMA_CONFIG_UPDATE, null, patch.members());
        }
        for (Map.Entry<EventKind, List<String>> mapped : patch.mappings().entrySet()) {
            timeline.add(
                    transaction,
                    connectionId,
                    mapped.getKey(),
                    null,
                    Map.of(
                            "streams",
                            mapped.getValue().stream().limit(MOST_STREAMS).toList()));
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
        List<StreamSchemaChange> applied = news.stream()
                .filter(change -> change.state() == SchemaChangeState.APPLIED)
                .toList();
        List<StreamSchemaChange> open =
                news.stream().filter(StreamSchemaChange::isOpen).toList();
        if (!applied.isEmpty()) {
            timeline.add(transaction, connection.id(), EventKind.SCHEMA_UPDATE, jobId, changes(applied));
        }
        if (!open.isEmpty()) {
            timeline.add(transaction, connection.id(), EventKind.SCHEMA_CHANGE_FOUND, jobId, changes(open));
        }
        if (disabled) {
            timeline.add(
                    transaction,
                    connection.id(),
                    EventKind.CONNECTION_DISABLED,
                    jobId,
                    Map.of("disabledReason", SchemaListener.DISABLED));
        }
    }

    @Override
    public void reviewed(
            Transaction transaction,
            Connection connection,
            List<StreamSchemaChange> accepted,
            List<StreamSchemaChange> ignored)
            throws SQLException {
        timeline.add(
                transaction,
                connection.id(),
                EventKind.SCHEMA_CHANGE_REVIEWED,
                null,
                Map.of("accepted", changes(accepted), "ignored", changes(ignored)));
    }

    private static Map<String, Object> changes(List<StreamSchemaChange> changes) {
        List<Map<String, Object>> streams = new ArrayList<>();
        for (StreamSchemaChange change : changes.stream().limit(MOST_STREAMS).toList()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("stream", change.stream().toString());
            members.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
            members.put("breaking", change.weight().breaking());
            members.put(
                    "details",
                    Objects.requireNonNull(JsonText.read(change.details().text())));
            streams.add(members);
        }
        return Map.of("count", changes.size(), "streams", streams);
    }

    private static long seconds(Instant time) {
        return time.getEpochSecond();
    }
}
