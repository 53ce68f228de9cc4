package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobFilter;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobOrder;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs of connections. */
final class JobRoutes {
    private static final String GROUP = "Jobs";

    /** With full seconds and an offset in digits: not all clients can read other forms. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private static final Set<JobKind> RUNS = EnumSet.of(JobKind.SYNC, JobKind.REFRESH, JobKind.CLEAR);

    private final Features features;
    private final Places places;
    private final Jobs jobs;
    private final RunWishes wishes;

    JobRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
        this.wishes = new RunWishes(features, places);
        this.jobs = features.work.jobs();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/jobs", "listJobs", GROUP)
                        .parameter("connectionId", "uuid")
                        .parameter("workspaceIds", "uuids")
                        .parameter("jobType", "string")
                        .parameter("status", "string")
                        .parameter("createdAtStart", "string")
                        .parameter("createdAtEnd", "string")
                        .parameter("updatedAtStart", "string")
                        .parameter("updatedAtEnd", "string")
                        .parameter("orderBy", "string")
                        .paged()
                        .gives("JobsResponse")
                        .by(this::list),
                Route.post("/jobs", "createJob", GROUP)
                        .needs(Access.RUN, places.connectionInBody())
                        .takes("JobCreateRequest")
                        .gives("JobResponse")
                        .by(this::create),
                Route.get("/jobs/{jobId}", "getJob", GROUP)
                        .needs(Access.READ, this::workspaceOf)
                        .gives("JobResponse")
                        .by(call -> features.store.read(transaction -> Answer.json(shown(job(transaction, call))))),
                Route.delete("/jobs/{jobId}", "cancelJob", GROUP)
                        .needs(Access.RUN, this::workspaceOf)
                        .gives("JobResponse")
                        .by(this::cancel));
    }

    private Workspace workspaceOf(Transaction transaction, Call call) throws SQLException {
        return places.workspace(transaction, job(transaction, call).wish().workspaceId());
    }

    private Job job(Transaction transaction, Call call) throws SQLException {
        String text = Objects.requireNonNull(call.names().get("jobId"));
        long id;
        try {
            id = Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw Refusal.badRequest("jobId has to be a whole number");
        }
        return jobs.find(transaction, id)
                .filter(job -> RUNS.contains(job.wish().kind()))
                .orElseThrow(() -> Refusal.notFound("job", text));
    }

    private Answer list(Call call) {
        String connection = call.parameter("connectionId");
        Set<JobKind> kinds = kinds(call.parameter("jobType"));
        Set<JobStatus> statuses = statuses(call.parameter("status"));
        JobFilter.Span created = new JobFilter.Span(time(call, "createdAtStart"), time(call, "createdAtEnd"));
        JobFilter.Span updated = new JobFilter.Span(time(call, "updatedAtStart"), time(call, "updatedAtEnd"));
        JobOrder order = order(call.parameter("orderBy"));
        UUID connectionId = connection == null ? null : Call.uuid("connectionId", connection);
        return features.store.read(transaction -> {
            List<UUID> workspaces = Places.ids(places.listed(transaction, call, false));
            JobFilter filter = new JobFilter(workspaces, connectionId, kinds, statuses, created, updated);
            List<Job> found = workspaces.isEmpty() ? List.of() : jobs.list(transaction, filter, order, call.page());
            return Shown.page(call, found, JobRoutes::shown);
        });
    }

    private Answer create(Call call) {
        UUID connectionId = call.requiredId("connectionId");
        JobKind kind = switch (call.required("jobType").toLowerCase(Locale.ROOT)) {
            case "sync" -> JobKind.SYNC;
            case "reset", "clear" -> JobKind.CLEAR;
            case "refresh" ->
                throw Refusal.unprocessable(
                        "a refresh cannot be asked for here; a clear and then a sync copy all rows anew");
            default -> throw Refusal.badRequest("jobType has to be sync, reset or clear");
        };
        return Answer.json(shown(wishes.begin(connectionId, kind, call.caller())));
    }

    private Answer cancel(Call call) {
        Answer answer = features.store.compute(transaction -> {
            Job job = job(transaction, call);
            if (job.status().isEnd()) {
                throw Refusal.of(409, "try-again-later", "Job is not currently running");
            }
            return Answer.json(shown(jobs.cancel(transaction, job.id())));
        });
        features.work.wake().run();
        return answer;
    }

    private static Set<JobKind> kinds(@Nullable String word) {
        if (word == null) {
            return RUNS;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "sync" -> EnumSet.of(JobKind.SYNC);
            case "refresh" -> EnumSet.of(JobKind.REFRESH);
            case "reset", "clear" -> EnumSet.of(JobKind.CLEAR);
            default -> throw Refusal.badRequest("jobType has to be sync, reset, refresh or clear");
        };
    }

    private static Set<JobStatus> statuses(@Nullable String word) {
        if (word == null) {
            return Set.of();
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "pending", "queued" -> EnumSet.of(JobStatus.PENDING);
            case "running" -> EnumSet.of(JobStatus.RUNNING, JobStatus.INCOMPLETE);
            case "incomplete" -> EnumSet.of(JobStatus.INCOMPLETE);
            case "succeeded" -> EnumSet.of(JobStatus.SUCCEEDED);
            case "failed" -> EnumSet.of(JobStatus.FAILED);
            case "cancelled" -> EnumSet.of(JobStatus.CANCELLED);
            default ->
                throw Refusal.badRequest(
                        "status has to be pending, queued, running, incomplete, failed, succeeded or cancelled");
        };
    }

    private static JobOrder order(@Nullable String word) {
        return switch (Objects.requireNonNullElse(word, "createdAt|ASC")) {
            case "createdAt|ASC" -> JobOrder.OLDEST;
            case "createdAt|DESC" -> JobOrder.NEWEST;
            case "updatedAt|ASC" -> JobOrder.CHANGED_FIRST;
            case "updatedAt|DESC" -> JobOrder.CHANGED_LAST;
            default -> throw Refusal.badRequest("orderBy has to be createdAt or updatedAt, with |ASC or |DESC");
        };
    }

    private static @Nullable Instant time(Call call, String name) {
        String text = call.parameter(name);
        try {
            // A plus that nobody encoded arrives as a blank.
            return text == null
                    ? null
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException malformed) {
            throw Refusal.badRequest(name + " has to be a time such as 2026-01-31T10:15:00Z");
        }
    }

    private static Map<String, Object> shown(Job job) {
        Job.Times times = job.times();
        Instant started = times.startedAt();
        Instant until = Objects.requireNonNullElse(times.endedAt(), times.updatedAt());
        return new Shown()
                .with("jobId", job.id())
                .with("status", word(job.status()))
                .with("jobType", word(job.wish().kind()))
                .with("startTime", text(Objects.requireNonNullElse(started, times.createdAt())))
                .with("connectionId", String.valueOf(job.wish().connectionId()))
                .with("lastUpdatedAt", text(times.updatedAt()))
                .with(
                        "duration",
                        started == null
                                ? null
                                : Duration.between(started, until)
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                .with("bytesSynced", job.totals().bytes())
                .with("rowsSynced", job.totals().records())
                .object();
    }

    private static String text(Instant time) {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    /** Between two attempts a job is still running, whatever it is called inside: some clients take the word for an end. */
    private static String word(JobStatus status) {
        return switch (status) {
            case PENDING -> "pending";
            case RUNNING, INCOMPLETE -> "running";
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }

    /** Older clients know a clear by its older name only. */
    private static String word(JobKind kind) {
        return switch (kind) {
            case SYNC -> "sync";
            case REFRESH -> "refresh";
            case CLEAR -> "reset";
            case REPLAY, CHECK, DISCOVER -> throw new IllegalArgumentException("no run of a connection: " + kind);
        };
    }
}
