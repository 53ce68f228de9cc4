package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.ExistingColumn;
import dev.sluice.cdk.sql.SqlBackend;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.spi.runtime.CheckReport;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** DuckDB for the generic SQL destination. */
final class DuckBackend implements SqlBackend {
    /** Each writer brings a thread of its own, besides those that DuckDB shares among all. */
    private static final int MAX_WRITERS = 8;

    private final SqlDialect dialect = new DuckDialect();
    private final DestinationSettings settings;
    private final DatabaseFile file;
    private final Clock clock;

    DuckBackend(DestinationSettings settings, Clock clock) {
        this.settings = settings;
        this.file = new DatabaseFile(settings.database());
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

    @Override
    public Optional<List<ExistingColumn>> columns(SqlSession session, TableName table) {
        if (!((DuckSession) session).hasDatabase()) {
            return Optional.empty();
        }
        List<ExistingColumn> columns = session
                .query("""
                    SELECT c.schema_name, c.table_name, c.column_name, c.data_type
                      FROM duckdb_columns() AS c JOIN duckdb_schemas() AS s ON s.oid = c.schema_oid
                     WHERE c.database_name = current_database() AND s.database_name = current_database()
                       AND s.parent_schema_oid IS NULL AND lower(c.table_name) = lower(?)
                     ORDER BY c.column_index\
                    """, table.table())
                .stream()
                .filter(row -> isSame(row.requireText(0), table.schema()) && isSame(row.requireText(1), table.table()))
                .map(row -> new ExistingColumn(row.requireText(2), row.requireText(3)))
                .toList();
        return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    }

    /** DuckDB takes names that differ in the case of letters of ASCII for one. */
    private static boolean isSame(String name, String other) {
        return folded(name).equals(folded(other));
    }

    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                folded.setCharAt(i, (char) (letter + ('a' - 'A')));
            }
        }
        return folded.toString();
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
    public void close() {
        file.close();
    }
}
