package dev.sluice.connector.sqlite.session;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * A database file, of which connections are opened. Thread-safe.
 *
 * <p>Nothing but SQLite opens the file or its companions in this process: where locks belong to a process, as those of POSIX
 * do, closing a file gives up every lock that the process has on it, those of SQLite's connections included.
 */
public final class SqliteFile {
    private final FileOptions options;

    /** A file that is opened as these options say; nothing happens yet. */
    public SqliteFile(FileOptions options) {
        this.options = options;
    }

    /** Where it is. */
    public Path path() {
        return options.path();
    }

    /** True if there is something at the path, whatever it is. */
    public boolean exists() {
        return Files.exists(options.path());
    }

    /** The folder of the file, which has to be there. */
    public Path requireFolder() {
        Path folder = options.path().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw notFound("the folder of the database does not exist").exception();
        }
        return folder;
    }

    /**
     * A connection that can change nothing and never makes a file.
     *
     * @throws ProblemException if there is no database
     */
    public FileSession openForReading() {
        if (!exists()) {
            throw notFound("there is no such file").exception();
        }
        requireFile();
        return open(true);
    }

    /** A connection for writing; makes the file if there is none. */
    public FileSession openForWriting() {
        requireFolder();
        if (exists()) {
            requireFile();
        }
        return open(false);
    }

    private Problem notFound(String message) {
        return Problem.of("E_SQLITE_NOT_FOUND", ProblemKind.CONFIG, message)
                .at(options.path().toString())
                .fix("check the path");
    }

    /** SQLite takes a folder for a lack of rights. */
    private void requireFile() {
        if (!Files.isRegularFile(options.path())) {
            throw SqliteProblems.notADatabase()
                    .at(options.path().toString())
                    .because("it is no regular file")
                    .exception();
        }
    }

    private FileSession open(boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(Math.toIntExact(options.busySeconds() * 1000));
        try {
            // As an address, because the driver looks for settings behind a question mark in a plain path.
            String address = JDBC.PREFIX + options.path().toUri();
            SQLiteConnection connection = JDBC.createConnection(address, config.toProperties());
            return prepared(new FileSession(connection, options.path().toString()), readOnly);
        } catch (SQLException failure) {
            throw SqliteProblems.of(failure, options.path().toString());
        }
    }

    private FileSession prepared(FileSession session, boolean readOnly) {
        boolean done = false;
        try {
            options.pragmas().forEach((name, value) -> session.execute("PRAGMA " + name + " = " + value));
            // SQLite looks at the file at the first statement that needs it.
            session.query("PRAGMA schema_version");
            if (!readOnly) {
                // A marker that was committed has to survive a loss of power: in a log, NORMAL could lose the last
                // commits.
                session.execute("PRAGMA synchronous = FULL");
                // Views that name a table which is being replaced must not keep it from being replaced.
                session.execute("PRAGMA legacy_alter_table = ON");
            }
            done = true;
            return session;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }
}
