package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries rejected records again: reads them once more and adds those that can be read now to their tables.
 *
 * <p>The rows are added to the copy of the stream that is there, under the sync id of a job of their own. Before the
 * commit the store learns which records the job will write; whether they count as replayed is then for the destination's
 * ledger to say, at the end here or, after a crash, at the next start (I2, I3). The position of the stream stays. The
 * caller opens and closes source and destination and holds the connection's lock.
 */
public final class ReplayRun {
    private final Source source;
    private final Destination destination;
    private final StateStore store;
    private final StopSignal stop;
    private final CompleteCopy copy;

    /** Prepares to replay records of a connection. */
    public ReplayRun(Source source, Destination destination, StateStore store, StopSignal stop) {
        this.source = source;
        this.destination = destination;
        this.store = store;
        this.stop = stop;
        copy = CompleteCopy.forReplay(destination, store);
    }

    /**
     * What became of the records of a stream.
     *
     * @param written how many arrived
     * @param again those that were rejected again, by their number, and why
     * @param changes how many values were altered, by field and kind of change
     */
    public record Replayed(long written, Map<Long, RejectedRecord> again, Map<String, Long> changes) {}

    /**
     * Settles what an earlier replay left, and tells which copy of a stream is there; records of older ones are missing
     * in nothing any more.
     *
     * @throws ProblemException if the stream cannot be added to before it was synced
     */
    public long generation(StreamPlan plan) {
        return copy.ready(plan, copy.ledger(plan), 0).generation();
    }

    /**
     * Tries records of a stream again.
     *
     * @param plan what a sync would do with the stream
     */
    public Replayed execute(StreamPlan plan, List<ReplayRecord> records) {
        Optional<Ledger> ledger = copy.ledger(plan);
        copy.ready(plan, ledger, 0);
        Job job = store.beginJob();
        // Over before it does anything: a sync after a crash must not take itself for a part of this job.
        store.endJob(job, "replay");
        StreamState state = copy.ready(plan, ledger, job.syncId());
        long syncId = BrokenReplay.syncId(plan, state, ledger, job.syncId());
        Replay replay = new Replay(plan, source, stop);
        try (Target target = destination.open(copy.adding(plan, state, syncId))) {
            try (Writer writer = target.writer(replay)) {
                Committable prepared = replay.prepare(target, writer, records);
                store.claimRejects(syncId, replay.written());
                Cut.at("before-replay-commit");
                target.commit(prepared); // I2
            }
            Cut.at("after-replay-commit");
            target.publish(replay.rows(), state.position());
        }
        Cut.at("after-replay-publish");
        store.settleReplays(plan.stream(), syncId);
        store.save(state.published(state.generation(), syncId, state.position()));
        replay.again().forEach(store::rejectAgain);
        return new Replayed(replay.written().size(), replay.again(), replay.changes());
    }
}
