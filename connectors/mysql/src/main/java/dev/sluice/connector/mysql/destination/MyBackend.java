package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.ExistingColumn;
import dev.sluice.cdk.sql.ObjectTables;
import dev.sluice.cdk.sql.SqlBackend;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB for the generic SQL destination. */
final class MyBackend implements SqlBackend {
    private static final int MAX_WRITERS = 8;

    private final MyConnections connections;
    private final DestinationSettings settings;
    private final Clock clock;
    private final Function<ConnectorContext, Source> reader;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SqlDialect dialect;
    private ServerJson json = ServerJson.OF_MARIADB;
    private boolean foldsTableNames;

    /**
     * Prepares for work with a server.
     *
     * @param reader makes a source over the same server
     */
    MyBackend(
            MyConnections connections,
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
        lock.lock();
        try {
            SqlDialect known = dialect;
            if (known == null) {
                try (MySession session = connections.open()) {
                    foldsTableNames = session.query("SELECT @@lower_case_table_names")
                                    .getFirst()
                                    .whole(0)
                            > 0;
                    json = ServerJson.of(session);
                    known = new MyDialect(session.version(), settings.internal());
                }
                dialect = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** What the server does with JSON, which is asked for with the dialect. */
    private ServerJson json() {
        lock.lock();
        try {
            dialect();
            return json;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String defaultSchema() {
        return settings.database();
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
        return new MyLoad((MySession) session, json(), clock);
    }

    /** Temporary tables belong to their session alone, also where names are the same. */
    @Override
    public TableName mergeTable(SqlSession session, String writer) {
        return new TableName(settings.internal(), "_sluice_merge_" + writer);
    }

    @Override
    public Optional<List<ExistingColumn>> columns(SqlSession session, TableName table) {
        List<ExistingColumn> columns = new ArrayList<>();
        for (SqlRow row : session.query(
                "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLLATION_NAME"
                        + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                        + " ORDER BY ORDINAL_POSITION",
                table.schema(),
                table.table())) {
            // The catalog compares names without regard to case and accents.
            if (isSame(row.requireText(0), table.schema()) && isSame(row.requireText(1), table.table())) {
                columns.add(
                        new ExistingColumn(row.requireText(2), type(row.requireText(3), String.valueOf(row.text(4)))));
            }
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    }

    private boolean isSame(String there, String wanted) {
        return foldsTableNames ? there.equalsIgnoreCase(wanted) : there.equals(wanted);
    }

    /** Our own texts have another collation than the one that MariaDB gives to JSON. */
    private static String type(String columnType, String collation) {
        return columnType.equals(ColumnTypes.TEXT) && collation.equals("utf8mb4_bin")
                ? ColumnTypes.JSON
                : TypeName.withoutWidth(columnType);
    }

    @Override
    public boolean tryLock(SqlSession session, String key) {
        return session.query("SELECT GET_LOCK(?, 0)", lockName(key)).getFirst().whole(0) == 1;
    }

    @Override
    public void unlock(SqlSession session, String key) {
        session.query("SELECT RELEASE_LOCK(?)", lockName(key));
    }

    /** Names of locks have at most 64 characters. */
    private static String lockName(String key) {
        return "sluice " + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CheckReport check() {
        return new DestinationCheck(connections, settings, clock).run();
    }

    @Override
    public Optional<ObjectTables> objects() {
        return Optional.of(new MyObjects(settings.internal()));
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
