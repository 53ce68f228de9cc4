package dev.sluice.server;

import dev.sluice.server.connections.Connection;
import dev.sluice.server.jobs.Dispatcher;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.JobWork;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.store.Store;
import dev.sluice.testkit.host.Await;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Does the jobs of a store as a test says, with all that goes with them. */
public final class Working implements AutoCloseable {
    private final Store store;
    private final Dispatcher dispatcher;
    private final Jobs jobs;

    /**
     * Begins to do them.
     *
     * @param work what an attempt does
     * @param listeners who hears of them
     */
    public Working(Store store, JobWork work, Clock clock, List<JobListener> listeners) {
        this.store = store;
        this.jobs = new Jobs(clock, listeners);
        this.dispatcher = new Dispatcher(store, UUID.randomUUID(), Limits.USUAL, work, clock, listeners);
        dispatcher.start();
    }

    /** A new job of a connection. */
    public Job add(Connection connection, JobKind kind) {
        Job job = store.compute(transaction ->
                jobs.add(transaction, JobWish.of(connection.workspaceId(), kind, connection.id(), null)));
        dispatcher.wake();
        return job;
    }

    /** The job once it has ended. */
    public Job ended(Job job) {
        Await.until("the end of job " + job.id(), () -> find(job).status().isEnd());
        return find(job);
    }

    /** The same as {@link #add}, and waits for its end. */
    public Job run(Connection connection, JobKind kind) {
        return ended(add(connection, kind));
    }

    private Job find(Job job) {
        return store.read(transaction -> jobs.find(transaction, job.id())).orElseThrow();
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
