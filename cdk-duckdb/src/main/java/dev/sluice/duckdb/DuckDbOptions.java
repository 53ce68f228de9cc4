package dev.sluice.duckdb;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How to open a database. Immutable; the methods that refine it return new ones.
 *
 * @param path the file, or null for a database of its own in memory
 * @param readOnly true to change nothing; the file must exist then
 * @param memoryLimit how much memory DuckDB may take, such as {@code 4GB} or {@code 50%}; null for its default of 80 % of
 *     the machine's
 * @param threads how many threads it may use; 0 for one a processor
 * @param temporaryFolder where it puts what does not fit into memory; null for a folder beside the file, or in the
 *     system's folder for temporary files
 * @param settings further settings by name, as {@code duckdb_settings()} lists them
 */
public record DuckDbOptions(
        @Nullable Path path,
        boolean readOnly,
        @Nullable String memoryLimit,
        int threads,
        @Nullable Path temporaryFolder,
        Map<String, String> settings) {
    public DuckDbOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("threads cannot be " + threads);
        }
        if (path == null && readOnly) {
            throw new IllegalArgumentException("a database in memory that cannot be written is of no use");
        }
        settings = Map.copyOf(settings);
    }

    /** A database in memory, which nobody else can see and which is gone when it is closed. */
    public static DuckDbOptions inMemory() {
        return new DuckDbOptions(null, false, null, 0, null, Map.of());
    }

    /** A database in a file, which is made if it does not exist. */
    public static DuckDbOptions file(Path path) {
        return new DuckDbOptions(path, false, null, 0, null, Map.of());
    }

    /** The same database, to be read only. */
    public DuckDbOptions forReading() {
        return new DuckDbOptions(path, true, memoryLimit, threads, temporaryFolder, settings);
    }

    /** The same with a limit of memory; null for DuckDB's default. */
    public DuckDbOptions withMemoryLimit(@Nullable String limit) {
        return new DuckDbOptions(path, readOnly, limit, threads, temporaryFolder, settings);
    }

    /** The same with this many threads; 0 for one a processor. */
    public DuckDbOptions withThreads(int count) {
        return new DuckDbOptions(path, readOnly, memoryLimit, count, temporaryFolder, settings);
    }

    /** The same with a folder for temporary files; null for the default. */
    public DuckDbOptions withTemporaryFolder(@Nullable Path folder) {
        return new DuckDbOptions(path, readOnly, memoryLimit, threads, folder, settings);
    }

    /** The same with one more setting. */
    public DuckDbOptions with(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new DuckDbOptions(path, readOnly, memoryLimit, threads, temporaryFolder, more);
    }
}
