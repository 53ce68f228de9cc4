/**
 * The source: its options, what it discovers, how it divides a read, and the readers of its splits.
 *
 * <p>A path or a pattern is a stream. A plan names each file with its size, time and a digest, and a reader hands nothing
 * on that comes from another version. A position remembers the files that were delivered. Neighbours: {@code input}
 * gives the bytes, {@code csv} and {@code json} the cells, {@code cells} the batches.
 */
@NullMarked
package dev.sluice.connector.file.source;

import org.jspecify.annotations.NullMarked;
