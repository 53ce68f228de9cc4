package dev.sluice.connector.file;

import dev.sluice.cdk.config.Query;
import dev.sluice.connector.file.places.StoreOptions;
import dev.sluice.connector.file.store.StoreAddress;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses of files in one-line commands: a path or pattern with a known extension, {@code -}, a web address, one of a
 * store such as {@code s3://bucket/orders/*.csv}, or {@code file:} in front of any path. Options may follow addresses of
 * stores and {@code file:} behind a question mark: {@code file:data/orders.txt?format=csv&delimiter=tab}.
 */
final class FileUri {
    private static final Pattern KNOWN =
            Pattern.compile("(?i).*\\.(csv|tsv|tab|psv|jsonl|ndjson|json|geojson|parquet|pq|avro)(\\.gz|\\.zst)?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+-]+:.*", Pattern.DOTALL);

    private FileUri() {}

    /** The configuration of a source's address. */
    static Optional<Config> ofSource(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        boolean web = lower.startsWith("http://") || lower.startsWith("https://");
        if (web) {
            return Optional.of(Config.of(Map.of("path", uri)));
        }
        return ofPath(uri);
    }

    /**
     * The configuration of a destination's address; a path that ends in a slash, or that is there as a directory, is a
     * directory.
     */
    static Optional<Config> ofDestination(String uri) {
        boolean directory = !SCHEME.matcher(uri).matches() && (uri.endsWith("/") || isDirectory(uri));
        return directory ? Optional.of(Config.of(Map.of("path", uri))) : ofPath(uri);
    }

    private static boolean isDirectory(String path) {
        try {
            return Files.isDirectory(Path.of(path));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    private static Optional<Config> ofPath(String uri) {
        if (uri.regionMatches(true, 0, "file:", 0, 5)) {
            return Optional.of(withOptions(uri.substring(5)));
        }
        if (StoreAddress.isStore(uri)) {
            Config config = withOptions(uri);
            requireNoSecret(config);
            return Optional.of(config);
        }
        boolean ours = uri.equals("-")
                || (!SCHEME.matcher(uri).matches() && KNOWN.matcher(uri).matches());
        return ours ? Optional.of(Config.of(Map.of("path", uri))) : Optional.empty();
    }

    /** Addresses end up in the history of shells and in logs. */
    private static void requireNoSecret(Config config) {
        for (String option : config.values().keySet()) {
            if (StoreOptions.isSecret(option)) {
                throw Problem.of("E_BAD_ADDRESS", ProblemKind.CONFIG, "an address is no place for the secret " + option)
                        .fix("set the credentials in the environment, or write a project file")
                        .exception();
            }
        }
    }

    private static Config withOptions(String rest) {
        int question = rest.lastIndexOf('?');
        // A question mark is a wildcard too; options have an equals sign.
        boolean options = question >= 0 && rest.indexOf('=', question) > 0;
        String path = options ? rest.substring(0, question) : rest;
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("path", path.startsWith("///") ? path.substring(2) : path);
        if (options) {
            config.putAll(Query.parse(rest.substring(question + 1)));
        }
        return Config.of(config);
    }
}
