package dev.sluice.connector.discard;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the rows of one stream in one run. */
final class DiscardTarget implements Target {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final String location;
    private final DiscardOptions.Limits limits;
    private final long began = System.nanoTime();
    private final AtomicLong handed = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();

    DiscardTarget(String location, DiscardOptions.Limits limits) {
        this.location = location;
        this.limits = limits;
    }

    @Override
    public Writer writer(WriteContext context) {
        return new CountingWriter();
    }

    @Override
    public void commit(Committable committable) {
        committed.addAndGet(committable.rows());
    }

    /** What earlier attempts committed nobody remembers here, but it cannot be fewer than this one did (I7). */
    @Override
    public void publish(long expectedRows, @Nullable Position end) {
        if (committed.get() > expectedRows) {
            throw Problem.of(
                            "E_IMBALANCE",
                            ProblemKind.INTEGRITY,
                            committed + " rows were committed, but " + expectedRows + " are accounted for")
                    .at(location)
                    .exception();
        }
    }

    @Override
    public void discard() {
        committed.set(0);
    }

    @Override
    public void close() {}

    private ProblemException failure() {
        return Problem.of(
                        "E_TOLD_TO_FAIL",
                        ProblemKind.RESOURCE,
                        "the destination was told to fail after " + limits.failAfterRows() + " rows")
                .at(location)
                .fix("run it again to go on after what was committed, or leave out fail_after_rows")
                .exception();
    }

    /** Counts what one lane hands over. */
    private final class CountingWriter implements Writer {
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private long rows;
        private long bytes;

        @Override
        public void write(RecordBatch batch) {
            requireWanted();
            long sum = handed.addAndGet(batch.rows());
            if (sum > limits.failAfterRows()) {
                throw failure();
            }
            if (limits.hasRate()) {
                keepPace(sum);
            }
            rows += batch.rows();
            bytes += batch.payloadBytes();
        }

        /** Waits until so many rows may have come, or until somebody gives up. */
        private void keepPace(long sum) {
            long due = (long) ((double) sum / limits.rowsPerSecond() * NANOS_PER_SECOND);
            long left = due - (System.nanoTime() - began);
            try {
                if (left > 0 && cancelled.await(left, TimeUnit.NANOSECONDS)) {
                    throw stopped();
                }
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
                throw stopped();
            }
        }

        @Override
        public Committable prepare(Marker marker) {
            requireWanted();
            Committable prepared = new Committable(marker, rows, 0, bytes, "");
            rows = 0;
            bytes = 0;
            return prepared;
        }

        private void requireWanted() {
            if (cancelled.getCount() == 0) {
                throw stopped();
            }
        }

        private static ProblemException stopped() {
            return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                    .exception();
        }

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        @Override
        public void close() {}
    }
}
