package dev.sluice.cdk.log;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Readings of a log that several streams share: who needs one first reads for all, and the others wait for it.
 * Thread-safe.
 *
 * @param <R> a reading
 */
public final class SharedReadings<R extends AutoCloseable> implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final Consumer<R> closing;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<R> made = new ArrayList<>();
    private volatile @Nullable Object reader;

    /**
     * Begins without a reading.
     *
     * @param closing lets go of a reading
     */
    public SharedReadings(Consumer<R> closing) {
        this.closing = closing;
    }

    /**
     * A reading, made now if no earlier one will do.
     *
     * @param fits whether a reading will do
     * @param empty makes one that nothing was read into
     * @param filling reads the log into it
     * @param who asks, as {@link #isReadFor} is asked
     * @param cancelled true once nobody waits for the answer
     */
    public R get(Predicate<R> fits, Supplier<R> empty, Consumer<R> filling, Object who, BooleanSupplier cancelled) {
        lock(cancelled);
        try {
            for (R each : made) {
                if (fits.test(each)) {
                    return each;
                }
            }
            reader = who;
            R read = empty.get();
            boolean complete = false;
            try {
                filling.accept(read);
                complete = true;
                made.add(read);
                return read;
            } finally {
                reader = null;
                if (!complete) {
                    closing.accept(read);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Does something while nobody reads. */
    public void alone(Runnable use) {
        lock(() -> false);
        try {
            use.run();
        } finally {
            lock.unlock();
        }
    }

    /** True while the log is read for somebody. */
    public boolean isReadFor(Object who) {
        return who.equals(reader);
    }

    private void lock(BooleanSupplier cancelled) {
        try {
            while (!lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (cancelled.getAsBoolean()) {
                    throw cancelled(null);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw cancelled(stopped);
        }
    }

    private static ProblemException cancelled(@Nullable Throwable cause) {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the reading of the log was stopped")
                .exception(cause);
    }

    /** Lets go of all readings. */
    @Override
    public void close() {
        lock.lock();
        try {
            made.forEach(closing);
            made.clear();
        } finally {
            lock.unlock();
        }
    }
}
