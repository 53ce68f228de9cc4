package dev.sluice.bench.scenario;

import dev.sluice.testkit.postgres.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks whether a program really did what was measured: a fast run that lost rows is no result. */
final class Checks {
    private Checks() {}

    static void rows(PostgresDatabase database, String table, long expected) {
        number(table, database.number("SELECT count(*) FROM " + table), expected);
    }

    static void duckDbRows(Path file, String table, long expected) {
        number(table, duckDbNumber(file.toString(), "SELECT count(*) FROM " + table), expected);
    }

    static void parquetRows(String files, long expected) {
        number(files, duckDbNumber("", "SELECT count(*) FROM read_parquet('" + files + "')"), expected);
    }

    /** The only value of the only row of a query in a DuckDB database. */
    static long duckDbNumber(String file, String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed.getMessage() + "\nin: " + query, failed);
        }
    }

    static void number(String what, long found, long expected) {
        if (found != expected) {
            throw new IllegalStateException(what + ": " + found + " rows instead of " + expected);
        }
    }
}
