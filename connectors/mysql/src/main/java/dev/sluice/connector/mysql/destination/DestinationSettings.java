package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.mysql.session.ConnectionOptions;

/**
 * How the destination writes.
 *
 * @param database the database for streams without a namespace of their own
 * @param internal the database of the ledger and of staged tables
 */
public record DestinationSettings(String database, String internal) {
    private static final Option<String> DATABASE = Option.text("database", "Default database")
            .describedAs("Database for streams without a destination namespace. It is created if it does not exist.")
            .required();
    private static final Option<String> INTERNAL = Option.text("internal_database", "Internal database")
            .describedAs(
                    "Database for the ledger and for tables that are not complete yet. It is created if it does not"
                            + " exist; name one of your own if the user may not create databases.")
            .matching("[^/\\\\.]{1,64}")
            .defaultsTo("sluice_internal");

    /** The options of the destination. */
    public static final ConfigSpec SPEC = ConnectionOptions.spec("MySQL destination", DATABASE, INTERNAL);

    /** The settings in a checked configuration. */
    public static DestinationSettings of(Settings settings) {
        return new DestinationSettings(settings.get(DATABASE), settings.get(INTERNAL));
    }
}
