package dev.sluice.connector.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** A file that tests write and look at through the driver. */
record SqliteDatabase(Path path) {
    /** Uses a connection. */
    interface Use<T> {
        T on(Connection connection) throws SQLException;
    }

    /** A new connection. */
    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(10_000);
        return JDBC.createConnection(JDBC.PREFIX + path.toUri(), config.toProperties());
    }

    <T> T with(Use<T> use) {
        try (Connection connection = connect()) {
            return use.on(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void execute(String... statements) {
        with(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.executeUpdate(sql);
                }
            }
            return true;
        });
    }

    /** The first column of a query, as texts. */
    List<String> texts(String query) {
        return with(connection -> texts(connection, query));
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    List<String> tables(Connection connection) throws SQLException {
        return texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'");
    }

    Map<String, String> columnTypes(Connection connection, String table) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA table_info(" + quote(table) + ")")) {
            while (rows.next()) {
                types.put(rows.getString("name"), rows.getString("type"));
            }
        }
        return types;
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A file that is no database. */
    static void writeNotes(Path path) {
        try {
            Files.writeString(path, "These are notes and no database.\n".repeat(500));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
