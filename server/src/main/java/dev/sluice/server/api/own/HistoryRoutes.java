package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.ConnectionFilter;
import dev.sluice.server.connections.ConnectionList;
import dev.sluice.server.connections.ShownStatus;
import dev.sluice.server.jobs.History;
import dev.sluice.server.jobs.JobFilter;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobOrder;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What ran over time: a connection's runs for charts, a workspace at a glance, and all its jobs. */
final class HistoryRoutes {
    private static final String GROUP = "History";
    private static final Duration SHOWN_DAYS = Duration.ofDays(14);
    private static final int MOST_DAYS = 90;
    private static final int USUAL_RUNS = 100;
    private static final int MOST_RUNS = 500;
    /** How many connections a glance names of each sort. */
    private static final int GLANCE = 10;

    private static final Set<JobKind> RUNS = EnumSet.of(JobKind.SYNC, JobKind.REFRESH, JobKind.CLEAR);

    private final Features features;
    private final Places places;
    private final Jobs jobs;
    private final Clock clock;

    HistoryRoutes(Features features, Places places, Clock clock) {
        this.features = features;
        this.places = places;
        this.jobs = features.work.jobs();
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/connections/{connectionId}/history", "getConnectionHistory", GROUP)
                        .needs(Access.READ, places.connectionInPath())
                        .parameter("days", "integer")
                        .parameter("runs", "integer")
                        .gives("ConnectionHistory")
                        .by(this::history),
                Route.get("/workspaces/{workspaceId}/summary", "getWorkspaceSummary", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives("WorkspaceSummary")
                        .by(call -> features.store.read(transaction ->
                                summary(transaction, call.workspaceOf().id()))),
                Route.get("/workspaces/{workspaceId}/usage", "getUsage", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .parameter("days", "integer")
                        .gives("Usage")
                        .by(this::usage),
                Route.get("/workspaces/{workspaceId}/jobs", "searchJobs", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .parameter("connectionId", "uuid")
                        .parameter("kinds", "string")
                        .parameter("statuses", "string")
                        .parameter("createdAtStart", "string")
                        .parameter("createdAtEnd", "string")
                        .parameter("orderBy", "string")
                        .paged()
                        .gives("JobList")
                        .by(this::search));
    }

    private Answer history(Call call) {
        int days = Asked.number(call, "days", 30, 1, MOST_DAYS);
        int most = Asked.number(call, "runs", USUAL_RUNS, 1, MOST_RUNS);
        UUID id = call.id("connectionId");
        Instant since = clock.instant().minus(Duration.ofDays(days));
        return features.store.read(transaction -> new Shown()
                .with("connectionId", id)
                .with(
                        "runs",
                        History.runs(transaction, id, since, most).stream()
                                .map(HistoryRoutes::shown)
                                .toList())
                .with(
                        "days",
                        History.daysOf(transaction, id, since).stream()
                                .map(HistoryRoutes::shown)
                                .toList())
                .answer());
    }

    private static Map<String, Object> shown(History.Run run) {
        return JobRoutes.shown(run.job())
                .with("recordsRead", run.sums().read())
                .with("recordsFiltered", run.sums().filtered())
                .object();
    }

    private static Map<String, Object> shown(History.Day day) {
        return new Shown()
                .with("date", day.date().toString())
                .with("succeeded", day.succeeded())
                .with("failed", day.failed())
                .with("records", day.totals().records())
                .with("bytes", day.totals().bytes())
                .with("rejected", day.totals().rejected())
                .object();
    }

    private Answer summary(Transaction transaction, UUID id) throws SQLException {
        Instant now = clock.instant();
        Instant yesterday = now.minus(Duration.ofDays(1));
        return new Shown()
                .with("connections", counts(ConnectionList.count(transaction, ConnectionFilter.of(id))))
                .with("succeeded", count(transaction, id, JobStatus.SUCCEEDED, yesterday))
                .with("failed", count(transaction, id, JobStatus.FAILED, yesterday))
                .with(
                        "failing",
                        History.failing(transaction, id, GLANCE).stream()
                                .map(HistoryRoutes::shown)
                                .toList())
                .with(
                        "next",
                        History.coming(transaction, id, GLANCE).stream()
                                .map(HistoryRoutes::shown)
                                .toList())
                .with(
                        "days",
                        History.daysIn(transaction, id, now.minus(SHOWN_DAYS)).stream()
                                .map(HistoryRoutes::shown)
                                .toList())
                .answer();
    }

    private Answer usage(Call call) {
        int days = Asked.number(call, "days", 30, 1, MOST_DAYS);
        UUID id = call.workspaceOf().id();
        // Whole days: the first one begins at midnight, so that all bars of a chart are of the same length.
        Instant since = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L));
        return features.store.read(transaction -> new Shown()
                .with("since", Words.of(since))
                .with(
                        "days",
                        History.daysIn(transaction, id, since).stream()
                                .map(HistoryRoutes::shown)
                                .toList())
                .with(
                        "connections",
                        History.usage(transaction, id, since).stream()
                                .map(HistoryRoutes::shown)
                                .toList())
                .answer());
    }

