package dev.sluice.connector.duckdb.destination;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file that is written. It is opened when it is first needed, so that a plan for a file that is not there makes none,
 * and stays open until this is closed. Thread-safe.
 */
final class DatabaseFile implements AutoCloseable {
    private final DuckDbOptions options;
    private final Path path;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable DuckDb database;
    private @Nullable Catalog catalog;
    private boolean closed;

    DatabaseFile(DuckDbOptions options) {
        this.options = options;
        this.path = Objects.requireNonNull(options.path(), "the destination writes a file");
    }

    DuckDbOptions options() {
        return options;
    }

    Path path() {
        return path;
    }

    /**
     * True if there is a database to look at.
     *
     * @throws ProblemException if there is none and none can be made
     */
    boolean isThere() {
        lock.lock();
        try {
            if (database != null || exists()) {
                return true;
            }
        } finally {
            lock.unlock();
        }
        requireFolder();
        return false;
    }

    /** True if there is something at the path, whatever it is. */
    boolean exists() {
        return Files.exists(path);
    }

    /** The folder of the file, which has to be there. */
    Path requireFolder() {
        Path folder = path.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw Problem.of("E_DUCKDB_NOT_FOUND", ProblemKind.CONFIG, "the folder of the database does not exist")
                    .at(path.toString())
                    .fix("make the folder " + folder + ", or correct the path")
                    .exception();
        }
        return folder;
    }

    /** What the database says of itself, also while the sessions are in the middle of something. Opens it. */
    Catalog catalog() {
        lock.lock();
        try {
            Catalog known = catalog;
            if (known == null) {
                known = new Catalog(connect());
                catalog = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** A new connection; opens the database, which makes the file if there is none. */
    DuckDbConnection connect() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the destination is closed");
            }
            DuckDb opened = database;
            if (opened == null) {
                opened = DuckDb.open(options);
                database = opened;
            }
            return opened.connect();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (database != null) {
                database.close();
                database = null;
                catalog = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
