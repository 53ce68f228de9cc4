package dev.sluice.cli.state;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import java.time.Instant;

/**
 * A rejected record as it was kept.
 *
 * @param id its number in the state file
 * @param syncId the run that rejected it
 * @param stream its stream
 * @param generation the copy of the stream that it is missing in
 * @param state how it stands
 * @param rejectedAt when it was rejected
 * @param record the record
 */
public record KeptReject(
        long id,
        long syncId,
        StreamId stream,
        long generation,
        RejectState state,
        Instant rejectedAt,
        RejectedRecord record) {}
