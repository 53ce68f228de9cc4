package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.duckdb.DuckDbConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to the database, made when it is first needed. */
final class DuckSession implements SqlSession {
    private final DatabaseFile file;
    private volatile @Nullable DuckDbConnection connection;
    private volatile boolean closed;

    DuckSession(DatabaseFile file) {
        this.file = file;
    }

    /** The connection; opens the database if nobody has yet. */
    DuckDbConnection connection() {
        DuckDbConnection open = connection;
        if (open == null) {
            if (closed) {
                throw new IllegalStateException("the session is closed");
            }
            open = file.connect();
            // Rows of a load may come in any order, so that all threads take part.
            open.execute("SET SESSION preserve_insertion_order = false");
            connection = open;
        }
        return open;
    }

    @Override
    public void execute(String sql) {
        connection().execute(sql);
    }

    @Override
    public long update(String sql, @Nullable Object... parameters) {
        return connection().update(sql, parameters);
    }

    @Override
    public List<SqlRow> query(String sql, @Nullable Object... parameters) {
        List<SqlRow> rows = new ArrayList<>();
        for (List<@Nullable Object> values : connection().rows(sql, parameters)) {
            rows.add(new SqlRow(values));
        }
        return rows;
    }

    @Override
    public void begin() {
        connection().begin();
    }

    @Override
    public void commit() {
        connection().commit();
    }

    @Override
    public void rollback() {
        DuckDbConnection open = connection;
        if (open != null) {
            open.rollback();
        }
    }

    @Override
    public void cancel() {
        DuckDbConnection open = connection;
        if (open != null) {
            open.interrupt();
        }
    }

    @Override
    public boolean isUsable() {
        DuckDbConnection open = connection;
        return !closed && (open == null || open.isOpen());
    }

    @Override
    public void close() {
        closed = true;
        DuckDbConnection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
