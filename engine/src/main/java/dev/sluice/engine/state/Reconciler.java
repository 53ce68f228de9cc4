package dev.sluice.engine.state;

import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what the engine remembers of a stream with what the destination remembers (I3).
 *
 * <p>The two can differ because a crash may fall between the destination's commit and the saving of the state, and
 * because somebody may restore, drop or copy either side. The rule is asymmetric: where the destination is ahead it is
 * right, because its marker came with the data; where the state is ahead, rows are missing and nobody may pretend
 * otherwise.
 */
public final class Reconciler {
    private Reconciler() {}

    /**
     * Decides how a stream goes on.
     *
     * @param state what the engine remembers
     * @param ledger what the destination remembers of this connection's stream
     * @param syncId the job that begins
     * @param replacesAll true if the run replaces all that the target holds, so that nothing older matters
     */
    public static Reconciliation reconcile(
            StreamState state, Optional<Ledger> ledger, long syncId, boolean replacesAll) {
        if (ledger.isEmpty()) {
            return withoutLedger(state, replacesAll);
        }
        UnfinishedRead unfinished = state.unfinished();
        return unfinished == null
                ? betweenReads(state, ledger.get(), syncId, replacesAll)
                : duringRead(state, unfinished, ledger.get(), syncId, replacesAll);
    }

    /**
     * Decides how a stream goes on whose saved state does not count any more, because a person chose another position or
     * other settings. The destination's position does not count either: it belongs to the old settings.
     *
     * @param saved what the engine remembers
     * @param settings the settings from now on
     * @param ledger what the destination remembers of this connection's stream
     * @param replaces true if what is there goes once the new copy is complete, also if nobody wished that
     */
    public static Reconciliation startOver(
            StreamState saved, String settings, Optional<Ledger> ledger, boolean replaces) {
        long generation =
                Math.max(saved.generation(), ledger.map(Ledger::generation).orElse(0L));
        Position from = saved.isEdited() ? saved.position() : null;
        StreamState state = saved.under(settings, generation, from);
        if (from != null) {
            return new Reconciliation.Begin(state, false, "the stream is read from the position that was set");
        }
        if (saved.refresh() != null) {
            return new Reconciliation.Begin(state, true, refreshed(saved.refresh()));
        }
        return new Reconciliation.Begin(
                replaces ? state.wishing(Refresh.TRUNCATE) : state,
                true,
                saved.isEdited()
                        ? "the stream was rewound, so it is copied from the beginning"
                        : "the sync mode or the cursor was changed, so the stream is copied from the beginning");
    }

    /**
     * Decides how a stream goes on whose destination remembers nothing, so that the state is all that anybody knows. A copy that
     * replaces what is there is made anew, because nobody knows what is left of an interrupted one (I5).
     *
     * @param state what the engine remembers
     * @param replacesAll true if the run replaces all that the target holds
     */
    public static Reconciliation trust(StreamState state, boolean replacesAll) {
        if (state.unfinished() == null) {
            return new Reconciliation.Begin(state, null);
        }
        return replacesAll
                ? new Reconciliation.Begin(
                        state.restarted(),
                        true,
                        "the destination may have lost a part of the interrupted copy; it is made anew")
                : new Reconciliation.Resume(state);
    }

    private static String refreshed(Refresh wish) {
        return switch (wish) {
            case MERGE -> "the stream is read from the beginning; rows that are there stay";
            case TRUNCATE -> "the stream is read from the beginning, and takes the place of what is there";
        };
    }

    private static Reconciliation withoutLedger(StreamState state, boolean replacesAll) {
        UnfinishedRead unfinished = state.unfinished();
        boolean nothingWritten = state.lastSyncId() == 0
                && (unfinished == null || unfinished.progress().isEmpty());
        if (nothingWritten) {
            return unfinished == null ? new Reconciliation.Begin(state, null) : new Reconciliation.Resume(state);
        }
        if (replacesAll) {
            return new Reconciliation.Begin(
                    state.restarted(), "the destination no longer knows the stream; it is written anew");
        }
        return new Reconciliation.StateAhead(stateAhead(state, "the target or its ledger is gone"));
    }

    private static Reconciliation betweenReads(StreamState state, Ledger ledger, long syncId, boolean replacesAll) {
        if (ledger.published()) {
            if (ledger.syncId() < state.lastSyncId() && !replacesAll) {
                return new Reconciliation.StateAhead(stateAhead(state, "the target was set back to an earlier run"));
            }
            // The destination is level, or ahead after a crash between its commit and the saving of the state.
            StreamState adopted = ledger.syncId() > state.lastSyncId()
                    ? state.published(
                            Math.max(state.generation(), ledger.generation()), ledger.syncId(), ledger.position())
                    : state;
            return ledger.syncId() == syncId
                    ? new Reconciliation.Done(adopted)
                    : new Reconciliation.Begin(adopted, null);
        }
        if (ledger.syncId() <= state.lastSyncId() && state.lastSyncId() > 0) {
            return behind(state, replacesAll, "the target was set back to the middle of an earlier run");
        }
        StreamState adopted =
                state.under(state.settings(), Math.max(state.generation(), ledger.generation()), ledger.position());
        return new Reconciliation.Begin(adopted, "an unfinished read that nobody remembers is discarded");
    }

    private static Reconciliation duringRead(
            StreamState state, UnfinishedRead unfinished, Ledger ledger, long syncId, boolean replacesAll) {
        if (ledger.syncId() == unfinished.syncId()) {
            if (ledger.published()) {
                StreamState published = state.published(ledger.generation(), ledger.syncId(), ledger.position());
                return unfinished.syncId() == syncId
                        ? new Reconciliation.Done(published)
                        : new Reconciliation.Begin(published, null);
            }
            if (isAhead(unfinished.progress(), ledger.splits())) {
                return behind(state, replacesAll, "the target lost rows of the interrupted read");
            }
            return new Reconciliation.Resume(
                    state.reading(ledger.generation(), unfinished.withProgress(ledger.splits())));
        }
        if (ledger.syncId() < unfinished.syncId()) {
            // The crash fell between saving the plan and opening the target, or the target was set back.
            return unfinished.progress().isEmpty()
                    ? new Reconciliation.Resume(state)
                    : behind(state, replacesAll, "the target was set back to an earlier run");
        }
        return betweenReads(state.restarted(), ledger, syncId, replacesAll);
    }

    private static Reconciliation behind(StreamState state, boolean replacesAll, String why) {
        return replacesAll
                ? new Reconciliation.Begin(state.restarted(), why + "; it is read anew")
                : new Reconciliation.StateAhead(stateAhead(state, why));
    }

    private static boolean isAhead(Map<String, SplitProgress> state, Map<String, SplitProgress> ledger) {
        return state.entrySet().stream().anyMatch(entry -> {
            SplitProgress there = ledger.get(entry.getKey());
            return entry.getValue().rows() > (there == null ? 0 : there.rows());
        });
    }

    private static Problem stateAhead(StreamState state, String why) {
        return Problem.of(
                        "E_STATE_AHEAD",
                        ProblemKind.INTEGRITY,
                        "the saved state is ahead of the destination, so rows are missing there")
                .at(state.stream().toString())
                .because(why)
                .fix("copy the stream from the beginning: `sluice state rewind --stream " + state.stream() + "`");
    }
}
