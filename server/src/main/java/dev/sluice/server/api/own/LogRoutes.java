package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.LiveContent;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.LogLine;
import dev.sluice.server.jobs.LogQuery;
import dev.sluice.server.jobs.LogTail;
import dev.sluice.server.jobs.Logs;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Logs of attempts: by pages, searched, as files, and live. */
final class LogRoutes {
    private static final String GROUP = "Logs";
    private static final int MOST_LINES = 1_000;
    private static final int USUAL_LINES = 500;
    /** How many lines are looked at for one page; a search that finds little goes on from there. */
    private static final int MOST_LOOKED_AT = 50_000;

    private static final int LONGEST_TEXT = 200;

    private final Store store;
    private final JobPlaces places;
    private final Jobs jobs;

    LogRoutes(Features features, JobPlaces places) {
        this.store = features.store;
        this.places = places;
        this.jobs = features.work.jobs();
    }

    List<Route> routes() {
        return List.of(
                asked(Route.get("/jobs/{jobId}/logs", "getJobLogs", GROUP))
                        .parameter("from", "integer")
                        .parameter("limit", "integer")
                        .gives("LogPage")
                        .by(this::page),
                asked(Route.get("/jobs/{jobId}/logs/download", "downloadJobLogs", GROUP))
                        .gives("text")
                        .by(this::download),
                Route.get("/jobs/{jobId}/logs/live", "followJobLogs", GROUP)
                        .needs(Access.READ, places::workspace)
                        .parameter("attempt", "integer")
                        .parameter("from", "integer")
                        .gives("events")
                        .by(this::follow));
    }

    private Route asked(Route route) {
        return route.needs(Access.READ, places::workspace)
                .parameter("attempt", "integer")
                .parameter("level", "string")
                .parameter("source", "string")
                .parameter("text", "string");
    }

    private static LogQuery query(Call call) {
        String level = call.parameter("level");
        String text = Asked.orNull(call.parameter("text"));
        if (text != null && text.length() > LONGEST_TEXT) {
            throw Refusal.badRequest("text has at most " + LONGEST_TEXT + " characters");
        }
        return new LogQuery(
                level == null ? null : Asked.word(level, "level", System.Logger.Level.class),
                Asked.orNull(call.parameter("source")),
                text);
    }

    private record Chosen(long jobId, int attempt) {}

    private Chosen chosen(Transaction transaction, Call call) throws SQLException {
        Job job = places.job(transaction, call);
        return new Chosen(job.id(), JobPlaces.attempt(call, jobs.attempts(transaction, job.id())));
    }

    private Answer page(Call call) {
        LogQuery query = query(call);
        int most = Asked.number(call, "limit", USUAL_LINES, 1, MOST_LINES);
        int from = Asked.number(call, "from", 0, -MOST_LINES, Integer.MAX_VALUE);
        return store.read(transaction -> {
            Chosen chosen = chosen(transaction, call);
            long count = Logs.count(transaction, chosen.jobId(), chosen.attempt());
            LogTail tail = new LogTail(chosen.jobId(), chosen.attempt(), from < 0 ? Math.max(0, count + from) : from);
            List<Map<String, Object>> lines = new ArrayList<>();
            long looked = 0;
            while (lines.size() < most && looked < MOST_LOOKED_AT) {
                List<LogTail.Numbered> some = tail.next(transaction, most - lines.size());
                some.stream().filter(each -> query.matches(each.line())).forEach(each -> lines.add(shown(each)));
                looked += some.size();
                if (some.isEmpty()) {
                    break;
                }
            }
            return new Shown()
                    .with("jobId", chosen.jobId())
                    .with("attempt", chosen.attempt())
                    .with("count", count)
                    .with("lines", lines)
                    .with("next", tail.line() < count ? tail.line() : null)
                    .answer();
        });
    }

    private static Map<String, Object> shown(LogTail.Numbered each) {
        LogLine line = each.line();
        return new Shown()
                .with("number", each.number())
                .with("at", Words.of(line.at()))
                .with("level", line.level().name())
                .with("source", line.source())
                .with("message", line.message())
                .object();
    }

