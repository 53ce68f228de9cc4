package dev.sluice.server.jobs;

import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What jobs that move data did over time: for charts, for a page over all of a workspace, and for lists of jobs. */
public final class History {
    private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;
    private static final long MICROS = 1_000_000;
    private static final String MOVES = "kind IN ('sync', 'refresh')";

    private History() {}

    /**
     * A run that has ended.
     *
     * @param job the job
     * @param sums what its attempts read in all
     */
    public record Run(Job job, JobSums sums) {}

    /**
     * A day in UTC.
     *
     * @param date which one
     * @param succeeded how many runs that were wanted then did all they should
     * @param failed how many did not
     * @param totals what they moved, as far as they have ended
     */
    public record Day(LocalDate date, long succeeded, long failed, Job.Totals totals) {}

    /**
     * What a connection did in some time.
     *
     * @param connectionId which one
     * @param name how it is called, or was
     * @param isThere false if it was deleted
     * @param runs how many runs were wanted
     * @param failed how many of them failed
     * @param seconds how long they took in all, as far as they have ended
     * @param totals what they moved
     */
    public record Usage(
            UUID connectionId, String name, boolean isThere, long runs, long failed, long seconds, Job.Totals totals) {}

    /**
     * A job as lists show it.
     *
     * @param job the job
     * @param connectionName how its connection is called; null if it has none
     * @param attempts how many attempts it took so far
     */
    public record Listed(Job job, @Nullable String connectionName, long attempts) {}

    /**
     * A connection that goes wrong.
     *
     * @param connectionId which one
     * @param name how it is called
     * @param jobId the run that failed last
     * @param at when that was wanted
     * @param failedInRow how many have failed in a row
     */
    public record Failing(
            UUID connectionId,
            String name,
            @Nullable Long jobId,
            @Nullable Instant at,
            long failedInRow) {}

    /**
     * A run that comes by itself.
     *
     * @param connectionId of which connection
     * @param name how that is called
     * @param at when
     */
    public record Coming(UUID connectionId, String name, Instant at) {}

    /** The runs of a connection that ended last, the newest first. */
    public static List<Run> runs(Transaction transaction, UUID connectionId, @Nullable Instant since, int most)
            throws SQLException {
        Where where = new Where().and("connection_id = ?", connectionId).and("ended_at IS NOT NULL");
        where.and(MOVES);
        if (since != null) {
            where.and("created_at >= ?", since);
        }
        List<Job> jobs = transaction.all(
                JobRows::readJob,
                "SELECT * FROM job" + where.sql() + " ORDER BY id DESC LIMIT ? OFFSET ?",
                where.values(Page.first(most)));
        Map<Long, JobSums> sums = sums(transaction, jobs);
        return jobs.stream()
                .map(job -> new Run(job, sums.getOrDefault(job.id(), new JobSums(0, 0, 0, 0))))
                .toList();
    }

    private static Map<Long, JobSums> sums(Transaction transaction, List<Job> jobs) throws SQLException {
        record Sum(long job, JobSums sums) {}
        Where where = new Where().in("job_id", jobs.stream().map(Job::id).toList());
        Map<Long, JobSums> found = new HashMap<>();
        transaction
                .all(
                        row -> new Sum(
                                row.number("job_id"),
                                new JobSums(
                                        row.number("records"),
                                        row.number("bytes"),
                                        row.number("arrived"),
                                        row.number("filtered"))),
                        "SELECT job_id, sum(records_read) AS records, sum(bytes_read) AS bytes,"
                                + " sum(bytes_committed) AS arrived, sum(records_filtered) AS filtered"
                                + " FROM attempt_stream" + where.sql() + " GROUP BY job_id",
                        where.values())
                .forEach(sum -> found.put(sum.job(), sum.sums()));
        return found;
    }

    /** The days since some time on which a connection ran, the oldest first. */
    public static List<Day> daysOf(Transaction transaction, UUID connectionId, Instant since) throws SQLException {
        return days(transaction, new Where().and("connection_id = ?", connectionId), since);
    }

    /** The days since some time on which something ran in a workspace, the oldest first. */
    public static List<Day> daysIn(Transaction transaction, UUID workspaceId, Instant since) throws SQLException {
        return days(transaction, new Where().and("workspace_id = ?", workspaceId), since);
    }

    private static List<Day> days(Transaction transaction, Where where, Instant since) throws SQLException {
        where.and("created_at >= ?", since).and(MOVES);
        return transaction.all(
                row -> new Day(
                        LocalDate.ofEpochDay(row.number("day")),
                        row.number("succeeded"),
                        row.number("failed"),
                        new Job.Totals(row.number("records"), row.number("bytes"), row.number("rejected"))),
                "SELECT created_at / " + DAY + " AS day,"
                        + " sum(CASE WHEN status = 'succeeded' THEN 1 ELSE 0 END) AS succeeded,"
                        + " sum(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS failed,"
                        + " sum(records) AS records, sum(bytes) AS bytes, sum(rejected) AS rejected"
                        + " FROM job" + where.sql() + " GROUP BY 1 ORDER BY 1",
                where.values());
    }

