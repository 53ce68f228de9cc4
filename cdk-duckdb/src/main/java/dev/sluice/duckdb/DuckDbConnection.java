package dev.sluice.duckdb;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.type.Schema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a database, with a transaction of its own. One thread uses it at a time, except for {@link #interrupt}
 * and {@link #close}, which any thread may call at any time.
 *
 * <p>It does one thing at a time: while a {@link BatchReader} or a {@link BatchScan} of it is open, it takes no other
 * statement. Failures are problems in DuckDB's words.
 */
public final class DuckDbConnection implements AutoCloseable {
    private static final ReadOptions SMALL = new ReadOptions(BatchSize.DEFAULT, () -> 0, LargeValues.ALL);

    private final DuckDb database;

    /** Held while native code works on this connection, so that it is not closed meanwhile. */
    private final ReentrantLock use = new ReentrantLock();

    /** Guards the pointer for interrupts, which come while the connection is in use. */
    private final ReentrantLock life = new ReentrantLock();

    private volatile long pointer;
    private volatile @Nullable Occupant occupant;
    private boolean inTransaction;

    /** What keeps a connection occupied. */
    sealed interface Occupant extends AutoCloseable permits BatchReader, BatchScan {
        /** Makes what waits for another thread end soon. */
        void stopWaiting();

        @Override
        void close();
    }

    DuckDbConnection(DuckDb database, long pointer) {
        this.database = database;
        this.pointer = pointer;
    }

    /** Runs one or several statements without parameters. */
    public void execute(String sql) {
        requireFree();
        withNative(connection -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment result = arena.allocate(NativeCall.RESULT);
                try {
                    if (Native.QUERY.call(connection, Memory.text(arena, sql), result.address()) != Native.SUCCESS) {
                        String words = Memory.text(Native.RESULT_ERROR.call(result.address()))
                                .orElse("the statement failed");
                        throw DuckDbProblems.exception(words, database.place());
                    }
                } finally {
                    Native.DESTROY_RESULT.call(result.address());
                }
            }
            return true;
        });
    }

    /**
     * Runs one statement.
     *
     * @param parameters the values for its question marks: texts, {@link Long}s, {@link Integer}s, {@link Double}s,
     *     {@link Boolean}s and nulls
     * @return the rows that it changed, as DuckDB counted them
     */
    public long update(String sql, @Nullable Object... parameters) {
        requireFree();
        return run(sql, parameters);
    }

    /** Runs a statement for the one who occupies this connection, or for nobody. */
    long run(String sql, @Nullable Object... parameters) {
        return withNative(connection -> {
            try (Statement statement = Statement.prepare(connection, sql, database.place())) {
                return statement.bind(parameters).execute();
            }
        });
    }

    /**
     * Runs a query of few rows.
     *
     * @return the rows: {@link Long}s, {@link Double}s, {@link Boolean}s, nulls, and the canonical text of everything
     *     else
     */
    public List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchReader reader = read(sql, SMALL, parameters)) {
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(SmallRows.row(batch, row));
                }
            }
        }
        return rows;
    }

    /** The columns that a query will have, with their types; it is not run. */
    public Schema describe(String sql) {
        requireFree();
        return withNative(connection -> {
            try (Statement statement = Statement.prepare(connection, sql, database.place())) {
                return BatchReader.schema(statement.columns());
            }
        });
    }

    /**
     * Begins to run a query whose rows are read batch by batch while it goes on.
     *
     * @param sql one SELECT or what is like it
     * @param parameters the values for its question marks, as in {@link #update}
     */
    public BatchReader read(String sql, ReadOptions options, @Nullable Object... parameters) {
        requireFree();
        BatchReader reader = withNative(
                connection -> BatchReader.open(this, connection, database.place(), sql, options, parameters));
        occupy(reader);
        return reader;
    }

    /**
     * Begins to run a statement that takes rows out of batches, which the caller then hands over.
     *
     * @param schema the fields of the batches
     * @param statement makes the statement, given the table expression that stands for the rows, such as {@code
     *     "INSERT INTO t SELECT * FROM " + rows}; see {@link BatchScan} for the names and types of its columns
     */
    public BatchScan load(Schema schema, UnaryOperator<String> statement) {
        requireFree();
        return BatchScan.start(this, schema, statement);
    }

    /** Begins a transaction. */
    public void begin() {
        execute("BEGIN TRANSACTION");
        inTransaction = true;
    }

    /** Ends the transaction; its changes are durable when this returns. If it fails, the transaction had no effect. */
    public void commit() {
        inTransaction = false;
        execute("COMMIT");
    }

    /** Ends the transaction without effect; does nothing outside one. */
    public void rollback() {
        if (inTransaction) {
            inTransaction = false;
            execute("ROLLBACK");
        }
    }

    /** True between {@link #begin} and the end of the transaction. */
    public boolean isInTransaction() {
        return inTransaction;
    }

    /**
     * Takes a lock that no other connection to the database can hold until it is given back or this one is closed. A name,
     * not a part of the database; other processes are kept away by DuckDB's lock on the file.
     *
     * @return false if another connection holds it
     */
    public boolean tryLock(String name) {
        requireOpen();
        return database.instance().tryLock(name, this);
    }

    /** Gives a lock back; does nothing if this connection does not hold it. */
    public void unlock(String name) {
        database.instance().unlock(name, this);
    }

    /** Makes a call of another thread on this connection end soon with a problem of kind {@code CANCELLED}. */
    public void interrupt() {
        Occupant busy = occupant;
        if (busy != null) {
            busy.stopWaiting();
        }
        life.lock();
        try {
            if (pointer != 0) {
                Native.INTERRUPT.call(pointer);
            }
        } finally {
            life.unlock();
        }
    }

    /** True until the connection is closed. */
    public boolean isOpen() {
        return pointer != 0;
    }

    /** Stops what is under way, rolls back the transaction, and lets go of the connection. */
    @Override
    public void close() {
        if (pointer == 0) {
            return;
        }
        interrupt();
        Occupant busy = occupant;
        if (busy != null) {
            busy.close();
        }
        use.lock();
        life.lock();
        try {
            Memory.destroy(Native.DISCONNECT, pointer);
            pointer = 0;
        } finally {
            life.unlock();
            use.unlock();
        }
        database.forget(this);
    }

    /** Lets native code work on the connection; waits while other native code does. */
    <T> T withNative(LongFunction<T> work) {
        use.lock();
        try {
            requireOpen();
            return work.apply(pointer);
        } finally {
            use.unlock();
        }
    }

    /** Keeps the connection from taking other statements. */
    void occupy(Occupant by) {
        occupant = by;
    }

    /** Frees the connection for the next statement. */
    void vacate(Occupant last) {
        if (occupant == last) {
            occupant = null;
        }
    }

    private void requireFree() {
        requireOpen();
        if (occupant != null) {
            throw new IllegalStateException("the connection is occupied by a reader or a load that is not closed");
        }
    }

    private void requireOpen() {
        if (pointer == 0) {
            throw new IllegalStateException("the connection is closed");
        }
    }
}
