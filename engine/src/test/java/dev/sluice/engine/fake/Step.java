package dev.sluice.engine.fake;

import dev.sluice.spi.problem.Problem;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What happens next when a split of the fake source is read. */
public sealed interface Step {

    /** A batch with these values. */
    record Rows(List<Long> values) implements Step {
        public Rows {
            values = List.copyOf(values);
        }
    }

    /** A batch with these values. */
    static Step rows(Long... values) {
        return new Rows(List.of(values));
    }

    /** A batch of one row whose value the source had to ask memory for. */
    record Large(long value, long bytes) implements Step {}

    /** A record that cannot be read. */
    record Reject(String place) implements Step {}

    /** The read fails. */
    record Fail(Problem problem) implements Step {}

    /** The source learns how many rows there are. */
    record Expect(long rows) implements Step {}

    /** Runs something in the reader's thread. */
    record Do(Runnable action) implements Step {}

    /** Waits for an event or for the cancellation of the reader. */
    record Await(CountDownLatch event) implements Step {}
}
