package dev.sluice.connector.duckdb;

import dev.sluice.cdk.config.Query;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses: {@code duckdb:///absolute/path}, {@code duckdb:relative.db}, {@code duckdb:///name.db}, and paths that
 * end in {@code .duckdb} or {@code .ddb}. With the scheme, options may follow: {@code duckdb:shop.db?schema=raw&threads=4}.
 *
 * <p>A bare file name after three slashes lies in the working directory, as in the addresses of SQLAlchemy: nobody keeps
 * databases in the root of the file system, and who does writes four.
 */
final class DuckDbUri {
    private static final String SCHEME = "duckdb:";
    private static final List<String> ENDINGS = List.of(".duckdb", ".ddb");

    private DuckDbUri() {}

    /**
     * The configuration of an address.
     *
     * @param schemaOption the option that the parameter {@code schema} sets
     */
    static Optional<Config> config(String uri, String schemaOption) {
        String lower = uri.toLowerCase(Locale.ROOT);
        if (lower.startsWith(SCHEME)) {
            return Optional.of(withScheme(uri.substring(SCHEME.length()), schemaOption));
        }
        boolean bare = !uri.contains("://") && ENDINGS.stream().anyMatch(lower::endsWith);
        return bare ? Optional.of(Config.of(Map.of("path", uri))) : Optional.empty();
    }

    private static Config withScheme(String rest, String schemaOption) {
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        if (path.startsWith("//")) {
            // There is no host: what follows the slashes is the path.
            path = path.substring(path.lastIndexOf('/') == 2 || path.startsWith("////") ? 3 : 2);
        }
        if (path.isEmpty()) {
            throw bad("the address names no file");
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("path", Query.decoded(path));
        if (question >= 0) {
            for (String parameter : rest.substring(question + 1).split("&", -1)) {
                add(parameter, schemaOption, config);
            }
        }
        return Config.of(config);
    }

    private static void add(String parameter, String schemaOption, Map<String, @Nullable Object> config) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : Query.decoded(parameter.substring(equals + 1));
        switch (name) {
            case "" -> {}
            case "schema" -> config.put(schemaOption, schemaOption.equals("schema") ? value : List.of(value));
            case "memory_limit", "threads", "temp_directory" -> config.put(name, value);
            default ->
                throw bad("the address has an unknown parameter " + name
                        + "; known are schema, memory_limit, threads and temp_directory");
        }
    }

    private static ProblemException bad(String message) {
        return Problem.of("E_BAD_ADDRESS", ProblemKind.CONFIG, message)
                .fix("write it as duckdb:shop.duckdb or duckdb:///absolute/path/shop.duckdb")
                .exception();
    }
}
