package dev.sluice.server.api.own;

import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** Finds the jobs that calls name. */
final class JobPlaces {
    private final Places places;
    private final Jobs jobs;

    JobPlaces(Features features, Places places) {
        this.places = places;
        this.jobs = features.work.jobs();
    }

    Workspace workspace(Transaction transaction, Call call) throws SQLException {
        return places.workspace(transaction, job(transaction, call).wish().workspaceId());
    }

    Job job(Transaction transaction, Call call) throws SQLException {
        String text = Objects.requireNonNull(call.names().get("jobId"));
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.badRequest("jobId has to be a whole number");
        }
        return jobs.find(transaction, Long.parseLong(text)).orElseThrow(() -> Refusal.notFound("job", text));
    }

    /** The number of the attempt that is asked for; the last one if none is; 0 before the first. */
    static int attempt(Call call, List<Attempt> attempts) {
        int last = Math.max(0, attempts.size() - 1);
        int attempt = Asked.number(call, "attempt", last, 0, Integer.MAX_VALUE);
        if (attempt > last) {
            throw Refusal.notFound("attempt", String.valueOf(attempt));
        }
        return attempt;
    }
}
