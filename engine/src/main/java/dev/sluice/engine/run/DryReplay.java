package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Source;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replay would do, without doing it: records are read once more and mapped, and nothing is written, neither at the
 * destination nor to the store. What only the destination could refuse, when it is written, is not known before.
 */
public final class DryReplay {
    private final Source source;
    private final Destination destination;
    private final StateStore store;
    private final StopSignal stop;
    private final CompleteCopy copy;

    /** Prepares to try records of a connection. */
    public DryReplay(Source source, Destination destination, StateStore store, StopSignal stop) {
        this.source = source;
        this.destination = destination;
        this.store = store;
        this.stop = stop;
        copy = CompleteCopy.forReplay(destination, store);
    }

    /** Which copy of a stream is there; records of older ones are missing in nothing any more. */
    public long generation(StreamPlan plan) {
        return store.stream(plan.stream()).map(StreamState::generation).orElse(0L);
    }

    /** Why nothing could be added to the stream now; null if it could. Records can be tried all the same. */
    public @Nullable Problem obstacle(StreamPlan plan) {
        try {
            Optional<Ledger> ledger = destination.ledger(plan.target());
            ledger.ifPresent(there -> Ownership.require(there, plan));
            copy.ready(plan, ledger, 0);
            return null;
        } catch (ProblemException failure) {
            return failure.problem();
        }
    }

    /** What would become of the records: {@code written} counts those that could be. */
    public ReplayRun.Replayed execute(StreamPlan plan, List<ReplayRecord> records) {
        Replay replay = new Replay(plan, source, stop);
        replay.rehearse(records);
        return new ReplayRun.Replayed(replay.written().size(), replay.again(), replay.changes());
    }
}
