package dev.sluice.connector.sqlite;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.testkit.contract.ObjectContract;
import dev.sluice.testkit.contract.ObjectFixture;
import dev.sluice.testkit.host.QuickFolder;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps the contract of tables that are there. */
final class SqliteObjectTest extends ObjectContract {
    @TempDir(factory = QuickFolder.class)
    Path folder;

    @Override
    protected ObjectFixture fixture() {
        return new Place(folder);
    }

    private static final class Place implements ObjectFixture {
        private final SqliteDatabase database;

        Place(Path folder) {
            database = new SqliteDatabase(folder.resolve("crm.db"));
            execute(
                    "CREATE TABLE owners (name TEXT PRIMARY KEY)",
                    "CREATE TABLE contacts (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE,"
                        + " full_name TEXT NOT NULL CHECK (length(full_name) <= 20), score INTEGER CHECK (score <"
                        + " 2000), tier TEXT CHECK (tier IN ('gold', 'silver')), phone TEXT, owner TEXT REFERENCES"
                        + " owners (name), origin TEXT NOT NULL DEFAULT 'hand', seen TIMESTAMP, note JSON, shown TEXT"
                        + " AS (full_name || ' ' || email))");
        }

        @Override
        public Destination open(ConnectorContext context) {
            return new SqliteDestination()
                    .open(Config.of(Map.of("path", database.path().toString())), context);
        }

        @Override
        public String object() {
            return "main.contacts";
        }

        @Override
        public String table() {
            return "contacts";
        }

        @Override
        public void execute(String... statements) {
            database.execute(statements);
        }

        @Override
        public List<List<@Nullable String>> query(String sql) {
            return database.with(connection -> {
                List<List<@Nullable String>> rows = new ArrayList<>();
                try (ResultSet result = connection.createStatement().executeQuery(sql)) {
                    while (result.next()) {
                        List<@Nullable String> row = new ArrayList<>();
                        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                            row.add(result.getString(i));
                        }
                        rows.add(row);
                    }
                }
                return rows;
            });
        }

        @Override
        public boolean foldsCase() {
            return true;
        }

        @Override
        public String letsFall() {
            return "CREATE TRIGGER jackpot BEFORE INSERT ON contacts WHEN NEW.score = 777"
                    + " BEGIN SELECT RAISE(IGNORE); END";
        }

        @Override
        public void close() {}
    }
}
