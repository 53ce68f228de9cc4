package dev.sluice.connector.duckdb.database;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.lang.management.ManagementFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The options that source and destination have in common. */
public final class DatabaseSettings {
    /** The database file. */
    public static final Option<String> PATH = Option.path("path", "Database file")
            .describedAs("The DuckDB file, such as shop.duckdb.")
            .examples("shop.duckdb", "/data/lake.duckdb")
            .required();

    /** How much memory DuckDB may take. */
    public static final Option<String> MEMORY_LIMIT = Option.text("memory_limit", "Memory limit")
            .describedAs("The most memory that DuckDB takes beside the Java heap, such as 4GB or 50%. Without it, a "
                    + "quarter of the machine's, but 1 GiB where that is at most half. What does not fit goes to "
                    + "temporary files.")
            .matching("\\d+(\\.\\d+)? ?([KMGT]i?B|%)")
            .examples("4GB", "512MiB", "50%");

    /** How many threads DuckDB may use. */
    public static final Option<Long> THREADS = Option.whole("threads", "Threads", 1, 1024)
            .describedAs("The most threads that DuckDB uses. Without it, one for each processor.");

    /** Where DuckDB puts temporary files. */
    public static final Option<String> TEMP_DIRECTORY = Option.path("temp_directory", "Folder for temporary files")
            .describedAs("Where DuckDB puts what does not fit into memory. Without it, a folder beside the database.");

    private static final String IN_MEMORY = ":memory:";
    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;

    private DatabaseSettings() {}

    /**
     * How to open the database.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if the path is that of no file
     */
    public static DuckDbOptions options(Settings settings) {
        return DuckDbOptions.file(file(settings.get(PATH)))
                .withMemoryLimit(settings.find(MEMORY_LIMIT).orElseGet(DatabaseSettings::usualLimit))
                .withThreads(settings.find(THREADS).map(Math::toIntExact).orElse(0))
                .withTemporaryFolder(settings.find(TEMP_DIRECTORY).map(Path::of).orElse(null));
    }

    /** I6: DuckDB alone would take 80 % of the machine's memory, for each of the files that are open. */
    private static String usualLimit() {
        return usualLimit(machineBytes()) / MEBIBYTE + "MiB";
    }

    static long usualLimit(long machineBytes) {
        return Math.max(machineBytes / 4, Math.min(GIBIBYTE, machineBytes / 2));
    }

    /** The memory of the machine, or of the container that this process is in. */
    private static long machineBytes() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getTotalMemorySize();
    }

    private static Path file(String path) {
        // A host that resolves paths puts a folder in front.
        if (path.endsWith(IN_MEMORY)) {
            throw Problem.of("E_DUCKDB_IN_MEMORY", ProblemKind.CONFIG, "a database in memory is gone when the run ends")
                    .at("path")
                    .because(IN_MEMORY + " is seen by one process only, for as long as it runs")
                    .fix("give the path of a file, such as shop.duckdb")
                    .exception();
        }
        if (path.startsWith("md:") || path.startsWith("motherduck:")) {
            throw Problem.of("E_DUCKDB_REMOTE", ProblemKind.CONFIG, "MotherDuck databases cannot be opened")
                    .at("path")
                    .because("the connector reads and writes DuckDB files")
                    .fix("give the path of a file, such as shop.duckdb")
                    .exception();
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException malformed) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the path cannot be one: " + malformed.getReason())
                    .at("path")
                    .exception(malformed);
        }
    }
}
