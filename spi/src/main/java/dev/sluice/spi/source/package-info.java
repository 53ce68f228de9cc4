/**
 * Reading: a source plans a stream as splits, and each split is read into batches.
 *
 * <p>Plans, splits and positions are plain data that can be stored and sent elsewhere, so a read can be interrupted,
 * continued, and placed on other machines. A change log fits as one split whose batches carry an operation a row and
 * unchanged values, and whose position is the stream's. Neighbours: {@code catalog} says what is read, {@code data} is
 * what comes out.
 */
@NullMarked
package dev.sluice.spi.source;

import org.jspecify.annotations.NullMarked;