    /** What each connection of a workspace did since some time, those first that moved most. */
    public static List<Usage> usage(Transaction transaction, UUID workspaceId, Instant since) throws SQLException {
        return transaction.all(
                row -> new Usage(
                        row.id("id"),
                        row.text("name"),
                        row.timeOrNull("deleted_at") == null,
                        row.number("runs"),
                        row.number("failed"),
                        row.number("micros") / MICROS,
                        new Job.Totals(row.number("records"), row.number("bytes"), row.number("rejected"))),
                "SELECT c.id, c.name, c.deleted_at, u.* FROM (SELECT connection_id, count(*) AS runs,"
                        + " sum(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS failed,"
                        + " sum(CASE WHEN ended_at > started_at THEN ended_at - started_at ELSE 0 END) AS micros,"
                        + " sum(records) AS records, sum(bytes) AS bytes, sum(rejected) AS rejected"
                        + " FROM job WHERE workspace_id = ? AND created_at >= ? AND " + MOVES
                        + " GROUP BY connection_id) u JOIN connection c ON c.id = u.connection_id"
                        + " ORDER BY u.records DESC, u.bytes DESC, c.name, c.id",
                workspaceId,
                since);
    }

    /** The jobs that a filter means, with the names of their connections. */
    public static List<Listed> list(Transaction transaction, JobFilter filter, JobOrder order, Page page)
            throws SQLException {
        Where where = filter.where();
        List<Job> jobs = transaction.all(
                JobRows::readJob,
                "SELECT * FROM job" + where.sql() + order.sql() + " LIMIT ? OFFSET ?",
                where.values(page));
        Map<UUID, String> names = names(transaction, jobs);
        Map<Long, Long> attempts = attempts(transaction, jobs);
        List<Listed> listed = new ArrayList<>();
        for (Job job : jobs) {
            UUID connectionId = job.wish().connectionId();
            listed.add(new Listed(
                    job, connectionId == null ? null : names.get(connectionId), attempts.getOrDefault(job.id(), 0L)));
        }
        return listed;
    }

    private static Map<UUID, String> names(Transaction transaction, List<Job> jobs) throws SQLException {
        record Name(UUID id, String name) {}
        Where where = new Where()
                .in(
                        "id",
                        jobs.stream()
                                .map(job -> job.wish().connectionId())
                                .filter(id -> id != null)
                                .distinct()
                                .toList());
        Map<UUID, String> names = new HashMap<>();
        transaction
                .all(
                        row -> new Name(row.id("id"), row.text("name")),
                        "SELECT id, name FROM connection" + where.sql(),
                        where.values())
                .forEach(name -> names.put(name.id(), name.name()));
        return names;
    }

    private static Map<Long, Long> attempts(Transaction transaction, List<Job> jobs) throws SQLException {
        record Count(long job, long attempts) {}
        Where where = new Where().in("job_id", jobs.stream().map(Job::id).toList());
        Map<Long, Long> counts = new HashMap<>();
        transaction
                .all(
                        row -> new Count(row.number("job_id"), row.number("n")),
                        "SELECT job_id, count(*) AS n FROM attempt" + where.sql() + " GROUP BY job_id",
                        where.values())
                .forEach(count -> counts.put(count.job(), count.attempts()));
        return counts;
    }

    /** Connections of a workspace that are switched on and whose last run failed, the latest first. */
    public static List<Failing> failing(Transaction transaction, UUID workspaceId, int most) throws SQLException {
        return transaction.all(
                History::failing,
                "SELECT c.id, c.name, u.last_job_id, u.last_job_at, u.failed_in_row FROM connection_summary u"
                        + " JOIN connection c ON c.id = u.connection_id WHERE u.workspace_id = ?"
                        + " AND u.shown_status = 'failed' AND u.open_job_id IS NULL AND c.deleted_at IS NULL"
                        + " AND c.status = 'active' ORDER BY u.last_job_at DESC, c.id LIMIT ?",
                workspaceId,
                most);
    }

    private static Failing failing(Row row) throws SQLException {
        return new Failing(
                row.id("id"),
                row.text("name"),
                row.numberOrNull("last_job_id"),
                row.timeOrNull("last_job_at"),
                row.number("failed_in_row"));
    }

    /** The next runs of a workspace, the soonest first. */
    public static List<Coming> coming(Transaction transaction, UUID workspaceId, int most) throws SQLException {
        return transaction.all(
                row -> new Coming(row.id("id"), row.text("name"), row.time("next_run_at")),
                "SELECT c.id, c.name, u.next_run_at FROM connection_summary u JOIN connection c"
                        + " ON c.id = u.connection_id WHERE u.workspace_id = ? AND u.next_run_at IS NOT NULL"
                        + " AND c.deleted_at IS NULL AND c.status = 'active' ORDER BY u.next_run_at, c.id LIMIT ?",
                workspaceId,
                most);
    }
}
