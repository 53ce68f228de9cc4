package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs in full: their attempts, what these did to streams, and how far they are. */
final class JobRoutes {
    private static final String GROUP = "Job details";

    private final Features features;
    private final JobPlaces places;
    private final Jobs jobs;
    private final Clock clock;

    JobRoutes(Features features, JobPlaces places, Clock clock) {
        this.features = features;
        this.places = places;
        this.jobs = features.work.jobs();
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/jobs/{jobId}", "getJobDetail", GROUP)
                        .needs(Access.READ, places::workspace)
                        .gives("JobDetail")
                        .by(call -> features.store.read(transaction -> detail(transaction, call))),
                Route.post("/jobs/{jobId}/stop", "stopJob", GROUP)
                        .needs(Access.RUN, places::workspace)
                        .gives("RunBegun")
                        .by(this::stop),
                Route.get("/jobs/{jobId}/streams", "listJobStreams", GROUP)
                        .needs(Access.READ, places::workspace)
                        .parameter("attempt", "integer")
                        .paged()
                        .gives("JobStreams")
                        .by(call -> features.store.read(transaction -> streams(transaction, call))));
    }

    /** Any job, also one that only looks. One that has ended stays as it is: whoever stops it was too late, and that is all. */
    private Answer stop(Call call) {
        Job stopped = features.store.compute(transaction -> {
            Job job = places.job(transaction, call);
            return job.status().isEnd() ? job : jobs.cancel(transaction, job.id());
        });
        features.work.wake().run();
        return Answer.json(shown(stopped).object());
    }

    private Answer detail(Transaction transaction, Call call) throws SQLException {
        Job job = places.job(transaction, call);
        List<Attempt> attempts = jobs.attempts(transaction, job.id());
        List<Map<String, Object>> shown = new ArrayList<>();
        attempts.forEach(attempt -> shown.add(shown(attempt)));
        Shown answer = shown(job).with("attempts", shown);
        if (!attempts.isEmpty()) {
            Attempt last = attempts.getLast();
            Progress progress =
                    Progress.of(job, last, jobs.streams(transaction, job.id(), last.number()), clock.instant());
            answer.with("progress", progress.members());
        }
        return answer.answer();
    }

    static Shown shown(Job job) {
        Job.Times times = job.times();
        return new Shown()
                .with("jobId", job.id())
                .with("jobType", Words.of(job.wish().kind()))
                .with("status", Words.of(job.status()))
                .with("connectionId", job.wish().connectionId())
                .with("actorId", job.wish().actorId())
                .with("startedBy", job.wish().startedBy())
                .with("isCancelWished", job.course().cancelWished())
                .with("records", job.totals().records())
                .with("bytes", job.totals().bytes())
                .with("rejected", job.totals().rejected())
                .with("createdAt", Words.of(times.createdAt()))
                .with("startedAt", Words.of(times.startedAt()))
                .with("updatedAt", Words.of(times.updatedAt()))
                .with("endedAt", Words.of(times.endedAt()))
                .with("nextAttemptAt", job.status().isEnd() ? null : Words.of(times.dueAt()));
    }

    private static Map<String, Object> shown(Attempt attempt) {
        return new Shown()
                .with("number", attempt.number())
                .with("status", Words.of(attempt.status()))
                .with("failure", Words.of(attempt.failure()))
                .with("records", attempt.totals().records())
                .with("bytes", attempt.totals().bytes())
                .with("rejected", attempt.totals().rejected())
                .with("found", JsonText.object(attempt.snapshot().text()))
                .with("createdAt", Words.of(attempt.times().createdAt()))
                .with("updatedAt", Words.of(attempt.times().updatedAt()))
                .with("endedAt", Words.of(attempt.times().endedAt()))
                .object();
    }

    private Answer streams(Transaction transaction, Call call) throws SQLException {
        Job job = places.job(transaction, call);
        int attempt = JobPlaces.attempt(call, jobs.attempts(transaction, job.id()));
        return Shown.page(
                call, jobs.streams(transaction, job.id(), attempt, call.page()), stream -> shown(stream, attempt));
    }

    private static Map<String, Object> shown(AttemptStream stream, int attempt) {
        AttemptStream.Counts counts = stream.counts();
        return Words.of(stream.stream())
                .with("attempt", attempt)
                .with("status", Words.of(stream.status()))
                .with("recordsRead", counts.read())
                .with("bytesRead", counts.bytes())
                .with("recordsCommitted", counts.committed())
                .with("recordsFiltered", counts.filtered())
                .with("recordsRejected", counts.rejected())
                .with("recordsBefore", counts.before())
                .with("recordsExpected", counts.expected() < 0 ? null : counts.expected())
                .with("problem", Words.of(stream.problem()))
                .with("details", JsonText.object(stream.details().text()))
                .object();
    }
}
