package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.Reconciler;
import dev.sluice.engine.state.Reconciliation;
import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.SplitProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a stream of a run, from reconciling to publishing.
 *
 * <p>The order of the steps is what keeps rows safe: the plan is saved before the target is opened, the target is opened
 * before anything is read, each commit precedes the saving of its state, and the source hears of it last (I1).
 */
final class StreamTask {
    private final StreamPlan plan;
    private final Source source;
    private final Destination destination;
    private final StreamProgress progress;
    private final Lanes lanes;
    private final RunScope scope;
    private final StateStore store;

    StreamTask(
            StreamPlan plan,
            Source source,
            Destination destination,
            StreamProgress progress,
            Lanes lanes,
            RunScope scope) {
        this.plan = plan;
        this.source = source;
        this.destination = destination;
        this.progress = progress;
        this.lanes = lanes;
        this.scope = scope;
        this.store = scope.store();
    }

    /**
     * Makes the attempt; whatever makes it fail is thrown.
     *
     * @return false if it ended early because the run shall end
     */
    boolean sync() throws InterruptedException {
        Optional<Ledger> ledger = BrokenReplay.settled(destination, plan);
        store.settleReplays(
                plan.stream(),
                ledger.filter(Ledger::published).map(Ledger::syncId).orElse(0L));
        return switch (reconcile(ledger)) {
            case Reconciliation.Done(StreamState done) -> {
                supersede(done);
                store.save(done);
                enter(StreamStatus.ALREADY_COMPLETE);
                yield true;
            }
            case Reconciliation.StateAhead(Problem problem) -> throw problem.exception();
            case Reconciliation.Resume(StreamState resumed) -> resume(resumed);
            case Reconciliation.Begin begin -> {
                if (begin.note() != null) {
                    progress.note(begin.note());
                }
                yield begin(begin, ledger);
            }
        };
    }

    private Reconciliation reconcile(Optional<Ledger> ledger) {
        String settings = StateSettings.of(plan);
        StreamState state = remembered(settings);
        if (StateSettings.differInMappersOnly(state.settings(), settings)) {
            state = state.remapped(settings);
        } else {
            StateSettings.requireChoice(state, plan);
            return Reconciler.startOver(
                    state,
                    settings,
                    ledger,
                    StateSettings.wereOverwriting(state) && !plan.mode().write().overwrites());
        }
        boolean replacesAll = plan.mode().write().overwrites() || state.replaces();
        return destination.traits().ledger()
                ? Reconciler.reconcile(state, ledger, scope.job().syncId(), replacesAll)
                : Reconciler.trust(state, replacesAll && plan.preview().guarantee() != Guarantee.NONE);
    }

    /** What is remembered of the stream; if new fields are to be filled in older rows, with the wish to read it again. */
    private StreamState remembered(String settings) {
        StreamState state = store.stream(plan.stream()).orElseGet(() -> StreamState.initial(plan.stream(), settings));
        boolean isThere = state.lastSyncId() > 0 || state.unfinished() != null;
        if (!plan.drift().backfills() || !isThere || state.refresh() != null) {
            return state;
        }
        StreamState again = state.refreshing(Refresh.MERGE);
        // Saved before the change counts as known: a crash in between would forget that older rows are to be filled.
        store.save(again);
        return again;
    }

    /** Begins a new read: after the last position if the stream is incremental and has one, else from the beginning. */
    private boolean begin(Reconciliation.Begin begin, Optional<Ledger> ledger) throws InterruptedException {
        StreamState state = begin.state();
        boolean full = plan.read().mode() == SyncMode.FULL_REFRESH;
        Position from = full ? null : state.position();
        long generation = state.generation() + (full || begin.anew() ? 1 : 0);
        // An unfinished read under the very same numbers would be continued by opening the target, not discarded.
        boolean discardFirst = ledger.filter(there -> !there.published()
                        && there.syncId() == scope.job().syncId()
                        && there.generation() == generation)
                .isPresent();
        ReadStart start = from == null ? new ReadStart.Beginning() : new ReadStart.After(from);
        try (PlannedRead read = planned(source.plan(plan.read(), start))) {
            UnfinishedRead unfinished =
                    new UnfinishedRead(scope.job().syncId(), from, plan.shape(), read.plan(), Map.of());
            progress.startedOver();
            discardRejects(ledger);
            return copy(state, state.reading(generation, unfinished), discardFirst);
        }
    }