    private Answer download(Call call) {
        LogQuery query = query(call);
        boolean isOne = call.parameter("attempt") != null;
        Chosen chosen = store.read(transaction -> chosen(transaction, call));
        LiveContent content = reader -> {
            for (int attempt = isOne ? chosen.attempt() : 0; attempt <= chosen.attempt(); attempt++) {
                LogTail tail = new LogTail(chosen.jobId(), attempt, 0);
                List<LogTail.Numbered> lines = next(tail);
                while (!lines.isEmpty()) {
                    reader.send(text(lines, query, isOne ? "" : "attempt " + attempt + " "));
                    lines = next(tail);
                }
            }
        };
        return Answer.file("text/plain;charset=utf-8", "job-" + chosen.jobId() + ".log", content);
    }

    private List<LogTail.Numbered> next(LogTail tail) {
        return store.read(transaction -> tail.next(transaction, MOST_LINES));
    }

    private static String text(List<LogTail.Numbered> lines, LogQuery query, String before) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .map(LogTail.Numbered::line)
                .filter(query::matches)
                .forEach(line -> text.append(before)
                        .append(line.at())
                        .append(' ')
                        .append(line.level())
                        .append(' ')
                        .append(line.source())
                        .append(": ")
                        .append(line.message())
                        .append('\n'));
        return text.toString();
    }

    private Answer follow(Call call) {
        long jobId = store.read(transaction -> places.job(transaction, call)).id();
        String last = call.message().headers().get("last-event-id");
        int attempt;
        long line;
        if (last == null) {
            attempt = Asked.number(call, "attempt", 0, 0, Integer.MAX_VALUE);
            line = Asked.number(call, "from", 0, 0, Integer.MAX_VALUE);
        } else if (last.matches("\\d{1,9}-\\d{1,9}")) {
            attempt = Integer.parseInt(last.substring(0, last.indexOf('-')));
            line = Long.parseLong(last.substring(last.indexOf('-') + 1));
        } else {
            throw Refusal.badRequest("the id of the last event is not one of these events");
        }
        return Answer.events(EventStream.of(new Following(jobId, attempt, line)::next));
    }

    /** The attempts of a job, one after the other, until it has ended. */
    private final class Following {
        private final long jobId;
        private int attempt;
        private LogTail tail;

        Following(long jobId, int attempt, long line) {
            this.jobId = jobId;
            this.attempt = attempt;
            this.tail = new LogTail(jobId, attempt, line);
        }

        private record News(List<LogTail.Numbered> lines, boolean isLast, String ended) {}

        boolean next(EventStream events) throws IOException {
            while (true) {
                News news = store.read(this::news);
                if (!news.lines().isEmpty()) {
                    events.send(
                            attempt + "-" + tail.line(),
                            "lines",
                            Map.of(
                                    "attempt",
                                    attempt,
                                    "lines",
                                    news.lines().stream().map(LogRoutes::shown).toList()));
                } else if (!news.isLast()) {
                    attempt++;
                    tail = new LogTail(jobId, attempt, 0);
                } else if (!news.ended().isEmpty()) {
                    events.send("", "end", Map.of("jobId", jobId, "status", news.ended()));
                    return false;
                } else {
                    return true;
                }
            }
        }

        /** All of it is seen at one moment: nothing more is added to what is over then. */
        private News news(Transaction transaction) throws SQLException {
            List<LogTail.Numbered> lines = tail.next(transaction, USUAL_LINES);
            if (!lines.isEmpty()) {
                return new News(lines, false, "");
            }
            List<Attempt> attempts = jobs.attempts(transaction, jobId);
            String ended = jobs.find(transaction, jobId)
                    .map(job -> job.status().isEnd() ? Words.of(job.status()) : "")
                    .orElse("gone");
            return new News(lines, attempt >= attempts.size() - 1, ended);
        }
    }
}
