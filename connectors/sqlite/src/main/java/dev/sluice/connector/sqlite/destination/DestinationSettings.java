package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.sqlite.session.FileOptions;

/**
 * How the destination writes.
 *
 * @param file how to open the file
 * @param wal true if the file gets a write-ahead log
 */
public record DestinationSettings(FileOptions file, boolean wal) {
    private static final Option<Boolean> WAL = Option.truth("wal", "Write-ahead log")
            .describedAs(
                    "Whether the database gets a write-ahead log, beside which others can read while it is written."
                            + " Without it, the file keeps the journal that it has.")
            .defaultsTo(true);

    /** The options of the destination. */
    public static final ConfigSpec SPEC =
            ConfigSpec.of("SQLite destination", FileOptions.PATH, WAL, FileOptions.BUSY_TIMEOUT, FileOptions.PRAGMAS);

    /** The settings in a checked configuration. */
    public static DestinationSettings of(Settings settings) {
        return new DestinationSettings(FileOptions.of(settings), settings.get(WAL));
    }
}
