/**
 * Parquet: DuckDB encodes and compresses the columns that it takes from our batches.
 *
 * <p>Neighbours: {@code columns} says what stands in the files, {@code place} where they are written.
 */
@NullMarked
package dev.sluice.connector.file.destination.parquet;

import org.jspecify.annotations.NullMarked;
