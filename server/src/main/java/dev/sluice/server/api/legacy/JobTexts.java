package dev.sluice.server.api.legacy;

import dev.sluice.server.api.open.Shown;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.LogLine;
import dev.sluice.server.jobs.Logs;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jobs as older clients read them. Each has an attempt, and each attempt has lines of a log: some clients demand that. */
final class JobTexts {
    /** How many lines of logs an answer holds at most; it has the last ones. */
    private static final int MOST_LINES = 1_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private JobTexts() {}

    /** A job with its attempts and the end of their logs. */
    static Map<String, Object> info(Transaction transaction, Jobs jobs, Job job) throws SQLException {
        List<Attempt> attempts = attempts(transaction, jobs, job);
        List<Map<String, Object>> shown = new ArrayList<>();
        long room = MOST_LINES;
        for (Attempt attempt : attempts.reversed()) {
            long lines = Logs.count(transaction, job.id(), attempt.number());
            long some = Math.min(lines, room);
            room -= some;
            List<String> log = some == 0
                    ? List.of()
                    : Logs.read(transaction, job.id(), attempt.number(), lines - some, (int) some).stream()
                            .map(JobTexts::line)
                            .toList();
            shown.add(Map.of(
                    "attempt",
                    attempt(transaction, jobs, attempt),
                    "logType",
                    "formatted",
                    "logs",
                    Map.of("logLines", log)));
        }
        return Map.of("job", job(job), "attempts", shown.reversed());
    }

    /** A job with its attempts. */
    static Map<String, Object> listed(Transaction transaction, Jobs jobs, Job job) throws SQLException {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Attempt attempt : attempts(transaction, jobs, job)) {
            shown.add(attempt(transaction, jobs, attempt));
        }
        return Map.of("job", job(job), "attempts", shown);
    }

    /** A job that has not begun, or never did, has one that did nothing. */
    private static List<Attempt> attempts(Transaction transaction, Jobs jobs, Job job) throws SQLException {
        List<Attempt> attempts = jobs.attempts(transaction, job.id());
        if (!attempts.isEmpty()) {
            return attempts;
        }
        Job.Times times = job.times();
        return List.of(new Attempt(
                job.id(),
                0,
                job.status().isEnd() ? Attempt.Status.FAILED : Attempt.Status.RUNNING,
                null,
                Json.EMPTY,
                new Job.Totals(0, 0, 0),
                new Attempt.Times(times.createdAt(), times.updatedAt(), times.endedAt())));
    }

    private static Map<String, Object> job(Job job) {
        Job.Times times = job.times();
        return new Shown()
                .with("id", job.id())
                .with("configType", word(job.wish().kind()))
                .with("configId", String.valueOf(job.wish().connectionId()))
                .with("status", word(job.status()))
                .with("createdAt", Shown.seconds(times.createdAt()))
                .with("updatedAt", Shown.seconds(times.updatedAt()))
                .with("startedAt", times.startedAt() == null ? null : Shown.seconds(times.startedAt()))
                .object();
    }

    private static Map<String, Object> attempt(Transaction transaction, Jobs jobs, Attempt attempt)
            throws SQLException {
        List<Map<String, Object>> streams = new ArrayList<>();
        long read = 0;
        for (AttemptStream stream : jobs.streams(transaction, attempt.jobId(), attempt.number())) {
            AttemptStream.Counts counts = stream.counts();
            read += counts.read();
            streams.add(new Shown()
                    .with("streamName", stream.stream().name())
                    .with("streamNamespace", stream.stream().namespace())
                    .with(
                            "stats",
                            stats(
                                    counts.read(),
                                    counts.bytes(),
                                    counts.committed(),
                                    stream.status().isGood() ? counts.bytes() : 0))
                    .object());
        }
        Instant ended = attempt.times().endedAt();
        Job.Totals totals = attempt.totals();
        boolean good = attempt.status() == Attempt.Status.SUCCEEDED;
        return new Shown()
                .with("id", attempt.number())
                .with("status", attempt.status().name().toLowerCase(Locale.ROOT))
                .with("createdAt", Shown.seconds(attempt.times().createdAt()))
                .with("updatedAt", Shown.seconds(attempt.times().updatedAt()))
                .with("endedAt", ended == null ? null : Shown.seconds(ended))
                .with("bytesSynced", totals.bytes())
                .with("recordsSynced", totals.records())
                .with("totalStats", stats(read, totals.bytes(), totals.records(), good ? totals.bytes() : 0))
                .with("streamStats", streams)
                .with("failureSummary", attempt.failure() == null ? null : failure(attempt.failure(), attempt))
                .object();
    }

    private static Map<String, Object> stats(long read, long bytes, long committed, long bytesCommitted) {
        return Map.of(
                "recordsEmitted", read,
                "bytesEmitted", bytes,
                "recordsCommitted", committed,
                "bytesCommitted", bytesCommitted);
    }

    private static Map<String, Object> failure(Problem problem, Attempt attempt) {
        Map<String, Object> failure = new Shown()
                .with("failureType", type(problem.kind()))
                .with("externalMessage", problem.message())
                .with("internalMessage", problem.why() == null ? problem.code() : problem.code() + ": " + problem.why())
                .with("retryable", problem.kind() != ProblemKind.CONFIG)
                .with("timestamp", attempt.times().updatedAt().toEpochMilli())
                .object();
        return Map.of(
                "failures", List.of(failure), "partialSuccess", attempt.totals().records() > 0);
    }

    private static String type(ProblemKind kind) {
        return switch (kind) {
            case CONFIG, PERMISSION -> "config_error";
            case CANCELLED -> "manual_cancellation";
            case UNREACHABLE, TRANSIENT, RESOURCE -> "transient_error";
            case CONFLICT, DATA, INTEGRITY, INTERNAL -> "system_error";
        };
    }

    private static String line(LogLine line) {
        return TIME.format(line.at().atOffset(ZoneOffset.UTC)) + " " + line.level() + " " + line.source() + " > "
                + line.message();
    }

    /** Between two attempts a job is still running: some clients take the other word for an end. */
    private static String word(JobStatus status) {
        return switch (status) {
            case RUNNING, INCOMPLETE -> "running";
            case PENDING, SUCCEEDED, FAILED, CANCELLED -> status.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String word(JobKind kind) {
        return switch (kind) {
            case SYNC -> "sync";
            case REFRESH -> "refresh";
            case CLEAR -> "reset_connection";
            case REPLAY, CHECK, DISCOVER -> throw new IllegalArgumentException("no run of a connection: " + kind);
        };
    }
}
