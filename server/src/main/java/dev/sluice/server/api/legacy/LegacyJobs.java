package dev.sluice.server.api.legacy;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.RunWishes;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobFilter;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobOrder;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs of connections: asked for, looked at, cancelled. */
final class LegacyJobs {
    private static final String GROUP = "Jobs";
    private static final Set<JobKind> RUNS = EnumSet.of(JobKind.SYNC, JobKind.REFRESH, JobKind.CLEAR);
    private static final int USUAL_PAGE = 20;
    private static final int MOST_OF_A_PAGE = 100;

    private final Features features;
    private final Places places;
    private final RunWishes wishes;

    LegacyJobs(Features features, Places places) {
        this.features = features;
        this.places = places;
        this.wishes = new RunWishes(features, places);
    }

    List<Route> routes() {
        return List.of(
                begin("sync", JobKind.SYNC),
                begin("reset", JobKind.CLEAR),
                begin("clear", JobKind.CLEAR),
                Route.post("/jobs/get", "getJobInfo", GROUP)
                        .needs(Access.READ, this::workspaceOf)
                        .takes("JobIdRequestBody")
                        .gives("JobInfoRead")
                        .by(call -> features.store.read(transaction ->
                                Answer.json(JobTexts.info(transaction, features.work.jobs(), job(transaction, call))))),
                Route.post("/jobs/list", "listJobsFor", GROUP)
                        .takes("JobListRequestBody")
                        .gives("JobReadList")
                        .by(this::list),
                Route.post("/jobs/cancel", "cancelJob", GROUP)
                        .needs(Access.RUN, this::workspaceOf)
                        .takes("JobIdRequestBody")
                        .gives("JobInfoRead")
                        .by(this::cancel));
    }

    private Route begin(String word, JobKind kind) {
        return Route.post("/connections/" + word, word + "Connection", GROUP)
                .needs(Access.RUN, places.connectionInBody())
                .takes("ConnectionIdRequestBody")
                .gives("JobInfoRead")
                .by(call -> info(wishes.begin(call.requiredId("connectionId"), kind, call.caller())));
    }

    private Answer info(Job job) {
        return features.store.read(transaction -> Answer.json(JobTexts.info(transaction, features.work.jobs(), job)));
    }

    private Workspace workspaceOf(Transaction transaction, Call call) throws SQLException {
        return places.workspace(transaction, job(transaction, call).wish().workspaceId());
    }

    private Job job(Transaction transaction, Call call) throws SQLException {
        long id = number(call.body().get("id"));
        return features.work
                .jobs()
                .find(transaction, id)
                .filter(job -> RUNS.contains(job.wish().kind()))
                .orElseThrow(() -> Refusal.notFound("job", String.valueOf(id)));
    }

    /** Some clients send the number as a text. */
    private static long number(@Nullable Object id) {
        if (id instanceof String text && text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        return id instanceof Number number ? number.longValue() : -1;
    }

    /** One that has ended stays as it is: some clients cancel in their cleaning up, whatever happened. */
    private Answer cancel(Call call) {
        Job job = features.store.compute(transaction -> {
            Job found = job(transaction, call);
            return found.status().isEnd() ? found : features.work.jobs().cancel(transaction, found.id());
        });
        features.work.wake().run();
        return info(job);
    }

    private Answer list(Call call) {
        Set<JobKind> kinds = kinds(call.body().get("configTypes"));
        Page page = page(call.body().get("pagination"));
        UUID connectionId = call.idOrNull("configId");
        return features.store.read(transaction -> {
            List<UUID> workspaces = workspaces(transaction, call, connectionId);
            if (workspaces.isEmpty() || kinds.isEmpty()) {
                return Answer.json(Map.of("jobs", List.of(), "totalJobCount", 0));
            }
            JobFilter filter = new JobFilter(
                    workspaces, connectionId, kinds, Set.of(), JobFilter.Span.ALWAYS, JobFilter.Span.ALWAYS);
            List<Map<String, Object>> jobs = new ArrayList<>();
            for (Job job : features.work.jobs().list(transaction, filter, JobOrder.NEWEST, page)) {
                jobs.add(JobTexts.listed(transaction, features.work.jobs(), job));
            }
            return Answer.json(
                    Map.of("jobs", jobs, "totalJobCount", features.work.jobs().count(transaction, filter)));
        });
    }

    private List<UUID> workspaces(Transaction transaction, Call call, @Nullable UUID connectionId) throws SQLException {
        if (connectionId == null) {
            return Places.ids(places.listed(transaction, call, false));
        }
        Connection connection = features.connections
                .find(transaction, connectionId)
                .orElseThrow(() -> Refusal.notFound("connection", connectionId));
        Workspace workspace = places.workspace(transaction, connection.workspaceId());
        if (!call.caller().may(Access.READ, workspace)) {
            throw Refusal.forbidden();
        }
        return List.of(workspace.id());
    }

    private static Set<JobKind> kinds(@Nullable Object types) {
        if (!(types instanceof List<?> words) || words.isEmpty()) {
            return RUNS;
        }
        Set<JobKind> kinds = EnumSet.noneOf(JobKind.class);
        for (Object word : words) {
            switch (String.valueOf(word)) {
                case "sync" -> kinds.add(JobKind.SYNC);
                case "refresh" -> kinds.add(JobKind.REFRESH);
                case "reset_connection", "clear" -> kinds.add(JobKind.CLEAR);
                default -> {
                    // There are no jobs of other kinds that belong to connections.
                }
            }
        }
        return kinds;
    }

    private static Page page(@Nullable Object pagination) {
        Map<String, @Nullable Object> members = pagination == null ? Map.of() : JsonText.members(pagination);
        long size = members.get("pageSize") instanceof Number number ? number.longValue() : USUAL_PAGE;
        long offset = members.get("rowOffset") instanceof Number number ? number.longValue() : 0;
        if (size < 1 || offset < 0) {
            throw Refusal.badRequest("pageSize has to be at least 1, and rowOffset cannot be negative");
        }
        return new Page((int) Math.min(size, MOST_OF_A_PAGE), offset);
    }
}
