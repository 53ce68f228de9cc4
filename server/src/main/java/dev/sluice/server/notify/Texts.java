package dev.sluice.server.notify;

import dev.sluice.server.drift.SchemaChangeState;
import dev.sluice.server.drift.StreamSchemaChange;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobSums;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The words of messages. */
final class Texts {
    private static final int MOST_LINES = 30;
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

    private Texts() {}

    /**
     * Something with a name and a page.
     *
     * @param url its page
     */
    record Named(UUID id, String name, String url) {
        Map<String, Object> members() {
            return Map.of("id", id.toString(), "name", name, "url", url);
        }
    }

    /**
     * What a message is about.
     *
     * @param workspace where
     * @param connection the connection
     * @param source from where
     * @param destination to where
     */
    record Subject(Named workspace, Named connection, Named source, Named destination) {
        private String line() {
            return connection.name() + " (" + source.name() + " to " + destination.name() + ")";
        }

        private Map<String, @Nullable Object> members() {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("workspace", workspace.members());
            members.put("connection", connection.members());
            members.put("source", source.members());
            members.put("destination", destination.members());
            return members;
        }
    }

    static Content ended(Subject about, Job job, JobSums sums, @Nullable Problem problem) {
        boolean success = problem == null;
        Instant begun =
                Objects.requireNonNullElse(job.times().startedAt(), job.times().createdAt());
        Instant end = Objects.requireNonNullElse(job.times().endedAt(), begun);
        Duration duration = Duration.between(begun, end).truncatedTo(ChronoUnit.SECONDS);
        Map<String, @Nullable Object> data = about.members();
        data.put("jobId", job.id());
        data.put("startedAt", begun.truncatedTo(ChronoUnit.SECONDS).toString());
        data.put("finishedAt", end.truncatedTo(ChronoUnit.SECONDS).toString());
        data.put("durationInSeconds", duration.toSeconds());
        data.put("durationFormatted", words(duration));
        data.put("recordsEmitted", sums.read());
        data.put("recordsCommitted", job.totals().records());
        data.put("recordsFilteredOut", sums.filtered());
        data.put("recordsRejected", job.totals().rejected());
        data.put("bytesEmitted", sums.bytes());
        data.put("bytesEmittedFormatted", bytes(sums.bytes()));
        data.put("bytesCommitted", sums.bytesCommitted());
        data.put("bytesCommittedFormatted", bytes(sums.bytesCommitted()));
        data.put("success", success);
        String what = job.wish().kind().name().toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder("The ")
                .append(what)
                .append(" of ")
                .append(about.line())
                .append(success ? " succeeded" : " failed")
                .append(" after ")
                .append(words(duration))
                .append(": ")
                .append(job.totals().records())
                .append(" records arrived.");
        if (problem != null) {
            data.put("errorMessage", problem.message());
            data.put("errorType", type(problem.kind()));
            data.put("errorCode", problem.code());
            text.append("\nWhy: ").append(problem.message());
            if (problem.why() != null) {
                text.append(" (").append(problem.why()).append(')');
            }
            if (problem.fix() != null) {
                text.append("\nWhat to do: ").append(problem.fix());
            }
        }
        text.append('\n').append(about.connection().url());
        return new Content(
                (success ? "Sync succeeded: " : "Sync failed: ")
                        + about.connection().name(),
                text.toString(),
                data);
    }

    private static String type(ProblemKind kind) {
        return switch (kind) {
            case CONFIG, PERMISSION -> "config_error";
            case UNREACHABLE, TRANSIENT -> "transient_error";
            case RESOURCE, CONFLICT, DATA, INTEGRITY, CANCELLED, INTERNAL -> "system_error";
        };
    }

    static Content rejected(Subject about, Job job) {
        return new Content(
                "Records were rejected: " + about.connection().name(),
                job.totals().rejected() + " records of " + about.line() + " were rejected in job " + job.id()
                        + ". They are kept with why.\n" + about.connection().url(),
                Map.of());
    }

    static Content queued(Subject about, Job job) {
        Map<String, @Nullable Object> data = about.members();
        data.put("jobId", job.id());
        return new Content(
                "Waiting: " + about.connection().name(),
                "Job " + job.id() + " of " + about.line() + " waits since "
                        + day(job.times().dueAt())
                        + ", because as many runs as may be are under way. It begins by itself.\n"
                        + about.connection().url(),
                data);
    }

    static Content warned(Subject about, FailureRow row) {
        return new Content(
                "It goes on failing: " + about.connection().name(),
                about.line() + " has failed " + row.jobs() + " times in a row, since " + day(row.since())
                        + ". If this goes on, it is switched off.\n"
                        + about.connection().url(),
                Map.of());
    }

    static Content disabled(Subject about, FailureRow row) {
        return new Content(
                "Switched off: " + about.connection().name(),
                about.line() + " was switched off, because it has failed " + row.jobs() + " times in a row since "
                        + day(row.since()) + ". Mend the cause, and switch it on again.\n"
                        + about.connection().url(),
                Map.of());
    }

    private static Instant day(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    static Content changed(Subject about, List<StreamSchemaChange> news, boolean disabled) {
        StringBuilder text =
                new StringBuilder("The source of ").append(about.line()).append(" has changed.");
        if (disabled) {
            text.append(" The connection was switched off, as it is set.");
        }
        int lines = 0;
        for (StreamSchemaChange change : news) {
            if (lines >= MOST_LINES) {
                text.append("\n... and more");
                break;
            }
            text.append('\n').append(line(change));
            lines++;
        }
        text.append('\n').append(about.connection().url());
        return new Content("The source has changed: " + about.connection().name(), text.toString(), Map.of());
    }

    private static String line(StreamSchemaChange change) {
        StringBuilder line = new StringBuilder(change.weight().breaking() ? "Breaking: " : "")
                .append(change.stream())
                .append(
                        switch (change.kind()) {
                            case ADDED -> " is new";
                            case REMOVED -> " is gone";
                            case CHANGED -> ":";
                        });
        if (JsonText.read(change.details().text()) instanceof List<?> details) {
            details.stream()
                    .limit(5)
                    .forEach(detail -> line.append(' ')
                            .append(JsonText.members(detail).get("words"))
                            .append(';'));
            if (details.size() > 5) {
                line.append(" and ").append(details.size() - 5).append(" more;");
            }
        }
        return line.append(change.state() == SchemaChangeState.APPLIED ? " (applied)" : "")
                .toString();
    }

    /** What the test button sends. */
    static Content sample(Named workspace) {
        return new Content(
                "Hello from Sluice",
                "Messages of the workspace " + workspace.name() + " arrive here.\n" + workspace.url(),
                Map.of());
    }

    static String words(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60
                ? seconds + " s"
                : seconds < 3_600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }

    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.size() - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
    }
}
