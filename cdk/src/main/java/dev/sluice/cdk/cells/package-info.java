/**
 * Cells of text into columns: what the readers of all text formats share.
 *
 * <p>A reader cuts a stretch of a file into a {@link dev.sluice.cdk.cells.CellBlock}; loaders, one a field,
 * turn its cells into values; {@link dev.sluice.cdk.cells.BatchFiller} makes batches of the good rows and
 * rejects the others one by one, with their place and their bytes. A cell that does not fit its type makes its row a
 * rejected one: nothing is guessed, and nothing becomes null on the way. {@link
 * dev.sluice.cdk.cells.ColumnGuess} finds the types in a sample.
 */
@NullMarked
package dev.sluice.cdk.cells;

import org.jspecify.annotations.NullMarked;
