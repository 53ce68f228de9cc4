package dev.sluice.cli.state;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;

/**
 * A rejected record as it was kept.
 *
 * @param syncId the job that rejected it
 * @param stream its stream
 * @param record the record
 */
public record KeptReject(long syncId, StreamId stream, RejectedRecord record) {}
