package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.product.InProcess;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was spoiled in a MariaDB database and in a SQLite file is found and mended, and nothing else is touched. */
class RepairTest {
    private static final Pattern NAMED = Pattern.compile("(missing|extra|different) +goods +id=(-?\\d+)");

    @TempDir
    Path folder;

    @Test
    void mendsMariaDb() throws IOException, SQLException {
        try (MyDatabase target = MyServer.shared().createDatabase()) {
            String internal = target.name() + "_internal";
            try {
                mends(
                        target::connect,
                        Endpoints.mysql(Endpoints.login(target) + ", database: " + target.name()
                                + ", internal_database: " + internal));
            } finally {
                target.execute("DROP DATABASE IF EXISTS " + internal);
            }
        }
    }

    @Test
    void mendsSqlite() throws IOException, SQLException {
        mends(() -> open("target.db"), "{connector: sqlite, config: {path: target.db}}");
    }

    private Connection open(String file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
    }

    /**
     * Connects to a database. No connection to a file is open while the program runs: it has another copy of SQLite in this
     * process, and two of them take each other's locks away.
     */
    @FunctionalInterface
    private interface Opening {
        Connection connect() throws SQLException;
    }

    private void mends(Opening target, String destination) throws IOException, SQLException {
        execute(
                () -> open("source.db"),
                "CREATE TABLE goods (id INTEGER PRIMARY KEY, at TIMESTAMP NOT NULL, name TEXT, price DECIMAL(9,2),"
                        + " ratio REAL, tags JSON_TEXT, sold BOOLEAN, raw BLOB, code UUID)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
                        + " INSERT INTO goods SELECT i, datetime('2024-01-01', i || ' minutes'), 'good ' || i,"
                        + " i * 1.25, i / 7.0, '{\"n\": ' || i || '}', i % 2, zeroblob(i % 5),"
                        + " printf('%08x-0000-4000-8000-000000000000', i) FROM n");
        Files.writeString(
                folder.resolve("sluice.yaml"),
                "source: {connector: sqlite, config: {path: source.db}}\ndestination: " + destination + "\n"
                        + "streams: {goods: {mode: incremental_append_deduped, cursor: at, primaryKey: [id]}}\n");
        InProcess.run(folder, "sync");
        assertThat(InProcess.run(folder, "verify")).contains("equal");
        List<String> before = rows(target);

        execute(
                target,
                "UPDATE goods SET name = 'good  5' WHERE id = 5",
                "UPDATE goods SET price = price + 0.01, ratio = NULL WHERE id = 6",
                "UPDATE goods SET tags = '{\"n\": 0}', sold = 1 - sold WHERE id = 7",
                "DELETE FROM goods WHERE id IN (8, 399)",
                "UPDATE goods SET id = -9 WHERE id = 9");
        String found = InProcess.run(4, folder, "verify");
        InProcess.run(folder, "verify", "--repair");

        assertThat(NAMED.matcher(found).results().map(match -> match.group(1) + " " + match.group(2)))
                .containsExactlyInAnyOrder(
                        "different 5",
                        "different 6",
                        "different 7",
                        "missing 8",
                        "missing 399",
                        "missing 9",
                        "extra -9");
        assertThat(rows(target)).isEqualTo(before);
        assertThat(InProcess.run(folder, "verify")).contains("equal");
    }

    private static void execute(Opening place, String... statements) throws SQLException {
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> rows(Opening place) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT id, at, name, price, ratio, tags, sold, hex(raw), code FROM goods ORDER BY id")) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= 9; i++) {
                    row.append(result.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
