package dev.sluice.cli.state;

import dev.sluice.spi.catalog.StreamId;
import java.time.Instant;

/**
 * Rejected records of one job and stream that have one reason.
 *
 * @param syncId the job
 * @param startedAt when the job began
 * @param stream the stream
 * @param code the reason in a stable word; empty for records that were counted and not kept
 * @param records how many
 * @param example what is wrong with one of them
 */
public record RejectGroup(long syncId, Instant startedAt, StreamId stream, String code, long records, String example) {}
