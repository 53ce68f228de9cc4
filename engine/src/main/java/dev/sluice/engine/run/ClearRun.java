package dev.sluice.engine.run;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.plan.PlanMemory;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Empties the tables of streams and forgets how far they were read, so that the next run copies everything.
 *
 * <p>It asks the destination only: what the tables look like is remembered from the last run. A table is emptied as an
 * overwrite without rows would do it, in one step (I5). The caller opens and closes the destination and holds the
 * connection's lock.
 */
public final class ClearRun {
    /** Streams that were never copied have nothing to clear. */
    private static final Set<String> NEVER_COPIED = Set.of(Planner.STREAM_NOT_FOUND, "E_NO_STREAMS");

    private final Connection connection;
    private final Destination destination;
    private final StateStore store;

    /** Prepares to clear streams of a connection. */
    public ClearRun(Connection connection, Destination destination, StateStore store) {
        this.connection = connection;
        this.destination = destination;
        this.store = store;
    }

    /**
     * What became of a stream.
     *
     * @param stream what was planned for it
     * @param problem why it could not be cleared; null if it was
     */
    public record Cleared(StreamPlan stream, @Nullable Problem problem) {}

    /** The tables that the connection has written; changes nothing. */
    public SyncPlan plan() {
        Owner owner = new Owner(store.connectionId(), connection.name(), false);
        Catalog known = new Catalog(store.knownStreams());
        PlanMemory memory = new PlanMemory(List.of(), PlanMemory.ids(known));
        SyncPlan plan = Planner.plan(connection, owner, memory, known, destination);
        List<Problem> problems = plan.problems().stream()
                .filter(problem -> !NEVER_COPIED.contains(problem.code()))
                .toList();
        return new SyncPlan(plan.streams(), List.of(), List.of(), problems);
    }

    /** Clears the streams of a plan, one after the other; the failure of one keeps no other from being cleared. */
    public List<Cleared> execute(SyncPlan plan) {
        List<Cleared> result = new ArrayList<>();
        plan.orThrow();
        Job job = store.beginJob();
        // Over before it does anything: a sync after a crash must not take itself for a part of this job.
        store.endJob(job, "cleared");
        for (StreamPlan stream : plan.streams()) {
            try {
                clear(stream, job);
                result.add(new Cleared(stream, null));
            } catch (ProblemException failure) {
                Problem problem = failure.problem();
                result.add(new Cleared(
                        stream,
                        problem.where() == null ? problem.at(stream.stream().toString()) : problem));
            }
        }
        return result;
    }

    private void clear(StreamPlan plan, Job job) {
        Optional<Ledger> ledger = destination.ledger(plan.target());
        ledger.ifPresent(there -> Ownership.require(there, plan));
        StreamState state =
                store.stream(plan.stream()).orElseGet(() -> StreamState.initial(plan.stream(), StateSettings.of(plan)));
        long before =
                Math.max(state.generation(), ledger.map(Ledger::generation).orElse(0L));
        Generation generation = new Generation(before + 1, before + 1, job.syncId());
        if (!destination.traits().ledger()) {
            // Nobody else would know after a crash in between that the rows before the position are gone.
            store.save(state.edited(null));
        }
        try (Target target = destination.open(plan.target().withGeneration(generation))) {
            target.publish(0, null);
        }
        // I3: the state follows the destination; after a crash in between, the ledger without a position says the same.
        store.save(state.published(generation.id(), job.syncId(), null));
    }
}
