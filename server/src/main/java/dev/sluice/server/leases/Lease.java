package dev.sluice.server.leases;

/**
 * The right to work on a job, until somebody takes it over.
 *
 * @param jobId the job
 * @param token grows from holder to holder; whoever has an older one has lost the job
 */
public record Lease(long jobId, long token) {}
