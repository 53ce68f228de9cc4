package dev.sluice.connector.sqlite.session;

import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to open a file.
 *
 * @param path where it is
 * @param busySeconds how long to wait for another writer
 * @param pragmas what else is set for each connection, by name
 */
public record FileOptions(Path path, long busySeconds, Map<String, String> pragmas) {
    /** The database file. */
    public static final Option<String> PATH = Option.path("path", "Database file")
            .describedAs("The SQLite file, such as shop.db.")
            .examples("shop.db", "/data/app.sqlite3")
            .required();

    /** How long to wait for others. */
    public static final Option<Long> BUSY_TIMEOUT = Option.whole(
                    "busy_timeout", "Patience with other programs", 0, 3600)
            .describedAs("How many seconds to wait while another program keeps the file locked.")
            .defaultsTo(30L);

    /** Settings of SQLite's own. */
    public static final Option<Map<String, String>> PRAGMAS = Option.namedTexts("pragmas", "Pragmas")
            .describedAs("Settings of SQLite's own for each connection: cache_size, mmap_size and temp_store.");

    /** Anything else could change what is durable, what is checked or what the file says. */
    private static final List<String> ALLOWED = List.of("cache_size", "mmap_size", "temp_store");

    private static final String VALUE = "-?\\d{1,18}|(?i:default|file|memory)";
    private static final String IN_MEMORY = ":memory:";

    public FileOptions {
        pragmas = Map.copyOf(pragmas);
    }

    /**
     * The options in a checked configuration.
     *
     * @throws ProblemException of kind {@code CONFIG} if the path is that of no file
     */
    public static FileOptions of(Settings settings) {
        Map<String, String> pragmas = settings.find(PRAGMAS).orElse(Map.of());
        pragmas.forEach(FileOptions::require);
        return new FileOptions(file(settings.get(PATH)), settings.get(BUSY_TIMEOUT), pragmas);
    }

    private static void require(String name, String value) {
        if (!ALLOWED.contains(name)) {
            throw bad("pragmas." + name, "the pragma " + name + " is not allowed")
                    .because("allowed are " + String.join(", ", ALLOWED))
                    .fix(NearNames.nearest(name, ALLOWED)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("leave it out"))
                    .exception();
        }
        if (!value.matches(VALUE)) {
            throw bad("pragmas." + name, "the pragma " + name + " needs a whole number or one of SQLite's words")
                    .exception();
        }
    }

    private static Path file(String path) {
        // A host that resolves paths puts a folder in front.
        if (path.endsWith(IN_MEMORY)) {
            throw Problem.of("E_SQLITE_IN_MEMORY", ProblemKind.CONFIG, "a database in memory is gone when the run ends")
                    .at("path")
                    .fix("give the path of a file, such as shop.db")
                    .exception();
        }
        try {
            return Path.of(path).toAbsolutePath().normalize();
        } catch (InvalidPathException malformed) {
            throw bad("path", "no file can have this path: " + malformed.getReason())
                    .exception(malformed);
        }
    }

    private static Problem bad(String where, String message) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, message).at(where);
    }
}
