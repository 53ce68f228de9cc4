package dev.sluice.server.jobs;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Jobs, attempts and what they did to streams as rows. */
final class JobRows {
    private JobRows() {}

    static Job readJob(Row row) throws SQLException {
        return new Job(
                row.number("id"),
                new JobWish(
                        row.id("workspace_id"),
                        row.word("kind", JobKind.class),
                        row.idOrNull("connection_id"),
                        row.idOrNull("actor_id"),
                        row.idOrNull("started_by"),
                        row.json("request")),
                row.word("status", JobStatus.class),
                new Job.Course(
                        row.numberOrNull("sync_id"),
                        row.flag("cancel_wished"),
                        readFailures(row.json("failures")),
                        row.number("lease_token"),
                        row.idOrNull("lease_owner")),
                readTotals(row),
                new Job.Times(
                        row.time("created_at"),
                        row.timeOrNull("started_at"),
                        row.time("updated_at"),
                        row.timeOrNull("ended_at"),
                        row.time("due_at")));
    }

    static Attempt readAttempt(Row row) throws SQLException {
        return new Attempt(
                row.number("job_id"),
                (int) row.number("number"),
                row.word("status", Attempt.Status.class),
                ProblemText.read(row.jsonOrNull("failure")),
                row.json("snapshot"),
                readTotals(row),
                new Attempt.Times(row.time("created_at"), row.time("updated_at"), row.timeOrNull("ended_at")));
    }

    static AttemptStream readStream(Row row) throws SQLException {
        String namespace = row.text("namespace");
        Json details = row.json("details");
        Object before = JsonText.object(details.text()).get("before");
        Long expected = row.numberOrNull("records_estimated");
        return new AttemptStream(
                StreamId.of(namespace.isEmpty() ? null : namespace, row.text("name")),
                row.word("status", StreamStatus.class),
                new AttemptStream.Counts(
                        row.number("records_read"),
                        row.number("bytes_read"),
                        row.number("records_committed"),
                        row.number("records_filtered"),
                        row.number("records_rejected"),
                        before instanceof Number number ? number.longValue() : 0,
                        expected == null ? -1 : expected),
                ProblemText.read(row.jsonOrNull("problem")),
                details);
    }

    private static Job.Totals readTotals(Row row) throws SQLException {
        return new Job.Totals(row.number("records"), row.number("bytes"), row.number("rejected"));
    }

    /** Replaces what is known of the streams of an attempt. */
    static void saveStreams(Transaction transaction, long jobId, int attempt, List<AttemptStream> streams, Instant now)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (AttemptStream stream : streams) {
            AttemptStream.Counts counts = stream.counts();
            rows.add(new @Nullable Object[] {
                jobId,
                attempt,
                namespace(stream.stream()),
                stream.stream().name(),
                stream.status(),
                counts.read(),
                counts.bytes(),
                counts.committed(),
                stream.status().isGood() ? counts.bytes() : 0L,
                counts.filtered(),
                counts.rejected(),
                counts.expected() < 0 ? null : (Long) counts.expected(),
                ProblemText.write(stream.problem()),
                withBefore(stream),
                now,
                stream.status().isEnd() ? now : null
            });
        }
        transaction.changeEach(
                "INSERT INTO attempt_stream (job_id, attempt, namespace, name, status, records_read, bytes_read,"
                        + " records_committed, bytes_committed, records_filtered, records_rejected,"
                        + " records_estimated, problem, details, started_at, ended_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (job_id, attempt, namespace, name) DO UPDATE SET status = excluded.status,"
                        + " records_read = excluded.records_read, bytes_read = excluded.bytes_read,"
                        + " records_committed = excluded.records_committed,"
                        + " bytes_committed = excluded.bytes_committed,"
                        + " records_filtered = excluded.records_filtered,"
                        + " records_rejected = excluded.records_rejected,"
                        + " records_estimated = excluded.records_estimated, problem = excluded.problem,"
                        + " details = excluded.details,"
                        + " ended_at = coalesce(attempt_stream.ended_at, excluded.ended_at)",
                rows);
    }

    private static Json withBefore(AttemptStream stream) {
        Map<String, @Nullable Object> details = JsonText.object(stream.details().text());
        details.put("before", stream.counts().before());
        return new Json(JsonText.write(details));
    }

    static Json writeFailures(FailureCount failures) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("completeInRow", failures.completeInRow());
        members.put("completeInAll", failures.completeInAll());
        members.put("partialInRow", failures.partialInRow());
        members.put("partialInAll", failures.partialInAll());
        return new Json(JsonText.write(members));
    }

    private static FailureCount readFailures(Json json) {
        Map<String, @Nullable Object> members = JsonText.object(json.text());
        return new FailureCount(
                count(members, "completeInRow"),
                count(members, "completeInAll"),
                count(members, "partialInRow"),
                count(members, "partialInAll"));
    }

    private static int count(Map<String, @Nullable Object> members, String name) {
        return members.get(name) instanceof Number number ? number.intValue() : 0;
    }

    /** A namespace for a key, in which nothing may be null. */
    static String namespace(StreamId stream) {
        return Objects.requireNonNullElse(stream.namespace(), "");
    }
}
