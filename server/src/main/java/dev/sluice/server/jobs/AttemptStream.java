package dev.sluice.server.jobs;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.server.store.Json;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt did to a stream.
 *
 * @param stream the stream
 * @param status how it stands
 * @param counts its numbers
 * @param problem why it failed; null if it did not
 * @param details what else there is to tell: notes, altered values, reasons of rejects
 */
public record AttemptStream(
        StreamId stream,
        StreamStatus status,
        Counts counts,
        @Nullable Problem problem,
        Json details) {
    /**
     * The numbers of a stream.
     *
     * @param read the records that came from the source
     * @param bytes the bytes of their values
     * @param committed those that the destination committed
     * @param filtered those that did not pass a filter
     * @param rejected those that were rejected
     * @param before those that earlier attempts had committed, and that were not read again
     * @param expected those that are expected in all; -1 if nobody knows
     */
    public record Counts(
            long read, long bytes, long committed, long filtered, long rejected, long before, long expected) {
        /** Nothing happened. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, -1);
    }

    /** A stream to which nothing happened. */
    public static AttemptStream untouched(StreamId stream, StreamStatus status, @Nullable Problem problem) {
        return new AttemptStream(stream, status, Counts.NONE, problem, Json.EMPTY);
    }
}
