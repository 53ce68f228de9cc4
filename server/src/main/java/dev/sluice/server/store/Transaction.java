package dev.sluice.server.store;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Statements that happen together. Values are texts, numbers, flags, bytes, ids, times, documents, and constants of enums
 * as words in lower case; the same over both databases.
 */
public final class Transaction {
    private final Connection connection;
    private final Dialect dialect;
    private final List<Runnable> afterwards = new ArrayList<>();

    Transaction(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** How the database calls things. */
    public Dialect dialect() {
        return dialect;
    }

    /** The connection itself, for libraries that bring their statements along; to be neither committed nor closed. */
    public Connection connection() {
        return connection;
    }

    /**
     * Does something once this transaction is durable, and not at all if it is not; a transaction that begins again from the
     * beginning forgets it.
     */
    public void afterwards(Runnable action) {
        afterwards.add(action);
    }

    void committed() {
        afterwards.forEach(Runnable::run);
    }

    /**
     * Waits until no other transaction is within such a part under the same key; until this one ends. In SQLite there is
     * one writer anyway.
     */
    public void exclusively(long key) throws SQLException {
        if (dialect == Dialect.POSTGRES) {
            all(_ -> key, "SELECT pg_advisory_xact_lock(?)", key);
        }
    }

    /** All rows of a query, in its order. */
    public <T> List<T> all(Row.Reader<T> reader, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                Row row = new Row(result);
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        }
    }

    /** The first row of a query. */
    public <T> Optional<T> first(Row.Reader<T> reader, String sql, @Nullable Object... values) throws SQLException {
        return all(reader, sql, values).stream().findFirst();
    }

    /** The number that a query counts; it calls it {@code n}. */
    public long count(String sql, @Nullable Object... values) throws SQLException {
        return first(row -> row.number("n"), sql, values).orElse(0L);
    }

    /**
     * Changes rows.
     *
     * @return how many
     */
    public int change(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Runs a statement once for each list of values. */
    public void changeEach(String sql, List<@Nullable Object[]> each) throws SQLException {
        if (each.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] values : each) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Replaces the one row that still has the version which somebody has seen.
     *
     * @param what the object, for the message
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFLICT}, code {@code E_CHANGED_MEANWHILE}, if there
     *     is none
     */
    public void replace(String what, String sql, @Nullable Object... values) throws SQLException {
        if (change(sql, values) == 0) {
            throw Problem.of(
                            "E_CHANGED_MEANWHILE",
                            ProblemKind.CONFLICT,
                            what + " was changed by somebody else meanwhile")
                    .because("the change was made from an older version of it")
                    .fix("look at it again, and repeat the change")
                    .exception();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(place, Types.NULL);
            case String text -> statement.setString(place, Texts.kept(text));
            case UUID id -> statement.setString(place, id.toString());
            case Json json -> statement.setString(place, json.text());
            case Long number -> statement.setLong(place, number);
            case Integer number -> statement.setLong(place, number);
            case Boolean flag -> statement.setBoolean(place, flag);
            case Instant time -> statement.setLong(place, Row.micros(time));
            case Enum<?> word -> statement.setString(place, word.name().toLowerCase(Locale.ROOT));
            case byte[] bytes -> statement.setBytes(place, bytes);
            default ->
                throw new SQLException("no column holds a " + value.getClass().getName());
        }
    }
}
