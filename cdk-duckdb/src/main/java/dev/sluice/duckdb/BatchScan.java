package dev.sluice.duckdb;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A statement that runs while batches are handed to it as the rows of a table, by {@link DuckDbConnection#load}.
 *
 * <p>One thread hands batches over, in the order {@link #put}..., {@link #finish}; {@link #cancel} may come from any
 * thread. DuckDB's threads take slices of batches from a short queue, so rows can arrive in any order unless the session
 * preserves the insertion order (setting {@code preserve_insertion_order}), which costs parallelism.
 *
 * <p>The columns of the table are named {@code c0}, {@code c1} and so on by their place in the schema, so that no name of
 * a field needs quoting or clashes; their types are those of {@link ScanTypes}. A schema without fields has one column of
 * nulls, so that its rows count. Rows without a value and rows with a value that DuckDB cannot hold ({@link
 * DuckDbLimits}) are NULL.
 */
public final class BatchScan implements DuckDbConnection.Occupant {
    /** DuckDB takes as many threads as it has, up to this. */
    private static final long MAX_THREADS = 64;

    private final DuckDbConnection connection;
    private final Schema schema;
    private final long id;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BatchQueue queue = new BatchQueue();
    private final List<ScanCursor> cursors = new ArrayList<>();
    private boolean ended;
    private boolean cancelled;
    private boolean done;
    private @Nullable Throwable failure;
    private long rows;

    private BatchScan(DuckDbConnection connection, Schema schema) {
        this.connection = connection;
        this.schema = schema;
        this.id = ScanFunction.enter(this);
    }

    static BatchScan start(DuckDbConnection connection, Schema schema, UnaryOperator<String> statement) {
        BatchScan scan = new BatchScan(connection, schema);
        boolean started = false;
        try {
            String sql = statement.apply(ScanFunction.NAME + "(" + scan.id + ")");
            connection.occupy(scan);
            scan.start(sql);
            started = true;
        } finally {
            if (!started) {
                ScanFunction.leave(scan.id);
                connection.vacate(scan);
            }
        }
        return scan;
    }

    private void start(String statement) {
        Thread.ofPlatform().name("sluice duckdb load " + id).daemon(true).start(() -> run(statement));
    }

    private void run(String statement) {
        long changedRows = 0;
        Throwable thrown = null;
        try {
            changedRows = connection.run(statement);
        } catch (Throwable any) {
            thrown = any;
        }
        lock.lock();
        try {
            // No native thread calls back any more, so nothing points to the copies.
            cursors.forEach(ScanCursor::free);
            ScanFunction.leave(id);
            rows = changedRows;
            if (failure == null) {
                failure = thrown;
            }
            done = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Hands a batch over; waits while DuckDB has enough to do. The batch must have the schema's fields.
     *
     * @throws ProblemException if the statement failed or was cancelled; the batches before may be in vain then
     */
    public void put(RecordBatch batch) {
        if (batch.rows() == 0) {
            return;
        }
        if (!batch.schema().equals(schema)) {
            throw new IllegalArgumentException("the batch has other fields than the load");
        }
        lock.lock();
        try {
            awaitUntil(() -> !isGoing() || queue.hasRoomFor(batch));
            requireGoing();
            BatchQueue.Entry entry = queue.add(batch);
            changed.signalAll();
            if (BatchQueue.isLarge(batch)) {
                awaitUntil(() -> !isGoing() || entry.isUsedUp());
                requireGoing();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isGoing() {
        return !done && !cancelled && failure == null;
    }

    private void requireGoing() {
        if (cancelled) {
            throw cancelledProblem();
        }
        if (failure != null || done) {
            // The statement's own words come with its end.
            awaitEnd();
            throw failureOr("the statement ended before it had taken all rows");
        }
    }

    /**
     * Tells that no more batches come, and waits for the end of the statement.
     *
     * @return the rows that the statement changed, as DuckDB counted them (I7)
     */
    public long finish() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            awaitEnd();
            if (cancelled) {
                throw cancelledProblem();
            }
            if (failure != null) {
                throw failureOr("");
            }
            return rows;
        } finally {
            lock.unlock();
            connection.vacate(this);
        }
    }

    /** Makes the statement fail soon, and with it a waiting call of another thread. */
    public void cancel() {
        connection.interrupt();
    }

    @Override
    public void stopWaiting() {
        lock.lock();
        try {
            cancelled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops the statement if it is not finished; waits until no thread works for it. */
    @Override
    public void close() {
        if (isRunning()) {
            cancel();
        }
        lock.lock();
        try {
            awaitEnd();
        } finally {
            lock.unlock();
            connection.vacate(this);
        }
    }

    private void awaitUntil(BooleanSupplier ready) {
        try {
            while (!ready.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            cancelled = true;
            changed.signalAll();
        }
    }

    private void awaitEnd() {
        while (!done) {
            changed.awaitUninterruptibly();
        }
    }

    private boolean isRunning() {
        lock.lock();
        try {
            return !done;
        } finally {
            lock.unlock();
        }
    }

    private static ProblemException cancelledProblem() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the load was stopped")
                .exception();
    }

    private ProblemException failureOr(String otherwise) {
        return switch (failure) {
            case null ->
                Problem.of("E_INTERNAL", ProblemKind.INTERNAL, otherwise).exception();
            case ProblemException problem -> problem.problem().exception(problem);
            case OutOfMemoryError memory -> throw memory;
            case Throwable other ->
                Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the load failed: " + other)
                        .exception(other);
        };
    }

    // What follows is called by DuckDB's threads.

    /** Tells DuckDB the columns. */
    void bind(long info) {
        try (Arena arena = Arena.ofConfined()) {
            List<DataType> types = ScanTypes.columns(schema);
            for (int i = 0; i < types.size(); i++) {
                long type = ScanTypes.create(types.get(i));
                Native.BIND_ADD_RESULT_COLUMN.call(info, Memory.text(arena, "c" + i), type);
                Memory.destroy(Native.DESTROY_LOGICAL_TYPE, type);
            }
        }
    }

    long maxThreads() {
        return MAX_THREADS;
    }

    /** Makes a cursor for one more of DuckDB's threads and returns its number, counted from 1. */
    long newCursor() {
        lock.lock();
        try {
            cursors.add(new ScanCursor(this, schema));
            return cursors.size();
        } finally {
            lock.unlock();
        }
    }

    ScanCursor cursor(long number) {
        lock.lock();
        try {
            return cursors.get((int) number - 1);
        } finally {
            lock.unlock();
        }
    }

    /** The next rows; waits for some. Null when there are no more. */
    BatchQueue.@Nullable Slice take() {
        lock.lock();
        try {
            BatchQueue.Slice slice = queue.take();
            while (slice == null && !ended && !cancelled && failure == null) {
                changed.awaitUninterruptibly();
                slice = queue.take();
            }
            if (cancelled || failure != null) {
                throw cancelledProblem();
            }
            return slice;
        } finally {
            lock.unlock();
        }
    }

    /** Tells that nobody looks at some rows any more. */
    void release(BatchQueue.Slice slice) {
        lock.lock();
        try {
            queue.release(slice);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the first failure of a callback, which says more than the statement that fails because of it. */
    void failed(Throwable thrown) {
        lock.lock();
        try {
            if (failure == null && !cancelled) {
                failure = thrown;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
