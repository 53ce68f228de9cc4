package dev.sluice.server.api.own;

import dev.sluice.server.api.open.Shown;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.ConnectionStatus;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobFilter;
import dev.sluice.server.jobs.JobOrder;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What becomes of the jobs and connections of a workspace. What was written a little before what was seen last may be seen
 * only after it, by other servers too; so each look goes some seconds back, and what was told is told once.
 */
final class WorkspaceNews {
    private static final Duration BACK = Duration.ofSeconds(5);
    private static final int AT_ONCE = 500;
    /** So many in a few seconds are more than anybody looks at; the others are told by what becomes of them next. */
    private static final int MOST = 5_000;

    private final Jobs jobs;
    private final Connections connections = new Connections(Clock.systemUTC());
    private final UUID workspaceId;
    private final Map<Object, Instant> told = new HashMap<>();
    private Instant last;

    /**
     * Something new.
     *
     * @param at when it happened
     * @param type what it is about: a job or a connection
     * @param data what there is to tell
     */
    record News(Instant at, String type, Map<String, Object> data) {}

    WorkspaceNews(Jobs jobs, UUID workspaceId, Instant since) {
        this.jobs = jobs;
        this.workspaceId = workspaceId;
        this.last = since;
    }

    /** What is new since the last look. */
    List<News> next(Transaction transaction) throws SQLException {
        Instant from = last.minus(BACK);
        List<News> news = new ArrayList<>();
        Set<UUID> concerned = new HashSet<>();
        JobFilter filter = new JobFilter(
                List.of(workspaceId), null, Set.of(), Set.of(), JobFilter.Span.ALWAYS, new JobFilter.Span(from, null));
        for (int offset = 0; offset < MOST; offset += AT_ONCE) {
            List<Job> some = jobs.list(transaction, filter, JobOrder.CHANGED_FIRST, new Page(AT_ONCE, offset));
            for (Job job : some) {
                if (isNew(job.id(), job.times().updatedAt())) {
                    news.add(new News(job.times().updatedAt(), "job", shown(transaction, job)));
                    UUID connectionId = job.wish().connectionId();
                    if (connectionId != null && concerned.add(connectionId)) {
                        connections
                                .find(transaction, connectionId)
                                .ifPresent(connection ->
                                        told.put(connectionId, connection.life().updatedAt()));
                    }
                }
            }
            if (some.size() < AT_ONCE) {
                break;
            }
        }
        for (Connection connection : Connections.changedSince(transaction, workspaceId, from, Page.first(AT_ONCE))) {
            if (isNew(connection.id(), connection.life().updatedAt())) {
                concerned.add(connection.id());
            }
        }
        for (UUID id : concerned) {
            Connection connection = connections.find(transaction, id).orElse(null);
            if (connection != null) {
                news.add(new News(last, "connection", shown(transaction, connection)));
            }
        }
        told.values().removeIf(at -> at.isBefore(last.minus(BACK).minus(BACK)));
        news.sort(Comparator.comparing(News::at));
        return news;
    }

    private boolean isNew(Object what, Instant at) {
        boolean isNew = !at.equals(told.put(what, at));
        if (isNew && at.isAfter(last)) {
            last = at;
        }
        return isNew;
    }

    private Map<String, Object> shown(Transaction transaction, Job job) throws SQLException {
        Shown shown = JobRoutes.shown(job);
        List<Attempt> attempts = jobs.attempts(transaction, job.id());
        if (!attempts.isEmpty()) {
            Attempt current = attempts.getLast();
            shown.with("attempt", current.number());
            if (!job.status().isEnd()) {
                shown.with("records", current.totals().records())
                        .with("bytes", current.totals().bytes())
                        .with("rejected", current.totals().rejected());
            }
        }
        return shown.object();
    }

    private static Map<String, Object> shown(Transaction transaction, Connection connection) throws SQLException {
        return new Shown()
                .with("connectionId", connection.id())
                .with("name", connection.name())
                .with("standing", Words.of(connection.standing().status()))
                .with("status", Words.of(ConnectionStatus.of(transaction, connection.id(), connection.standing())))
                .object();
    }
}
