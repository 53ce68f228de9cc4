package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.Reconciler;
import dev.sluice.engine.state.Reconciliation;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Optional;

/** The copy of a stream that its last sync completed, for what is done to it between two syncs. */
public final class CompleteCopy {
    private final Destination destination;
    private final StateStore store;
    private final String code;
    private final String message;

    /**
     * Looks at copies of a connection.
     *
     * @param code the code of the problem that a stream has no complete copy
     * @param message what cannot be done then
     */
    public CompleteCopy(Destination destination, StateStore store, String code, String message) {
        this.destination = destination;
        this.store = store;
        this.code = code;
        this.message = message;
    }

    /** Copies to which records shall be added that were rejected before. */
    static CompleteCopy forReplay(Destination destination, StateStore store) {
        return new CompleteCopy(destination, store, "E_REPLAY_NOT_READY", "nothing can be added to the stream now");
    }

    /**
     * What the destination remembers of a stream, after an earlier replay is settled by it.
     *
     * @throws ProblemException of kind {@code CONFLICT} if another connection owns the target
     */
    public Optional<Ledger> ledger(StreamPlan plan) {
        Optional<Ledger> ledger = BrokenReplay.settled(destination, plan);
        store.settleReplays(
                plan.stream(),
                ledger.filter(Ledger::published).map(Ledger::syncId).orElse(0L));
        return ledger;
    }

    /**
     * The state of a stream whose target is complete and can be added to.
     *
     * @param syncId the job that would add; 0 if none would
     * @throws ProblemException if it is not
     */
    public StreamState ready(StreamPlan plan, Optional<Ledger> ledger, long syncId) {
        StreamState state = store.stream(plan.stream()).orElseThrow(() -> notReady(plan, "it was never synced"));
        if (state.lastSyncId() == 0) {
            throw notReady(plan, "its first sync was not completed");
        }
        if (state.unfinished() != null) {
            throw notReady(plan, "a sync of it was interrupted");
        }
        if (state.refresh() != null || !isAsWanted(state, plan)) {
            throw notReady(plan, "its settings were changed, or it was rewound");
        }
        if (!destination.traits().ledger()) {
            return state;
        }
        return switch (Reconciler.reconcile(state, ledger, syncId, false)) {
            case Reconciliation.Begin(StreamState adopted, boolean anew, String note) -> adopted;
            case Reconciliation.StateAhead(Problem problem) -> throw problem.exception();
            case Reconciliation.Done ignored -> throw notReady(plan, "a sync of it is not completed");
            case Reconciliation.Resume ignored -> throw notReady(plan, "a sync of it was interrupted");
        };
    }

    /** Objects may be made otherwise from now on: those that are there stay, and records are mapped as it is wanted now. */
    private static boolean isAsWanted(StreamState state, StreamPlan plan) {
        String wanted = StateSettings.of(plan);
        return plan.target().object() == null
                ? state.settings().equals(wanted)
                : StateSettings.differInMappersOnly(state.settings(), wanted);
    }

    private ProblemException notReady(StreamPlan plan, String why) {
        return Problem.of(code, ProblemKind.CONFIG, message)
                .at(plan.stream().toString())
                .because(why)
                .fix("run `sluice sync` first")
                .exception();
    }

    /** The same target, to whose present content rows are added. */
    TargetSpec adding(StreamPlan plan, StreamState state, long syncId) {
        TargetSpec target = plan.target();
        Generation generation = new Generation(state.generation(), 0, syncId);
        if (target.object() != null) {
            return target.withGeneration(generation); // objects are written as they were wanted the first time
        }
        DestinationSyncMode mode =
                target.mode().mode().dedups() ? DestinationSyncMode.APPEND_DEDUP : DestinationSyncMode.APPEND;
        if (!destination.traits().modes().contains(mode)) {
            throw Problem.of("E_REPLAY_UNSUPPORTED", ProblemKind.CONFIG, "the destination cannot add rows")
                    .at(plan.stream().toString())
                    .fix("mend the records in their source and run `sluice sync` again")
                    .exception();
        }
        return new TargetSpec(
                target.owner(),
                target.stream(),
                target.name(),
                target.schema(),
                new WriteMode(mode, target.mode().primaryKey(), target.mode().cursor()),
                generation);
    }
}
