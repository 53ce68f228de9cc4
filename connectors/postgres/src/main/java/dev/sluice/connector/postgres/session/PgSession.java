package dev.sluice.connector.postgres.session;

import dev.sluice.cdk.sql.JdbcSession;
import dev.sluice.connector.postgres.copy.PgWire;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.net.Socket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/** A connection to PostgreSQL: statements through the driver, and the raw wire for COPY. */
public final class PgSession extends JdbcSession {
    private final Socket socket;
    private @Nullable PgWire wire;

    PgSession(PgConnection connection, Socket socket, String place) {
        super(connection, socket, place);
        this.socket = socket;
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
        if (!(failure instanceof PgWire.ServerError)) {
            markBroken();
        }
        return PgProblems.of(failure, place());
    }

    /** The version of the server as a number, such as 180006. */
    public int serverVersion() {
        return Integer.parseInt(query("SHOW server_version_num").getFirst().requireText(0));
    }

    @Override
    protected @Nullable Object value(ResultSet result, int column, int type) throws SQLException {
        Object value = switch (type) {
            case Types.BIT, Types.BOOLEAN -> (Object) result.getBoolean(column);
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> (Object) result.getLong(column);
            default -> result.getString(column);
        };
        return result.wasNull() ? null : value;
    }

    /** Begins a transaction that reads from one snapshot, its own or one that another session exported. */
    public void beginSnapshot(@Nullable String exported) {
        begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        if (exported != null) {
            execute("SET TRANSACTION SNAPSHOT " + Quoting.literal(exported));
        }
    }

    @Override
    protected boolean breaks(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    @Override
    protected ProblemException problemOf(SQLException failure) {
        return PgProblems.of(failure, place());
    }
}
