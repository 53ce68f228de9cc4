package dev.sluice.connector.sqlite;

import dev.sluice.cdk.config.FileUri;
import dev.sluice.cdk.config.FileUri.Parameter;
import dev.sluice.spi.runtime.Config;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads addresses: {@code sqlite:///path/shop.db}, {@code sqlite:shop.db}, and paths with an ending of SQLite's own. */
final class SqliteUri {
    private static final FileUri URI = new FileUri("sqlite", List.of(".sqlite", ".sqlite3"));

    private SqliteUri() {}

    /**
     * The configuration of an address.
     *
     * @param options the options that may follow a question mark
     */
    static Optional<Config> config(String uri, List<String> options) {
        Map<String, Parameter> parameters = new HashMap<>();
        options.forEach(option -> parameters.put(option, Parameter.text(option)));
        return URI.config(uri, parameters);
    }
}
