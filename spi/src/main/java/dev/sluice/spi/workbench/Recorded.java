package dev.sluice.spi.workbench;

import dev.sluice.spi.runtime.Config;
import java.time.Instant;
import java.util.List;

/**
 * What a recording says of itself.
 *
 * @param stream the stream that was read
 * @param at when
 * @param config what the connector was configured with, its secrets masked
 * @param limits where it ended
 * @param start where it began
 * @param records the records that came of it, in JSON
 * @param exchanges how many answers are on record
 */
public record Recorded(
        String stream,
        Instant at,
        Config config,
        TestLimits limits,
        TestStart start,
        List<String> records,
        int exchanges) {
    /** Copies the list. */
    public Recorded {
        records = List.copyOf(records);
    }
}
