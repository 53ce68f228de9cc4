package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.ExistingColumn;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks what is in the database. It has a connection of its own: it sees what is committed, and a question about a table
 * that is not there ends nobody's transaction. Thread-safe.
 */
final class Catalog {
    private final DuckDbConnection connection;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();

    Catalog(DuckDbConnection connection) {
        this.connection = connection;
        this.name = String.valueOf(
                connection.rows("SELECT current_database()").getFirst().getFirst());
    }

    /**
     * The name of the database, which DuckDB takes from the file. A table's name needs it in front: by itself the schema
     * {@code shop} in {@code shop.duckdb} would be ambiguous.
     */
    String name() {
        return name;
    }

    /**
     * The columns of a table; empty if there is no such table.
     *
     * @param qualified the table with its schema and database, quoted
     */
    Optional<List<ExistingColumn>> columns(String qualified) {
        lock.lock();
        try {
            List<ExistingColumn> columns = new ArrayList<>();
            // The functions that list columns list those of all tables, however many there are.
            for (List<@Nullable Object> row : connection.rows("DESCRIBE " + qualified)) {
                columns.add(new ExistingColumn(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
            }
            return Optional.of(columns);
        } catch (ProblemException failure) {
            if (isAbsent(failure.problem())) {
                return Optional.empty();
            }
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isAbsent(Problem problem) {
        String words = problem.why();
        return words != null && words.startsWith("Catalog Error") && words.contains("does not exist");
    }

    /** The name of a table with its schema and database, quoted. */
    String qualified(String schema, String table) {
        return DuckDbSql.identifier(name) + "." + DuckDbSql.identifier(schema) + "." + DuckDbSql.identifier(table);
    }
}
