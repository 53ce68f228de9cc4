package dev.sluice.cdk.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a database. One thread uses it at a time, except for {@link #cancel}. Failures are thrown as {@link
 * dev.sluice.spi.problem.ProblemException}s in the words of the database, sorted by what the user can do.
 */
public interface SqlSession extends AutoCloseable {
    /** Runs a statement that has no parameters. */
    void execute(String sql);

    /**
     * Runs a statement with parameters for its question marks.
     *
     * @return the number of rows that it changed
     */
    long update(String sql, @Nullable Object... parameters);

    /** Runs a query of few rows with parameters for its question marks. */
    List<SqlRow> query(String sql, @Nullable Object... parameters);

    /** Begins a transaction. */
    void begin();

    /** Ends the transaction and makes it durable. */
    void commit();

    /** Ends the transaction without effect; does nothing outside one. */
    void rollback();

    /** Makes a blocked call of another thread end soon. */
    void cancel();

    /** False if the connection is broken and must not be used again. */
    boolean isUsable();

    @Override
    void close();
}
