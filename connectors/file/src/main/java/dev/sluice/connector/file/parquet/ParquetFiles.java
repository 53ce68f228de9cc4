package dev.sluice.connector.file.parquet;

import dev.sluice.cdk.cells.FileRows;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.LocalCopies;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads Parquet files for one source. Methods may be called by several threads at once. */
public final class ParquetFiles implements AutoCloseable {
    private static final int KNOWN_FILES = 64;

    private final LocalCopies copies = new LocalCopies();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SourceFile, ParquetFacts> known = new LinkedHashMap<>();
    private @Nullable DuckDb database;

    /** The copies of files that lie elsewhere, of any format. */
    public LocalCopies copies() {
        return copies;
    }

    /**
     * What the directory of a file says.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it cannot be read or says what cannot be
     */
    public ParquetFacts facts(FileAccess access, SourceFile file) {
        lock.lock();
        try {
            ParquetFacts facts = known.get(file);
            if (facts != null) {
                return facts;
            }
        } finally {
            lock.unlock();
        }
        Path path = copies.of(access, file);
        Ending.require(path, file.name());
        ParquetFacts facts;
        try (DuckDbConnection connection = database().connect()) {
            facts = ParquetProblems.about(file.name(), () -> new Directory(connection, path, file.name()).read());
        }
        remember(file, facts);
        return facts;
    }

    private void remember(SourceFile file, ParquetFacts facts) {
        lock.lock();
        try {
            known.put(file, facts);
            if (known.size() > KNOWN_FILES) {
                known.remove(known.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens some rows of a file.
     *
     * @param from the number of the first row in the file, counted from 0
     * @param to the number behind the last one
     */
    public FileRows open(FileAccess access, SourceFile file, long from, long to, ParquetRows.Shape shape) {
        ParquetFacts facts = facts(access, file);
        Path path = copies.of(access, file);
        DuckDbConnection connection = database().connect();
        boolean opened = false;
        try {
            ParquetRows rows = ParquetProblems.about(
                    file.name(),
                    () -> ParquetRows.open(
                            connection, facts, new ParquetRows.Part(path, file.name(), from, to), shape));
            opened = true;
            return rows;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    /** DuckDB is loaded with the first Parquet file. */
    private DuckDb database() {
        lock.lock();
        try {
            DuckDb open = database;
            if (open == null) {
                // Each reader brings its own thread, and with one thread a query gives its rows in their order.
                open = DuckDb.open(DuckDbOptions.inMemory()
                        .withThreads(1)
                        .with("autoload_known_extensions", "false")
                        .with("enable_external_file_cache", "false"));
                database = open;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (database != null) {
                database.close();
                database = null;
            }
            known.clear();
        } finally {
            lock.unlock();
        }
        copies.close();
    }
}
