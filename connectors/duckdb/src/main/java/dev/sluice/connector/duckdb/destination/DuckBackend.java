package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.ExistingColumn;
import dev.sluice.cdk.sql.SqlBackend;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.duckdb.source.DatabaseSource;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** DuckDB for the generic SQL destination. */
final class DuckBackend implements SqlBackend {
    /** Each writer brings a thread of its own, besides those that DuckDB shares among all. */
    private static final int MAX_WRITERS = 8;

    private final DestinationSettings settings;
    private final DatabaseFile file;
    private final SqlDialect dialect;
    private final Clock clock;

    DuckBackend(DestinationSettings settings, Clock clock) {
        this.settings = settings;
        this.file = new DatabaseFile(settings.database());
        this.dialect = new DuckDialect(file);
        this.clock = clock;
    }

    @Override
    public SqlDialect dialect() {
        return dialect;
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
        return new DuckSession(file);
    }

    @Override
    public BulkLoad load(SqlSession session) {
        return new DuckLoad((DuckSession) session, dialect, clock);
    }

    @Override
    public TableName mergeTable(SqlSession session, String writer) {
        return new TableName(DuckDialect.TEMPORARY, "_sluice_merge_" + writer);
    }

    /** As they are committed; the tables of a target change in one transaction at a time. */
    @Override
    public Optional<List<ExistingColumn>> columns(SqlSession session, TableName table) {
        return file.isThere() ? file.catalog().columns(dialect.qualified(table)) : Optional.empty();
    }

    @Override
    public boolean tryLock(SqlSession session, String key) {
        return ((DuckSession) session).connection().tryLock(key);
    }

    @Override
    public void unlock(SqlSession session, String key) {
        ((DuckSession) session).connection().unlock(key);
    }

    @Override
    public CheckReport check() {
        return new DestinationCheck(settings, file).run();
    }

    @Override
    public Optional<Source> reader(ConnectorContext context) {
        return Optional.of(DatabaseSource.of(settings.database(), context));
    }

    @Override
    public void close() {
        file.close();
    }
}
