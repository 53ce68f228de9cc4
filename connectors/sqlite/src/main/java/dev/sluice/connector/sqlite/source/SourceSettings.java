package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.sqlite.session.FileOptions;
import java.util.List;
import java.util.Set;

/**
 * What the source reads, and how it understands it.
 *
 * @param file how to open the file
 * @param milliseconds true if whole numbers in columns of times count milliseconds, false if seconds
 * @param asText the columns that are read as texts whatever they are declared to be, each as {@code table.column}
 * @param fileMayBeRebuilt true if a position is good for whatever database stands at the path
 */
public record SourceSettings(FileOptions file, boolean milliseconds, Set<String> asText, boolean fileMayBeRebuilt) {
    private static final String MILLISECONDS = "milliseconds";

    private static final Option<String> INTEGER_TIMES = Option.oneOf(
                    "integer_times", "Whole numbers as times", List.of("seconds", MILLISECONDS))
            .describedAs(
                    "What whole numbers count in columns that are declared as dates and times: seconds since 1970, as"
                            + " SQLite itself has it, or milliseconds, as Java's driver writes them.")
            .defaultsTo("seconds");

    private static final Option<List<String>> TEXT_COLUMNS = Option.texts("text_columns", "Columns read as text")
            .describedAs("Columns whose values are taken as texts, whatever type is declared, such as orders.amount.")
            .examples(List.of("orders.amount", "orders.placed"))
            .defaultsTo(List.of());

    private static final Option<Boolean> REBUILT = Option.truth("rebuilt_file", "The file is rebuilt now and then")
            .describedAs(
                    "Whether another program may put a new file in the place of the old one between two runs, with the"
                        + " same rows and later ones. Then incremental streams go on by their cursors. Without it, a"
                        + " table that was made anew stops them.")
            .defaultsTo(false);

    /** The options of the source. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
            "SQLite source",
            FileOptions.PATH,
            INTEGER_TIMES,
            TEXT_COLUMNS,
            REBUILT,
            FileOptions.BUSY_TIMEOUT,
            FileOptions.PRAGMAS);

    public SourceSettings {
        asText = Set.copyOf(asText);
    }

    /** The settings for a file that this program wrote. */
    static SourceSettings ofOwn(FileOptions file) {
        return new SourceSettings(file, false, Set.of(), true);
    }

    /** The settings in a checked configuration. */
    public static SourceSettings of(Settings settings) {
        return new SourceSettings(
                FileOptions.of(settings),
                settings.get(INTEGER_TIMES).equals(MILLISECONDS),
                Set.copyOf(settings.get(TEXT_COLUMNS)),
                settings.get(REBUILT));
    }
}
