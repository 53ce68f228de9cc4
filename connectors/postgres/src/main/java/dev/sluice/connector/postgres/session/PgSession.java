package dev.sluice.connector.postgres.session;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.connector.postgres.copy.PgWire;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.net.Socket;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * A connection to PostgreSQL: statements through the driver, and the raw wire for COPY.
 *
 * <p>Transactions are begun and ended by statements, so that the driver and the raw wire agree about them.
 */
public final class PgSession implements SqlSession {
    private final PgConnection connection;
    private final Socket socket;
    private final String place;
    private @Nullable PgWire wire;
    private volatile boolean broken;
    private boolean inTransaction;

    PgSession(PgConnection connection, Socket socket, String place) {
        this.connection = connection;
        this.socket = socket;
        this.place = place;
    }

    /** The raw wire. While a COPY is under way on it, nothing else may be done with the session. */
    public PgWire wire() {
        PgWire made = wire;
        if (made == null) {
            try {
                made = new PgWire(socket.getInputStream(), socket.getOutputStream());
                wire = made;
            } catch (IOException failure) {
                throw failed(failure);
            }
        }
        return made;
    }

    /** Marks the session as broken by a failed COPY and returns the problem of the failure. */
    public ProblemException failed(IOException failure) {
        // After an error that the server sent, the wire is at a clean place; after any other it is not.
        broken |= !(failure instanceof PgWire.ServerError);
        return PgProblems.of(failure, place);
    }

    /** The version of the server as a number, such as 180006. */
    public int serverVersion() {
        return Integer.parseInt(query("SHOW server_version_num").getFirst().requireText(0));
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
    public long update(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeLargeUpdate();
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    @Override
    public List<SqlRow> query(String sql, @Nullable Object... parameters) {
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

    /** The JDBC types of the columns; to ask for the names of types would send another query to the server. */
    private static int[] types(ResultSetMetaData columns) throws SQLException {
        int[] types = new int[columns.getColumnCount()];
        for (int i = 0; i < types.length; i++) {
            types[i] = columns.getColumnType(i + 1);
        }
        return types;
    }

    private static @Nullable Object value(ResultSet result, int column, int type) throws SQLException {
        Object value = switch (type) {
            case Types.BIT, Types.BOOLEAN -> (Object) result.getBoolean(column);
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> (Object) result.getLong(column);
            default -> result.getString(column);
        };
        return result.wasNull() ? null : value;
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
    public void begin() {
        execute("BEGIN");
        inTransaction = true;
    }

    /** Begins a transaction that reads from one snapshot, its own or one that another session exported. */
    public void beginSnapshot(@Nullable String exported) {
        execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        inTransaction = true;
        if (exported != null) {
            execute("SET TRANSACTION SNAPSHOT " + Quoting.literal(exported));
        }
    }

    @Override
    public void commit() {
        execute("COMMIT");
        inTransaction = false;
    }

    @Override
    public void rollback() {
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

    /** Ends blocked reads and writes by closing the socket; the server drops the transaction. */
    @Override
    public void cancel() {
        broken = true;
        closeSocket();
    }

    @Override
    public boolean isUsable() {
        try {
            return !broken && !inTransaction && !connection.isClosed();
        } catch (SQLException unknown) {
            return false;
        }
    }

    @Override
    public void close() {
        if (broken || inTransaction) {
            // The driver would first try to talk to the server, which may be in the middle of a COPY.
            closeSocket();
        }
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            broken = true;
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            broken = true;
        }
    }

    private ProblemException problem(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        broken |= state.startsWith("08") || state.startsWith("57P");
        return PgProblems.of(failure, place);
    }
}
