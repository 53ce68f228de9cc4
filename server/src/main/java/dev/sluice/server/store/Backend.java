package dev.sluice.server.store;

import dev.sluice.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The database under a store: what is done differently by the two. */
sealed interface Backend extends AutoCloseable permits SqliteBackend, PostgresBackend {
    Dialect dialect();

    /** A connection beside the pools, which does not try again and again when there is none to be had. */
    Connection connect() throws SQLException;

    /** Connections that change. */
    DataSource writer();

    /** Connections that only read, each transaction at one moment. */
    DataSource reader();

    /** Waits until nobody else can change the tables of the store; until the connection ends, or {@link #release}. */
    void reserve(Connection connection) throws SQLException;

    /** Lets others change the tables again. */
    void release(Connection connection) throws SQLException;

    /** The names of all tables that are there. */
    List<String> tables(Connection connection) throws SQLException;

    /**
     * Copies all that is there aside.
     *
     * @param version the version that the tables have
     */
    void backUp(Connection connection, int version) throws SQLException;

    /** Where the store is, for messages; without credentials. */
    String place();

    /** True if the same transaction may succeed when it is tried again. */
    boolean isPassing(SQLException cause);

    /** What to tell about a failure. */
    ProblemException problem(SQLException cause);

    @Override
    void close();
}
