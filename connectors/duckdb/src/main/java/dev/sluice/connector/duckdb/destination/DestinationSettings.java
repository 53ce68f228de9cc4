package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.duckdb.database.DatabaseSettings;
import dev.sluice.duckdb.DuckDbOptions;

/**
 * How the destination writes.
 *
 * @param database how to open the file
 * @param schema the schema for streams without a namespace of their own
 */
public record DestinationSettings(DuckDbOptions database, String schema) {
    private static final Option<String> SCHEMA = Option.text("schema", "Default schema")
            .describedAs("Schema for streams without a destination namespace. It is created if it does not exist.")
            .defaultsTo("main");

    /** The options of the destination. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
            "DuckDB destination",
            DatabaseSettings.PATH,
            SCHEMA,
            DatabaseSettings.MEMORY_LIMIT,
            DatabaseSettings.THREADS,
            DatabaseSettings.TEMP_DIRECTORY);

    /** The settings in a checked configuration. */
    public static DestinationSettings of(Settings settings) {
        return new DestinationSettings(DatabaseSettings.options(settings), settings.get(SCHEMA));
    }
}
