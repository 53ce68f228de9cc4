package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.source.SplitProgress;
import java.util.Optional;

/**
 * A replay of objects that the process did not survive. What it committed is there and is all that it had to do, so it is published
 * as it stands; discarding it, as is done with other runs, would lead to objects that are there twice.
 */
final class BrokenReplay {
    private BrokenReplay() {}

    /** What the destination remembers of a stream, once a replay that was committed is published. */
    static Optional<Ledger> settled(Destination destination, StreamPlan plan) {
        Optional<Ledger> ledger = destination.ledger(plan.target());
        ledger.ifPresent(there -> Ownership.require(there, plan));
        if (plan.target().object() == null || ledger.isEmpty() || ledger.get().published()) {
            return ledger;
        }
        Ledger there = ledger.get();
        SplitProgress done = there.splits().get(Replay.SPLIT);
        if (done == null || !done.finished() || there.splits().size() != 1) {
            return ledger;
        }
        Generation generation = new Generation(there.generation(), 0, there.syncId());
        try (Target target = destination.open(plan.target().withGeneration(generation))) {
            target.publish(done.rows(), there.position());
        }
        return destination.ledger(plan.target());
    }

    /**
     * The sync id under which a replay goes on that broke off before its commit, so that what it has sent by then is met again and not
     * sent twice; that of the new job if there is none.
     */
    static long syncId(StreamPlan plan, StreamState state, Optional<Ledger> ledger, long job) {
        return ledger.filter(there -> plan.target().object() != null
                        && !there.published()
                        && state.unfinished() == null
                        && there.generation() == state.generation())
                .map(Ledger::syncId)
                .orElse(job);
    }
}
