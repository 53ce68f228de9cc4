package dev.sluice.server.leases;

/**
 * A sign of life of whoever works on a job.
 *
 * @param lease the right to work on it
 * @param beat another number each time
 */
public record Heartbeat(Lease lease, long beat) {}
