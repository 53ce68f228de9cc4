package dev.sluice.connector.discard;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.spi.runtime.Config;

/** The options: how to behave badly, for those who want to see what Sluice makes of it. */
final class DiscardOptions {
    private static final Option<Long> ROWS_PER_SECOND = Option.whole(
                    "rows_per_second", "Rows a second", 1, 1_000_000_000)
            .describedAs("The most rows that each stream takes in a second, so that a run can be watched, or stopped "
                    + "and gone on with. Without it there is no limit.")
            .examples(50_000);
    private static final Option<Long> FAIL_AFTER_ROWS = Option.whole(
                    "fail_after_rows", "Fail after rows", 0, Long.MAX_VALUE)
            .describedAs(
                    "Each run fails in each stream as soon as it was handed more rows than this, as a destination does"
                            + " whose disk is full. The next run goes on after what was committed. Without it nothing"
                            + " fails.")
            .examples(100_000);

    /** All options. */
    static final ConfigSpec SPEC = ConfigSpec.of("Discard", ROWS_PER_SECOND, FAIL_AFTER_ROWS);

    private DiscardOptions() {}

    /**
     * The checked options.
     *
     * @param rowsPerSecond the most rows a second and stream
     * @param failAfterRows the most rows a run and stream
     */
    record Limits(long rowsPerSecond, long failAfterRows) {
        static final long NONE = Long.MAX_VALUE;

        boolean hasRate() {
            return rowsPerSecond != NONE;
        }

        boolean fails() {
            return failAfterRows != NONE;
        }
    }

    static Limits read(Config config) {
        Settings settings = SPEC.read(config);
        return new Limits(
                settings.find(ROWS_PER_SECOND).orElse(Limits.NONE),
                settings.find(FAIL_AFTER_ROWS).orElse(Limits.NONE));
    }
}