    /**
     * Forgets what was rejected of reads that come to nothing: the one that the destination has begun, the one that is
     * remembered, and an earlier attempt of this job.
     */
    private void discardRejects(Optional<Ledger> ledger) {
        Set<Long> gone = new TreeSet<>(Set.of(scope.job().syncId()));
        ledger.filter(there -> !there.published()).ifPresent(there -> gone.add(there.syncId()));
        store.stream(plan.stream()).map(StreamState::unfinished).ifPresent(read -> gone.add(read.syncId()));
        ledger.filter(Ledger::published).ifPresent(there -> gone.remove(there.syncId()));
        gone.forEach(read -> store.discardRejects(plan.stream(), read));
    }

    private boolean resume(StreamState state) throws InterruptedException {
        UnfinishedRead unfinished = Objects.requireNonNull(state.unfinished());
        if (!unfinished.shape().equals(plan.shape())) {
            return beginAgain(state, unfinished, "the fields of the stream have changed since");
        }
        store.settleRejects(plan.stream(), unfinished.syncId(), unfinished.progress());
        long rejected = store.countRejects(plan.stream(), unfinished.syncId());
        boolean complete = rejected == 0 && !plan.mapping().filters();
        ReadStart start = new ReadStart.Resume(unfinished.plan(), unfinished.from(), unfinished.progress(), complete);
        return switch (source.plan(plan.read(), start)) {
            case PlanResult.Planned(PlannedRead read) -> {
                try (read) {
                    progress.resumedAfter(unfinished.committedRows(), rejected);
                    if (progress.failures() == 0) {
                        progress.note("an interrupted read goes on after " + unfinished.committedRows() + " rows");
                    }
                    yield copy(state, state.reading(state.generation(), unfinished.withPlan(read.plan())), false);
                }
            }
            case PlanResult.CannotResume(String why) -> beginAgain(state, unfinished, why);
        };
    }

    /** Drops what an interrupted read delivered and does it from where it began. */
    private boolean beginAgain(StreamState state, UnfinishedRead unfinished, String why) throws InterruptedException {
        progress.note("the interrupted read is discarded and done anew: " + why);
        // Before the destination forgets its markers, lest a crash in between make the state look ahead (I3).
        store.save(state.reading(state.generation(), unfinished.withProgress(Map.of())));
        Position from = unfinished.from();
        ReadStart anew = from == null ? new ReadStart.Beginning() : new ReadStart.After(from);
        try (PlannedRead read = planned(source.plan(plan.read(), anew))) {
            UnfinishedRead fresh = new UnfinishedRead(unfinished.syncId(), from, plan.shape(), read.plan(), Map.of());
            progress.startedOver();
            return copy(state, state.reading(state.generation(), fresh), true);
        }
    }

    private static PlannedRead planned(PlanResult result) {
        return switch (result) {
            case PlanResult.Planned(PlannedRead read) -> read;
            case PlanResult.CannotResume(String why) ->
                throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the source refused to begin a read: " + why)
                        .exception();
        };
    }

