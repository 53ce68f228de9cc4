package dev.sluice.server.api.open;

import dev.sluice.server.api.Refusal;
import dev.sluice.server.auth.Caller;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Json;
import java.util.UUID;

/** Puts runs of connections into the queue. */
public final class RunWishes {
    private final Features features;
    private final Places places;

    /** For the routes that ask for runs. */
    public RunWishes(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    /**
     * Has a connection run, and returns at once.
     *
     * @throws Refusal if it is switched off, or runs already
     */
    public Job begin(UUID connectionId, JobKind kind, Caller caller) {
        return begin(connectionId, kind, Json.EMPTY, caller);
    }

    /**
     * The same with something else to be known, such as the streams.
     *
     * @throws Refusal if it is switched off, or runs already
     */
    public Job begin(UUID connectionId, JobKind kind, Json request, Caller caller) {
        Job job = features.store.compute(transaction -> {
            Connection connection = places.connection(transaction, connectionId);
            if (connection.standing().status() != Standing.Status.ACTIVE) {
                throw Refusal.of(409, "state-conflict", "Can only sync an active connection");
            }
            if (Jobs.openOf(transaction, connectionId).isPresent()) {
                // Clients know it by these words.
                throw Refusal.of(409, "try-again-later", "A sync is already running for: " + connectionId);
            }
            JobWish wish = JobWish.of(connection.workspaceId(), kind, connectionId, caller.accountId())
                    .with(request);
            return features.work.jobs().add(transaction, wish);
        });
        features.work.wake().run();
        return job;
    }
}
