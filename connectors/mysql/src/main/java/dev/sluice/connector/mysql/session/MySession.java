package dev.sluice.connector.mysql.session;

import dev.sluice.cdk.sql.JdbcSession;
import dev.sluice.connector.mysql.wire.MyWire;
import dev.sluice.connector.mysql.wire.ServerError;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection: statements through the driver, and the raw wire for bulk data. */
public final class MySession extends JdbcSession {
    private static final int INDEX_EXISTS = 1061;
    private static final int SERVER_STOPS = 1053;
    private static final int CONNECTION_KILLED = 1927;

    private final ServerVersion version;
    private final long id;
    private final Socket socket;
    private @Nullable MyWire wire;

    MySession(Connection connection, Socket socket, String place, ServerVersion version, long id) {
        super(connection, socket, place);
        this.socket = socket;
        this.version = version;
        this.id = id;
    }

    /** Which server it leads to. */
    public ServerVersion version() {
        return version;
    }

    /** The number by which the server knows the connection. */
    public long id() {
        return id;
    }

    /** The raw wire. While a command is under way on it, nothing else may be done with the session. */
    public MyWire wire() {
        MyWire made = wire;
        if (made == null) {
            try {
                made = new MyWire(socket.getInputStream(), socket.getOutputStream());
            } catch (IOException failure) {
                throw failed(failure);
            }
            wire = made;
        }
        return made;
    }

    /** Marks the session as broken by failed bulk data and returns the problem of the failure. */
    public ProblemException failed(IOException failure) {
        if (!(failure instanceof ServerError)) {
            markBroken(); // the wire may be in the middle of something
        }
        return MyProblems.of(failure, place());
    }

    @Override
    public void execute(String sql) {
        try (Statement statement = connection().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException failure) {
            // MySQL cannot be told to make an index only where there is none of its name.
            if (failure.getErrorCode() != INDEX_EXISTS) {
                throw problem(failure);
            }
        }
    }

    /** Runs a statement that not every server knows or allows; false if this one does not. */
    public boolean attempt(String sql) {
        try {
            execute(sql);
            return true;
        } catch (ProblemException refused) {
            if (isBroken()) {
                throw refused;
            }
            return false;
        }
    }

    @Override
    protected @Nullable Object value(ResultSet result, int column, int type) throws SQLException {
        return result.getString(column);
    }

    /** How many rows the server expects to look at for a query, by its own plan. */
    public long estimatedRows(String query) {
        // Newer versions of MySQL explain themselves by a tree unless they are told otherwise.
        String explain = version.mariaDb() ? "EXPLAIN " : "EXPLAIN FORMAT=TRADITIONAL ";
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery(explain + query)) {
            return result.next() ? result.getLong("rows") : 0;
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    /** The types of the columns of a query that returns no row, as the driver names them. */
    public List<String> columnTypes(String query) {
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            ResultSetMetaData meta = result.getMetaData();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                types.add(meta.getColumnTypeName(i));
            }
            return types;
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    /** Begins a transaction that reads from the snapshot of this moment. */
    public void beginSnapshot() {
        begin("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }

    @Override
    protected boolean breaks(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith("08")
                || failure.getErrorCode() == SERVER_STOPS
                || failure.getErrorCode() == CONNECTION_KILLED;
    }

    @Override
    protected ProblemException problemOf(SQLException failure) {
        return MyProblems.of(failure, place());
    }
}
