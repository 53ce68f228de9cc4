package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.net.TunnelOptions;
import dev.sluice.connector.postgres.log.LogSettings;
import dev.sluice.connector.postgres.session.ConnectionOptions;
import java.util.List;
import java.util.Optional;

/**
 * How the source reads.
 *
 * @param schemas the schemas whose tables are offered; empty for all that may be read
 * @param splitBytes how large the parts of a table are that are read and committed by themselves
 * @param lookbackSeconds how far before the last cursor value an incremental read looks for rows that were committed late
 * @param log how the log is read; empty if increments go by a cursor
 */
public record SourceSettings(List<String> schemas, long splitBytes, long lookbackSeconds, Optional<LogSettings> log) {
    private static final int MEGABYTE_BITS = 20;
    private static final long USUAL_SPLIT_MB = 128;
    private static final long USUAL_LOOKBACK = 600;

    /** All schemas, and the default of all else. */
    static final SourceSettings USUAL =
            new SourceSettings(List.of(), USUAL_SPLIT_MB << MEGABYTE_BITS, USUAL_LOOKBACK, Optional.empty());

    private static final Option<List<String>> SCHEMAS = Option.texts("schemas", "Schemas")
            .describedAs("Schemas whose tables and views are offered. Without it, all that the user may read.")
            .defaultsTo(List.of());
    private static final Option<Long> LOOKBACK = Option.whole(
                    "cursor_lookback_seconds", "Cursor look-back", 0, 31_536_000)
            .describedAs("How many seconds before the last value of a time cursor an incremental read looks for rows "
                    + "whose transactions were committed late. Rows that were copied before are not copied again.")
            .defaultsTo(USUAL_LOOKBACK);

    private static final Option<Long> SPLIT_SIZE = Option.whole("split_size_mb", "Split size", 1, 100_000)
            .describedAs("Megabytes of a table that are read, committed and, after a failure, read again as one part.")
            .defaultsTo(USUAL_SPLIT_MB);

    /** The options of the source. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
            "PostgreSQL source",
            ConnectionOptions.HOST,
            ConnectionOptions.PORT,
            ConnectionOptions.DATABASE,
            SCHEMAS,
            ConnectionOptions.USERNAME,
            ConnectionOptions.PASSWORD,
            ConnectionOptions.SSL_MODE,
            TunnelOptions.TUNNEL,
            LogSettings.METHOD,
            SPLIT_SIZE,
            LOOKBACK);

    public SourceSettings {
        schemas = List.copyOf(schemas);
    }

    /** The settings in a checked configuration. */
    public static SourceSettings of(Settings settings) {
        return new SourceSettings(
                settings.get(SCHEMAS),
                settings.get(SPLIT_SIZE) << MEGABYTE_BITS,
                settings.get(LOOKBACK),
                LogSettings.of(settings));
    }
}
