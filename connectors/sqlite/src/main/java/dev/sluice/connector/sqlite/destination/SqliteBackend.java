package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.ExistingColumn;
import dev.sluice.cdk.sql.ObjectTables;
import dev.sluice.cdk.sql.SqlBackend;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.sqlite.session.SqliteFile;
import dev.sluice.connector.sqlite.source.TableSource;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQLite for the generic SQL destination. */
final class SqliteBackend implements SqlBackend {
    /** Writers collect rows side by side, and move them over one after the other. */
    private static final int MAX_WRITERS = 4;

    private final DestinationSettings settings;
    private final SqliteFile file;
    private final SqlDialect dialect = new SqliteDialect();
    private final Clock clock;

    SqliteBackend(DestinationSettings settings, Clock clock) {
        this.settings = settings;
        this.file = new SqliteFile(settings.file());
        this.clock = clock;
    }

    @Override
    public SqlDialect dialect() {
        return dialect;
    }

    @Override
    public String defaultSchema() {
        return SqliteDialect.MAIN;
    }

    @Override
    public int maxWriters() {
        return MAX_WRITERS;
    }

    @Override
    public SqlSession open() {
        return new WritingSession(file, settings.wal());
    }

    @Override
    public BulkLoad load(SqlSession session) {
        return new SqliteLoad((WritingSession) session, dialect, clock);
    }

    @Override
    public TableName mergeTable(SqlSession session, String writer) {
        return new TableName(SqliteDialect.TEMPORARY, "_sluice_merge_" + writer);
    }

    @Override
    public Optional<List<ExistingColumn>> columns(SqlSession session, TableName table) {
        if (!file.exists()) {
            file.requireFolder();
            return Optional.empty();
        }
        List<ExistingColumn> columns = new ArrayList<>();
        for (SqlRow row : session.query(
                "SELECT name, type FROM pragma_table_info(?, 'main') ORDER BY cid", SqliteDialect.physical(table))) {
            columns.add(new ExistingColumn(row.requireText(0), row.requireText(1)));
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    }

    @Override
    public boolean tryLock(SqlSession session, String key) {
        return ((WritingSession) session).tryLock(key);
    }

    @Override
    public void unlock(SqlSession session, String key) {
        ((WritingSession) session).unlock(key);
    }

    @Override
    public CheckReport check() {
        return new DestinationCheck(file, settings.wal()).run();
    }

    @Override
    public Optional<ObjectTables> objects() {
        return Optional.of(new SqliteObjects(file));
    }

    @Override
    public Optional<Source> reader(ConnectorContext context) {
        return Optional.of(TableSource.over(settings.file(), context));
    }

    /** All tables stand in one schema, under names that hold their own. */
    @Override
    public StreamId stream(TableName table) {
        return StreamId.of(null, SqliteDialect.physical(table));
    }

    @Override
    public void close() {}
}
