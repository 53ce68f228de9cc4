/**
 * Values on the move: batches of columns.
 *
 * <p>A {@link dev.sluice.spi.data.RecordBatch} holds up to some ten thousand rows of one stream as plain arrays, one
 * column a field. A value is present, null, or <em>unchanged</em> (a log did not resend it). Nothing is boxed and
 * nothing is parsed between the two sides of a sync. A batch is filled by one thread through builders and is read-only
 * afterwards. Neighbours: {@code type} describes the columns, {@code source} makes batches, {@code destination} takes
 * them.
 */
@NullMarked
package dev.sluice.spi.data;

import org.jspecify.annotations.NullMarked;
