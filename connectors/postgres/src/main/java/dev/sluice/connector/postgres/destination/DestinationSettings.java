package dev.sluice.connector.postgres.destination;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.net.TunnelOptions;
import dev.sluice.connector.postgres.session.ConnectionOptions;
import java.util.List;
import java.util.Locale;

/**
 * How the destination writes.
 *
 * @param schema the schema for streams without a namespace of their own
 * @param types which column types new columns get
 * @param dropCascade true if replacing a table may drop the views that depend on it
 */
public record DestinationSettings(String schema, ColumnTypes types, boolean dropCascade) {
    private static final Option<String> SCHEMA = Option.text("schema", "Default schema")
            .describedAs("Schema for streams without a destination namespace. It is created if it does not exist.")
            .defaultsTo("public");
    private static final Option<String> COLUMN_TYPES = Option.oneOf(
                    "column_types", "Column types", List.of("exact", "airbyte"))
            .describedAs("exact: the narrowest type that holds every value. "
                    + "airbyte: the types that Airbyte's own destination makes, such as bigint for all integers.")
            .defaultsTo("exact");
    private static final Option<Boolean> DROP_CASCADE = Option.truth("drop_cascade", "Drop dependent views")
            .describedAs(
                    "Whether replacing a table may drop the views that depend on it. Without it, such a sync fails.")
            .defaultsTo(false);

    /** The options of the destination. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
            "PostgreSQL destination",
            ConnectionOptions.HOST,
            ConnectionOptions.PORT,
            ConnectionOptions.DATABASE,
            SCHEMA,
            ConnectionOptions.USERNAME,
            ConnectionOptions.PASSWORD,
            ConnectionOptions.SSL_MODE,
            TunnelOptions.TUNNEL,
            COLUMN_TYPES,
            DROP_CASCADE);

    /** The settings in a checked configuration. */
    public static DestinationSettings of(Settings settings) {
        return new DestinationSettings(
                settings.get(SCHEMA),
                ColumnTypes.valueOf(settings.get(COLUMN_TYPES).toUpperCase(Locale.ROOT)),
                settings.get(DROP_CASCADE));
    }
}
