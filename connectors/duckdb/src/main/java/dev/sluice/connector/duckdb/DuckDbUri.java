package dev.sluice.connector.duckdb;

import dev.sluice.cdk.config.FileUri;
import dev.sluice.cdk.config.FileUri.Parameter;
import dev.sluice.spi.runtime.Config;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads addresses: {@code duckdb:shop.db?schema=raw&threads=4}, and paths that end in {@code .duckdb} or {@code .ddb}. */
final class DuckDbUri {
    private static final FileUri URI = new FileUri("duckdb", List.of(".duckdb", ".ddb"));

    private DuckDbUri() {}

    /**
     * The configuration of an address.
     *
     * @param schema what the parameter {@code schema} sets
     */
    static Optional<Config> config(String uri, Parameter schema) {
        Map<String, Parameter> parameters = new HashMap<>(Map.of("schema", schema));
        for (String option : List.of("memory_limit", "threads", "temp_directory")) {
            parameters.put(option, Parameter.text(option));
        }
        return URI.config(uri, parameters);
    }
}
