package dev.sluice.cdk.sql;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session whose statements go through a JDBC driver, and whose bulk data may go over the driver's own socket.
 *
 * <p>Transactions are begun and ended by statements, so that the driver and the raw wire agree about them.
 */
public abstract class JdbcSession implements SqlSession {
    private final Connection connection;
    private final Closeable transport;
    private final String place;
    private volatile boolean broken;
    private boolean inTransaction;

    /**
     * Makes a session.
     *
     * @param connection what the driver opened, with auto-commit
     * @param transport what breaks a blocked call off when it is closed, such as the socket that the driver uses
     * @param place where it leads, for messages
     */
    protected JdbcSession(Connection connection, Closeable transport, String place) {
        this.connection = connection;
        this.transport = transport;
        this.place = place;
    }

    /** The problem of a failed statement. */
    protected abstract ProblemException problemOf(SQLException failure);

    /** True if the connection is of no use after this failure. */
    protected abstract boolean breaks(SQLException failure);

    /**
     * The value of a column of the current row for {@link SqlRow}.
     *
     * @param type the column's type as {@link java.sql.Types} counts them
     */
    protected abstract @Nullable Object value(ResultSet result, int column, int type) throws SQLException;

    /** Where the session leads, for messages. */
    public final String place() {
        return place;
    }

    /** The connection, for what statements cannot say. */
    protected final Connection connection() {
        return connection;
    }

    /** Says that the connection is of no use from now on. */
    protected final void markBroken() {
        broken = true;
    }

    /** True once the connection is of no use. */
    public final boolean isBroken() {
        return broken;
    }

    /** The problem of a failure, after which the session may be broken. */
    protected final ProblemException problem(SQLException failure) {
        broken |= breaks(failure);
        return problemOf(failure);
    }

    @Override
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    @Override
    public final long update(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeLargeUpdate();
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    @Override
    public final List<SqlRow> query(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<SqlRow> rows = new ArrayList<>();
            int[] types = types(result.getMetaData());
            while (result.next()) {
                List<@Nullable Object> values = new ArrayList<>(types.length);
                for (int i = 0; i < types.length; i++) {
                    values.add(value(result, i + 1, types[i]));
                }
                rows.add(new SqlRow(values));
            }
            return rows;
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    /** The types of the columns. To ask for their names could send another query to the server. */
    private static int[] types(ResultSetMetaData columns) throws SQLException {
        int[] types = new int[columns.getColumnCount()];
        for (int i = 0; i < types.length; i++) {
            types[i] = columns.getColumnType(i + 1);
        }
        return types;
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            if (parameter instanceof String text) {
                statement.setString(i + 1, text);
            } else {
                statement.setObject(i + 1, parameter);
            }
        }
        return statement;
    }

    @Override
    public final void begin() {
        begin("BEGIN");
    }

    /** Begins a transaction by this statement. */
    protected final void begin(String statement) {
        execute(statement);
        inTransaction = true;
    }

    @Override
    public final void commit() {
        execute("COMMIT");
        inTransaction = false;
    }

    @Override
    public final void rollback() {
        if (!inTransaction) {
            return;
        }
        inTransaction = false;
        if (broken) {
            throw Problem.of("E_CONNECTION_LOST", ProblemKind.TRANSIENT, "the connection to the server is broken")
                    .at(place)
                    .exception();
        }
        execute("ROLLBACK");
    }

    /** Ends blocked calls by closing the transport; the database drops the transaction. */
    @Override
    public final void cancel() {
        broken = true;
        breakOff();
    }

    @Override
    public final boolean isUsable() {
        try {
            return !broken && !inTransaction && !connection.isClosed();
        } catch (SQLException unknown) {
            return false;
        }
    }

    @Override
    public final void close() {
        if (broken || inTransaction) {
            // The driver would first try to talk to the server, which may be in the middle of bulk data.
            breakOff();
        }
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            broken = true;
        }
    }

    private void breakOff() {
        try {
            transport.close();
        } catch (IOException alreadyClosed) {
            broken = true;
        }
    }
}
