package dev.sluice.cli.state;

import dev.sluice.spi.catalog.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rejected records of one run and stream that have one reason.
 *
 * @param run the run that found them
 * @param stream the stream
 * @param code the reason in a stable word
 * @param field the field whose value is the reason; null if it is the record as a whole
 * @param state how they stand
 * @param count how many there are
 * @param example what is wrong with one of them
 */
public record RejectGroup(
        Run run, StreamId stream, String code, @Nullable String field, RejectState state, Count count, String example) {
    /**
     * The run that found them.
     *
     * @param syncId its number
     * @param startedAt when it began
     */
    public record Run(long syncId, Instant startedAt) {}

    /**
     * How many there are.
     *
     * @param records all of them
     * @param kept those that can be shown; the others were only counted
     */
    public record Count(long records, long kept) {}
}
