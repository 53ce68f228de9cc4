package dev.sluice.connector.postgres.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.ExistingColumn;
import dev.sluice.cdk.sql.ObjectTables;
import dev.sluice.cdk.sql.SqlBackend;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** PostgreSQL for the generic SQL destination. */
final class PgBackend implements SqlBackend {
    /** Each writer is a backend of the server that loads at its full speed. */
    private static final int MAX_WRITERS = 8;

    /** Tells the locks of Sluice from those of others who hash names as well; any constant does. */
    private static final long LOCK_SEED = 0x53_4c_55_49_43_45L;

    private final PgConnections connections;
    private final DestinationSettings settings;
    private final Clock clock;
    private final Function<ConnectorContext, Source> reader;
    private final ReentrantLock dialectLock = new ReentrantLock();
    private @Nullable SqlDialect dialect;

    /**
     * Prepares for work with a database.
     *
     * @param reader makes a source over the same database
     */
    PgBackend(
            PgConnections connections,
            DestinationSettings settings,
            Clock clock,
            Function<ConnectorContext, Source> reader) {
        this.connections = connections;
        this.reader = reader;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public SqlDialect dialect() {
        dialectLock.lock();
        try {
            SqlDialect known = dialect;
            if (known == null) {
                try (PgSession session = connections.open()) {
                    known = new PgDialect(session.serverVersion(), settings.types(), settings.dropCascade());
                }
                dialect = known;
            }
            return known;
        } finally {
            dialectLock.unlock();
        }
    }

    @Override
    public String defaultSchema() {
        return settings.schema();
    }

    @Override
    public int maxWriters() {
        return MAX_WRITERS;
    }

    @Override
    public SqlSession open() {
        return connections.open();
    }

    @Override
    public BulkLoad load(SqlSession session) {
        return new PgLoad((PgSession) session, clock);
    }

    @Override
    public TableName mergeTable(SqlSession session, String writer) {
        return new TableName("pg_temp", "_sluice_merge_" + writer);
    }

    @Override
    public Optional<List<ExistingColumn>> columns(SqlSession session, TableName table) {
        List<SqlRow> rows = session.query("""
            SELECT a.attname, format_type(a.atttypid, a.atttypmod)
              FROM pg_class AS c
              JOIN pg_namespace AS n ON n.oid = c.relnamespace
              LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
             ORDER BY a.attnum\
            """, table.schema(), table.table());
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(rows.stream()
                .filter(row -> row.text(0) != null)
                .map(row -> new ExistingColumn(row.requireText(0), row.requireText(1)))
                .toList());
    }

    @Override
    public Optional<ObjectTables> objects() {
        return Optional.of(new PgObjects());
    }

    @Override
    public boolean tryLock(SqlSession session, String key) {
        return session.query("SELECT pg_try_advisory_lock(hashtextextended(?, ?))", key, LOCK_SEED)
                .getFirst()
                .truth(0);
    }

    @Override
    public void unlock(SqlSession session, String key) {
        session.query("SELECT pg_advisory_unlock(hashtextextended(?, ?))", key, LOCK_SEED);
    }

    @Override
    public CheckReport check() {
        return new DestinationCheck(connections, settings).run();
    }

    @Override
    public Optional<Source> reader(ConnectorContext context) {
        return Optional.of(reader.apply(context));
    }

    @Override
    public void close() {
        connections.close();
    }
}
