package dev.sluice.cdk.sql;

/**
 * What all rows of a run carry in Airbyte's columns.
 *
 * @param generationId the generation
 * @param syncId the run
 */
public record RowStamp(long generationId, long syncId) {}
