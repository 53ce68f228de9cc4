package dev.sluice.connector.file.source;

import dev.sluice.connector.file.input.StandardInput;
import java.util.regex.Pattern;

/** Names of streams out of paths. */
final class StreamNames {
    private static final Pattern WILDCARD = Pattern.compile("[*?]+|\\[[^]]*]|\\{[^}]*}");
    private static final Pattern EXTENSIONS = Pattern.compile(
            "(?i)(\\.(csv|tsv|tab|psv|txt|jsonl|ndjson|json|geojson|parquet|pq|avro|fwf|xml|xlsx|xlsm|gz|zst))+$");

    private StreamNames() {}

    /**
     * What a stream is called after its path: {@code orders} for {@code data/orders.csv.gz} and {@code
     * data/orders-*.csv}, the directory's name where the file's is nothing but wildcards.
     */
    static String ofPath(String path) {
        if (path.equals(StandardInput.PATH)) {
            return "stdin";
        }
        String plain = path.replaceFirst("[?#].*$", "").replace('\\', '/').replaceFirst("/+$", "");
        // A question mark is a wildcard in a path and begins the query of an address.
        String whole = path.matches("(?i)https?://.*")
                ? plain
                : path.replace('\\', '/').replaceFirst("/+$", "");
        String[] parts = whole.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            String name = EXTENSIONS.matcher(parts[i]).replaceFirst("");
            String fixed = WILDCARD.matcher(name)
                    .replaceAll("")
                    .replaceAll("[-_. ]+$", "")
                    .replaceAll("^[-_. ]+", "");
            if (!fixed.isBlank() && !fixed.endsWith(":")) {
                return fixed;
            }
        }
        return "files";
    }
}
