package dev.sluice.engine.run;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.plan.PlanMemory;
import dev.sluice.engine.plan.PlannedReads;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run of a connection, from discovery to result.
 *
 * <p>The caller opens source and destination, holds the connection's lock, and closes all of them afterwards.
 */
public final class SyncRun {
    private final Connection connection;
    private final Source source;
    private final Destination destination;
    private final StateStore store;
    private final RunOptions options;
    private final RunListener listener;
    private final RunTime time;

    /** Prepares a run. */
    public SyncRun(
            Connection connection,
            Source source,
            Destination destination,
            StateStore store,
            RunOptions options,
            RunListener listener) {
        this(connection, source, destination, store, options, listener, RunTime.SYSTEM);
    }

    /** Prepares a run that lives by another time than this machine's. */
    public SyncRun(
            Connection connection,
            Source source,
            Destination destination,
            StateStore store,
            RunOptions options,
            RunListener listener,
            RunTime time) {
        this.connection = connection;
        this.source = source;
        this.destination = destination;
        this.store = store;
        this.options = options;
        this.listener = listener;
        this.time = time;
    }

    /**
     * Makes the plan and changes nothing.
     *
     * @param takeOver true if targets of other connections may be taken
     */
    public SyncPlan plan(boolean takeOver) {
        return plan(takeOver, PlanMemory.of(store));
    }

    /**
     * Makes the plan and changes nothing.
     *
     * @param takeOver true if targets of other connections may be taken
     * @param memory what to know of earlier runs
     */
    public SyncPlan plan(boolean takeOver, PlanMemory memory) {
        Owner owner = new Owner(store.connectionId(), connection.name(), takeOver);
        return plan(connection, owner, memory, source, destination);
    }

    /**
     * Makes the plan of a connection and changes nothing.
     *
     * @param owner who would write
     * @param memory what is known of earlier runs
     */
    public static SyncPlan plan(
            Connection connection, Owner owner, PlanMemory memory, Source source, Destination destination) {
        DiscoverScope scope = scope(connection.streams());
        SyncPlan plan = Planner.plan(connection, owner, memory, source.discover(scope), destination);
        boolean misspelt =
                plan.problems().stream().anyMatch(problem -> problem.code().equals(Planner.STREAM_NOT_FOUND));
        if (misspelt && scope instanceof DiscoverScope.Only) {
            // Held against all names, a wrong one shows what was probably meant.
            return Planner.plan(connection, owner, memory, source.discover(new DiscoverScope.All()), destination);
        }
        return plan;
    }

    /**
     * Carries a plan out.
     *
     * @param plan a plan without problems
     * @param stop how the user ends the run early
     */
    public RunResult execute(SyncPlan plan, StopSignal stop) {
        long begun = System.nanoTime();
        List<StreamProgress> streams =
                plan.orThrow().streams().stream().map(StreamProgress::new).toList();
        source.expect(plan.orThrow().streams().stream().map(StreamPlan::read).toList());
        source.standing(standing());
        Job job = store.beginJob();
        listener.started(job, streams);
        try (RunWatch watch = new RunWatch(connection.rules().limits(), time, stop)) {
            MemoryBudget budget = new MemoryBudget(options.memoryBytes());
            runAll(streams, new RunScope(job, store, budget, stop, options, listener, watch));
        }
        RunStatus status = RunStatus.of(streams, plan.stopped().size());
        store.endJob(job, status.words());
        return new RunResult(status, job, streams, plan.stopped(), plan.changes(), System.nanoTime() - begun);
    }

    /** Where the streams of the connection stand, whether this run reads them or not. */
    private Map<StreamId, Position> standing() {
        Map<StreamId, Position> positions = new HashMap<>();
        for (StreamState state : store.streams()) {
            UnfinishedRead unfinished = state.unfinished();
            Position position = state.position() == null && unfinished != null
                    ? unfinished.plan().end()
                    : state.position();
            boolean isCopied =
                    PlannedReads.owner(connection.streams(), state.stream()).isPresent();
            if (isCopied && position != null) {
                positions.put(state.stream(), position);
            }
        }
        return positions;
    }

    private void runAll(List<StreamProgress> streams, RunScope scope) {
        Lanes lanes = new Lanes(options.lanes());
        List<Thread> threads = new ArrayList<>(streams.size());
        for (StreamProgress progress : streams) {
            StreamPlan plan = progress.plan();
            StreamAttempts task = new StreamAttempts(plan, source, destination, progress, lanes, scope);
            threads.add(EngineThreads.startVirtual("stream " + plan.stream(), task));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException stopped) {
                    interrupted = true;
                    scope.stop().abort();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A discovery of only the streams that the settings name, when none of them is a pattern. */
    public static DiscoverScope scope(List<StreamSettings> settings) {
        Set<StreamId> named = new HashSet<>();
        for (StreamSettings each : settings) {
            String pattern = each.pattern();
            if (each.isGlob() || pattern.indexOf('.') < 0) {
                return new DiscoverScope.All();
            }
            named.add(StreamId.of(pattern));
            // Both parts may hold dots themselves, so each dot may be the one between them.
            for (int dot = pattern.indexOf('.', 1);
                    dot >= 0 && dot < pattern.length() - 1;
                    dot = pattern.indexOf('.', dot + 1)) {
                named.add(StreamId.of(pattern.substring(0, dot), pattern.substring(dot + 1)));
            }
        }
        return new DiscoverScope.Only(named);
    }
}
