package dev.sluice.connector.sqlite.session;

import dev.sluice.cdk.sql.JdbcSession;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.Collation;
import org.sqlite.SQLiteConnection;

/** A connection to a file. */
public final class FileSession extends JdbcSession {
    FileSession(SQLiteConnection connection, String place) {
        super(connection, () -> interrupt(connection), place);
    }

    private static void interrupt(SQLiteConnection connection) throws IOException {
        try {
            connection.getDatabase().interrupt();
        } catch (SQLException closed) {
            throw new IOException(closed);
        }
    }

    /** Runs statements, parted by semicolons. */
    @Override
    public void execute(String sql) {
        try (Statement statement = connection().createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    /** Begins a transaction at once as the one that may write; waits for others. */
    public void beginWriting() {
        begin("BEGIN IMMEDIATE");
    }

    /** Makes the statement that is under way fail; the session stays of use. */
    public void interrupt() {
        try {
            interrupt((SQLiteConnection) connection());
        } catch (IOException closed) {
            markBroken();
        }
    }

    /** Adds a way to compare texts, for the statements of this connection. */
    public void addCollation(String name, Collation collation) {
        try {
            Collation.create(connection(), name, collation);
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    /** A statement to be used many times; its failures go to {@link #failed}. */
    public PreparedStatement prepare(String sql) {
        try {
            return connection().prepareStatement(sql);
        } catch (SQLException failure) {
            throw problem(failure);
        }
    }

    /** The problem of a failed statement. */
    public ProblemException failed(SQLException failure) {
        return problem(failure);
    }

    @Override
    protected ProblemException problemOf(SQLException failure) {
        return SqliteProblems.of(failure, place());
    }

    /** A file does not hang up; what is wrong with it is wrong for the next connection too. */
    @Override
    protected boolean breaks(SQLException failure) {
        return false;
    }

    @Override
    protected @Nullable Object value(ResultSet result, int column, int type) throws SQLException {
        return result.getObject(column);
    }
}
