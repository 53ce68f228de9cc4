package dev.sluice.testkit.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of a test, as its superuser sees it. Methods may be called by several threads; each call connects anew. */
public abstract class SqlDatabase implements AutoCloseable {
    /** What a test makes of the text of a value. */
    @FunctionalInterface
    public interface CellText {
        /** The text that the test compares. */
        String of(int column, String text) throws SQLException;
    }

    /**
     * All rows of a result by the names of their columns.
     *
     * @param names the names, one a column
     */
    public static List<Map<String, @Nullable String>> rows(ResultSet result, List<String> names, CellText cells)
            throws SQLException {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                String text = result.getString(i + 1);
                row.put(names.get(i), text == null ? null : cells.of(i, text));
            }
            rows.add(row);
        }
        return rows;
    }

    /** A new connection of the superuser, with auto-commit; the caller closes it. */
    public abstract Connection connect() throws SQLException;

    /** Drops the database, whoever still uses it. */
    @Override
    public abstract void close();

    /**
     * Runs statements as the superuser, each in a transaction of its own.
     *
     * @throws IllegalStateException if one fails; the message holds the statement
     */
    public final void execute(String... statements) {
        for (String sql : statements) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failed) {
                throw failure(sql, failed);
            }
        }
    }

    /**
     * The rows of a query as the superuser, each value in the server's own text form.
     *
     * @throws IllegalStateException if it fails; the message holds the query
     */
    public final List<List<@Nullable String>> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException failed) {
            throw failure(sql, failed);
        }
    }

    /** The only value of the only row of a query, as text. */
    public final @Nullable String value(String sql) {
        List<List<@Nullable String>> rows = query(sql);
        if (rows.size() != 1 || rows.getFirst().size() != 1) {
            throw new IllegalStateException("not one value but " + rows + ": " + sql);
        }
        return rows.getFirst().getFirst();
    }

    /** The only value of the only row of a query, as a whole number. */
    public final long number(String sql) {
        String value = value(sql);
        if (value == null) {
            throw new IllegalStateException("no number but NULL: " + sql);
        }
        return Long.parseLong(value);
    }

    private static IllegalStateException failure(String sql, SQLException failed) {
        return new IllegalStateException(failed.getMessage() + "\nin: " + sql, failed);
    }
}
