package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.List;
import java.util.Optional;

/** What a connector supplies of its database. Methods may be called by several threads at once. */
public interface SqlBackend extends AutoCloseable {
    /** How the database differs from others. May need a connection, to ask for the version. */
    SqlDialect dialect();

    /** The schema for streams without a namespace of their own. */
    String defaultSchema();

    /** How many writers of one table may work side by side. */
    int maxWriters();

    /** Opens a connection. */
    SqlSession open();

    /** Makes a bulk load that works in the transactions of a session. */
    BulkLoad load(SqlSession session);

    /**
     * The name of the table that a writer loads in order to merge it; no other session may use it.
     *
     * @param session the writer's session
     * @param writer tells the writers of a target apart
     */
    TableName mergeTable(SqlSession session, String writer);

    /** The columns of a table in order; empty if there is no such table. */
    Optional<List<ExistingColumn>> columns(SqlSession session, TableName table);

    /**
     * Takes a lock that no other session can hold, until it is given back or the session ends, however it ends.
     *
     * @param key what is locked
     * @return false if another session holds it
     */
    boolean tryLock(SqlSession session, String key);

    /** Gives a lock back. */
    void unlock(SqlSession session, String key);

    /** Tries whether the configuration works, writing included, and leaves nothing behind. */
    CheckReport check();

    /** The tables of others that rows can be written into, for data activation; empty if that is not possible here. */
    default Optional<ObjectTables> objects() {
        return Optional.empty();
    }

    /** A source over the same database, which reads what stands in its tables; empty if there is none. */
    default Optional<Source> reader(ConnectorContext context) {
        return Optional.empty();
    }

    /** The stream that a table is in {@link #reader}. */
    default StreamId stream(TableName table) {
        return StreamId.of(table.schema(), table.table());
    }

    @Override
    void close();
}
