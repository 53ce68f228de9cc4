package dev.sluice.server.jobs;

/**
 * What the attempts of a job did in all, also what had to be done again.
 *
 * @param read the records that were read
 * @param bytes the bytes that were read
 * @param bytesCommitted the bytes of streams that arrived whole
 * @param filtered the records that did not pass a filter
 */
public record JobSums(long read, long bytes, long bytesCommitted, long filtered) {}
