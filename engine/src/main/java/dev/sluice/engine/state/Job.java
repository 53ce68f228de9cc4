package dev.sluice.engine.state;

import java.time.Instant;
import java.util.Objects;

/**
 * One requested run of a connection.
 *
 * @param syncId the number that its rows carry; grows from job to job
 * @param startedAt when it was first begun
 * @param attempt how often it was begun, from 0; more than 0 after the process died in the middle
 */
public record Job(long syncId, Instant startedAt, int attempt) {
    public Job {
        Objects.requireNonNull(startedAt);
    }
}
