package dev.sluice.engine.state;

import dev.sluice.spi.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What the comparison of state and destination says should happen with a stream. */
public sealed interface Reconciliation {

    /**
     * This job has already published the stream; there is nothing left to do but to save that.
     *
     * @param state the state to save
     */
    record Done(StreamState state) implements Reconciliation {}

    /**
     * An interrupted read goes on.
     *
     * @param state the state, in which the unfinished read has the progress that the destination confirms
     */
    record Resume(StreamState state) implements Reconciliation {}

    /**
     * A new read begins; opening the target for it discards what an interrupted one left there.
     *
     * @param state the state, without an unfinished read
     * @param anew true if the stream is copied once more from the beginning, as a generation of its own
     * @param note what a person should know; null if nothing
     */
    record Begin(StreamState state, boolean anew, @Nullable String note) implements Reconciliation {
        Begin(StreamState state, @Nullable String note) {
            this(state, false, note);
        }
    }

    /**
     * The state claims more than the destination has; going on would lose rows.
     *
     * @param problem what to tell the user, with choices
     */
    record StateAhead(Problem problem) implements Reconciliation {}
}
