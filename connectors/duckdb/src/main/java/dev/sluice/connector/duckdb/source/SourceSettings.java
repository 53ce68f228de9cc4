package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.duckdb.database.DatabaseSettings;
import dev.sluice.duckdb.DuckDbOptions;
import java.util.List;

/**
 * What the source reads.
 *
 * @param database how to open the file; always for reading only
 * @param schemas the schemas to look at; all if empty
 * @param fileMayBeRebuilt true if a position is good for whatever database stands at the path
 */
public record SourceSettings(DuckDbOptions database, List<String> schemas, boolean fileMayBeRebuilt) {
    private static final Option<List<String>> SCHEMAS = Option.texts("schemas", "Schemas")
            .describedAs("The schemas to read. Without it, all.")
            .defaultsTo(List.of());

    private static final Option<Boolean> REBUILT = Option.truth("rebuilt_file", "The file is rebuilt now and then")
            .describedAs("Whether another program may put a new database file in the place of the old one between two"
                    + " runs, with the same rows and later ones. Then incremental streams go on by their"
                    + " cursors. Without it, a new file stops them, because its rows may be others.")
            .defaultsTo(false);

    /** The options of the source. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
            "DuckDB source",
            DatabaseSettings.PATH,
            SCHEMAS,
            DatabaseSettings.MEMORY_LIMIT,
            DatabaseSettings.THREADS,
            DatabaseSettings.TEMP_DIRECTORY,
            REBUILT);

    public SourceSettings {
        schemas = List.copyOf(schemas);
    }

    /** The settings in a checked configuration. */
    public static SourceSettings of(Settings settings) {
        return new SourceSettings(
                DatabaseSettings.options(settings).forReading(), settings.get(SCHEMAS), settings.get(REBUILT));
    }
}