    private static Map<String, Object> shown(History.Usage usage) {
        return new Shown()
                .with("connectionId", usage.connectionId())
                .with("name", usage.name())
                .with("isDeleted", !usage.isThere())
                .with("runs", usage.runs())
                .with("failed", usage.failed())
                .with("seconds", usage.seconds())
                .with("records", usage.totals().records())
                .with("bytes", usage.totals().bytes())
                .with("rejected", usage.totals().rejected())
                .object();
    }

    private long count(Transaction transaction, UUID id, JobStatus status, Instant since) throws SQLException {
        return jobs.count(
                transaction,
                new JobFilter(
                        List.of(id),
                        null,
                        RUNS,
                        Set.of(status),
                        new JobFilter.Span(since, null),
                        JobFilter.Span.ALWAYS));
    }

    private static Map<String, Object> counts(Map<ShownStatus, Long> counts) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (ShownStatus status : ShownStatus.values()) {
            shown.put(Words.of(status), counts.getOrDefault(status, 0L));
        }
        return shown;
    }

    private static Map<String, Object> shown(History.Failing failing) {
        return new Shown()
                .with("connectionId", failing.connectionId())
                .with("name", failing.name())
                .with("jobId", failing.jobId())
                .with("at", Words.of(failing.at()))
                .with("failedInRow", failing.failedInRow())
                .object();
    }

    private static Map<String, Object> shown(History.Coming coming) {
        return new Shown()
                .with("connectionId", coming.connectionId())
                .with("name", coming.name())
                .with("at", Words.of(coming.at()))
                .object();
    }

    private Answer search(Call call) {
        Set<JobKind> kinds = Asked.words(call, "kinds", JobKind.class);
        String order = Asked.orNull(call.parameter("orderBy"));
        JobFilter filter = new JobFilter(
                List.of(call.workspaceOf().id()),
                call.parameterId("connectionId"),
                kinds.isEmpty() ? RUNS : kinds,
                Asked.words(call, "statuses", JobStatus.class),
                new JobFilter.Span(Asked.time(call, "createdAtStart"), Asked.time(call, "createdAtEnd")),
                JobFilter.Span.ALWAYS);
        JobOrder by = order == null ? JobOrder.NEWEST : Asked.word(order, "orderBy", JobOrder.class);
        List<History.Listed> found =
                features.store.read(transaction -> History.list(transaction, filter, by, call.page()));
        return Shown.page(call, found, HistoryRoutes::shown);
    }

    private static Map<String, Object> shown(History.Listed listed) {
        return JobRoutes.shown(listed.job())
                .with("connectionName", listed.connectionName())
                .with("attempts", listed.attempts())
                .object();
    }
}
