package dev.sluice.bench.tool;

import dev.sluice.bench.process.Meter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs statements in a DuckDB database, as DuckDB's own command line would, and tells how long they took. */
public final class DuckDbStatement {
    private DuckDbStatement() {}

    /** Takes the file of the database, or nothing for one in memory, and the statements. */
    public static void main(String[] arguments) throws SQLException {
        long begun = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            for (int i = 1; i < arguments.length; i++) {
                statement.execute(arguments[i]);
            }
        }
        System.out.println(Meter.INNER_SECONDS + (System.nanoTime() - begun) / 1e9);
    }
}
