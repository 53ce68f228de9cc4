package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.mysql.log.LogSettings;
import dev.sluice.connector.mysql.session.ConnectionOptions;
import java.util.List;
import java.util.Optional;

/**
 * How the source reads.
 *
 * @param databases the databases whose tables are offered; empty for all that may be read
 * @param splitBytes how large the parts of a table are that are read and committed by themselves
 * @param readers how many connections read one table side by side
 * @param lookbackSeconds how far before the last cursor value an incremental read looks for rows that were committed late
 * @param types how types are read that may mean several things
 * @param tablesAreRebuilt true if a table that was rebuilt holds the same rows as before
 * @param log how the log is read; empty if it is not
 */
public record SourceSettings(
        List<String> databases,
        long splitBytes,
        int readers,
        long lookbackSeconds,
        Ambiguous types,
        boolean tablesAreRebuilt,
        Optional<LogSettings> log) {
    private static final int MEGABYTE_BITS = 20;
    private static final long USUAL_SPLIT_MB = 128;
    private static final long USUAL_READERS = 4;
    private static final long USUAL_LOOKBACK = 600;

    /** All databases, and the default of all else. */
    static final SourceSettings USUAL = new SourceSettings(
            List.of(),
            USUAL_SPLIT_MB << MEGABYTE_BITS,
            (int) USUAL_READERS,
            USUAL_LOOKBACK,
            new Ambiguous(false, false),
            false,
            Optional.empty());

    /**
     * Types that may mean several things.
     *
     * @param tinyAsBoolean true if TINYINT(1) means true and false
     * @param timeAsText true if TIME is a span and not a time of day
     */
    public record Ambiguous(boolean tinyAsBoolean, boolean timeAsText) {}

    private static final Option<List<String>> DATABASE = Option.texts("database", "Database")
            .describedAs("Database whose tables and views are offered, or a list of them. "
                    + "Without it, all that the user may read.")
            .defaultsTo(List.of());
    private static final Option<Long> SPLIT_SIZE = Option.whole("split_size_mb", "Split size", 1, 100_000)
            .describedAs("Megabytes of a table that are read, committed and, after a failure, read again as one part.")
            .defaultsTo(USUAL_SPLIT_MB);
    private static final Option<Long> READERS = Option.whole("parallel_reads", "Parallel reads", 1, 64)
            .describedAs(
                    "How many connections read one large table side by side. They begin at the same moment, for which"
                        + " the table is locked against writers for an instant; the user needs LOCK TABLES for that.")
            .defaultsTo(USUAL_READERS);
    private static final Option<Long> LOOKBACK = Option.whole(
                    "cursor_lookback_seconds", "Cursor look-back", 0, 31_536_000)
            .describedAs("How many seconds before the last value of a time cursor an incremental read looks for rows "
                    + "whose transactions were committed late. Rows that were copied before are not copied again.")
            .defaultsTo(USUAL_LOOKBACK);
    private static final Option<Boolean> TINY_AS_BOOLEAN = Option.truth("tinyint1_is_boolean", "TINYINT(1) is boolean")
            .describedAs("Whether columns of the type TINYINT(1), which is what BOOLEAN stands for, are true or false. "
                    + "Values other than 0 and 1 then become null and are reported.")
            .defaultsTo(false);
    private static final Option<Boolean> TIME_AS_TEXT = Option.truth("time_is_text", "TIME is text")
            .describedAs("Whether columns of the type TIME are read as text, because they hold spans of time. "
                    + "Otherwise values below 0 and above 24 hours become null and are reported.")
            .defaultsTo(false);
    private static final Option<Boolean> REBUILT = Option.truth("rebuilt_tables", "Tables are rebuilt")
            .describedAs(
                    "Whether incremental reads go on although a table was rebuilt, which an ALTER may do as well as "
                            + "DROP and CREATE. Set it if the rebuilt tables hold the same rows and later ones.")
            .defaultsTo(false);

    /** The options of the source. */
    public static final ConfigSpec SPEC = ConnectionOptions.spec(
            "MySQL source",
            DATABASE,
            SPLIT_SIZE,
            READERS,
            LogSettings.METHOD,
            LOOKBACK,
            TINY_AS_BOOLEAN,
            TIME_AS_TEXT,
            REBUILT);

    public SourceSettings {
        databases = List.copyOf(databases);
    }

    /** The settings in a checked configuration. */
    public static SourceSettings of(Settings settings) {
        return new SourceSettings(
                settings.get(DATABASE),
                settings.get(SPLIT_SIZE) << MEGABYTE_BITS,
                settings.get(READERS).intValue(),
                settings.get(LOOKBACK),
                new Ambiguous(settings.get(TINY_AS_BOOLEAN), settings.get(TIME_AS_TEXT)),
                settings.get(REBUILT),
                LogSettings.of(settings));
    }
}