    /** Moves the rows of a planned read and publishes them; false if the run shall end before. */
    private boolean copy(StreamState before, StreamState reading, boolean discardFirst) throws InterruptedException {
        UnfinishedRead unfinished = Objects.requireNonNull(reading.unfinished());
        boolean truncates = plan.mode().write().overwrites() || reading.replaces();
        Generation generation =
                new Generation(reading.generation(), truncates ? reading.generation() : 0, unfinished.syncId());
        TargetSpec spec = plan.target().withGeneration(generation);
        if (discardFirst) {
            try (Target target = destination.open(spec)) {
                target.discard();
            }
            store.discardRejects(plan.stream(), unfinished.syncId());
        }
        store.save(reading);
        Cut.at("after-plan");
        try (Target target = destination.open(spec)) {
            Cut.at("after-open");
            CatalogStream accepted = plan.drift().accepted();
            if (accepted != null) {
                store.saveKnown(accepted);
            }
            enter(StreamStatus.RUNNING);
            HandedOver handed = new HandedOver(plan.stream(), target, scope);
            LaneGroup.Reading read = new LaneGroup.Reading(unfinished, reading.generation());
            if (!move(new LaneGroup(plan, source, handed, read, progress, lanes, scope), target, handed)) {
                return false;
            }
            enter(StreamStatus.PUBLISHING);
            publish(before, reading, target, handed);
        }
        enter(StreamStatus.COMPLETE);
        return true;
    }

    /** Moves the rows; if the stream does not come to its end, what can be kept of it is kept. */
    private boolean move(LaneGroup group, Target target, HandedOver handed) throws InterruptedException {
        boolean finished = false;
        try {
            finished = group.run();
        } finally {
            if (!finished && scope.stop().level() != StopSignal.Level.ABORT) {
                target.leaveOff();
                handed.settle();
            }
        }
        return finished;
    }

    private void publish(StreamState before, StreamState reading, Target target, HandedOver handed) {
        UnfinishedRead unfinished = Objects.requireNonNull(reading.unfinished());
        requireBalance(handed.rows());
        RejectGuard guard = new RejectGuard(plan.rejects(), progress);
        guard.atEnd();
        long written = progress.rowsWritten() + handed.written();
        if (plan.target().object() != null) {
            guard.afterSending(written);
        } else if (plan.mode().write().overwrites() || reading.replaces()) {
            guard.beforeReplacing(written);
        }
        Map<String, SplitProgress> ended = new HashMap<>(ended());
        ended.putAll(handed.progress());
        Position end = source.end(plan.read(), unfinished.plan(), ended);
        Problem notRemoved = plan.mode().write() == DestinationSyncMode.MIRROR
                ? MirrorStep.removeGone(target, plan, progress)
                : null;
        Cut.at("before-publish");
        target.publish(written, end);
        handed.settleAll();
        Cut.at("after-publish");
        supersede(reading);
        store.save(before.published(reading.generation(), unfinished.syncId(), end));
        Cut.at("after-final-state");
        acknowledge(end);
        if (notRemoved != null) {
            // What was written is kept, so that the next run reads anew and does not go on with this read.
            throw notRemoved.exception();
        }
    }

    /** How the splits ended; each commit that is durable has saved it. */
    private Map<String, SplitProgress> ended() {
        return store.stream(plan.stream())
                .map(StreamState::unfinished)
                .map(UnfinishedRead::progress)
                .orElse(Map.of());
    }

    private void supersede(StreamState now) {
        if (plan.mode().write().overwrites() || now.replaces()) {
            store.supersedeRejects(plan.stream(), now.generation());
        }
    }

    /**
     * I7: an imbalance fails the stream, whatever else went well.
     *
     * @param underway the rows that are committed and not durable yet
     */
    private void requireBalance(long underway) {
        if (!progress.isBalanced(underway)) {
            throw Problem.of(
                            "E_IMBALANCE",
                            ProblemKind.INTEGRITY,
                            progress.rowsRead() + " rows were read, " + (progress.rowsCommitted() + underway)
                                    + " committed, "
                                    + progress.rowsFiltered() + " filtered and " + progress.rowsRejected()
                                    + " rejected")
                    .at(plan.stream().toString())
                    .because("rows were lost or doubled on the way, so nothing was published")
                    .exception();
        }
    }

    /** I1: the source hears of it after the commit is durable and the state is saved. */
    private void acknowledge(@Nullable Position end) {
        if (end != null) {
            source.committed(plan.stream(), end);
        }
    }

    private void enter(StreamStatus status) {
        progress.enter(status);
        scope.listener().changed(progress);
    }
}
