/**
 * CSV and JSON lines: batches of columns become lines of bytes, without an object for each value.
 *
 * <p>Neighbours: {@code columns} says what stands in a line, {@code place} where the files are written.
 */
@NullMarked
package dev.sluice.connector.file.destination.text;

import org.jspecify.annotations.NullMarked;
