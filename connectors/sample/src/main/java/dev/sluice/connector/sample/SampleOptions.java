package dev.sluice.connector.sample;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.sample.content.History;
import dev.sluice.connector.sample.content.Recipe;
import dev.sluice.spi.runtime.Config;

/** The options. */
final class SampleOptions {
    private static final Option<Long> COUNT = Option.whole("count", "Count", 0, Recipe.MOST_ROWS)
            .describedAs("How many users there are, and as many purchases. There are always 100 products.")
            .defaultsTo(1000L)
            .examples(1_000_000);
    private static final Option<Long> SEED = Option.whole("seed", "Seed", Long.MIN_VALUE, Long.MAX_VALUE)
            .describedAs("The same seed gives the same data, another one gives other data.")
            .defaultsTo(1L);
    private static final Option<Long> UPDATES = Option.whole("updates", "Updates", 0, 100)
            .describedAs(
                    "How many percent of the rows each further incremental run finds touched: most are changed, some "
                            + "are deleted, and a tenth as many are new. With 0 nothing ever changes.")
            .defaultsTo(0L)
            .examples(10);
    private static final Option<Boolean> OPERATIONS = Option.truth("operations", "Operations")
            .describedAs(
                    "Further incremental runs tell of each row whether it is new, changed or deleted, as the log of "
                            + "a database does. Without it they are found by updated_at, which deleted rows are not.")
            .defaultsTo(false);
    private static final Option<Boolean> AWKWARD = Option.truth("awkward", "Awkward values")
            .describedAs("A quarter of all values are those that break things: empty texts beside nulls, quotes, line "
                    + "breaks, all kinds of Unicode, far dates, the largest and smallest numbers, NaN, infinities.")
            .defaultsTo(false);
    private static final Option<Long> PARALLELISM = Option.whole("parallelism", "Parallelism", 1, 1024)
            .describedAs("Into how many parts a large stream is divided, which can be read at the same time.")
            .defaultsTo(8L);
    private static final Option<Long> VERSION = Option.whole("version", "Version", 0, History.LAST_VERSION)
            .describedAs("Which state of the data a read from the beginning shows: the one after so many further "
                    + "incremental runs. Good for checking what those runs led to.")
            .defaultsTo(0L);

    /** All options. */
    static final ConfigSpec SPEC =
            ConfigSpec.of("Sample data", COUNT, SEED, UPDATES, OPERATIONS, AWKWARD, PARALLELISM, VERSION);

    private SampleOptions() {}

    static SampleSettings read(Config config) {
        Settings settings = SPEC.read(config);
        int updates = settings.get(UPDATES).intValue();
        return new SampleSettings(
                new Recipe(settings.get(SEED), settings.get(COUNT), updates, settings.get(AWKWARD)),
                settings.get(OPERATIONS),
                settings.get(PARALLELISM).intValue(),
                updates == 0 ? 0 : settings.get(VERSION).intValue());
    }
}
