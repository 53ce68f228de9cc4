/**
 * Rows as plain values: what goes into record batches and what comes out of them, compared exactly.
 *
 * <p>A value is its canonical text, as {@link dev.sluice.spi.data.ValueText} writes it; two values of one type are equal
 * exactly if their texts are. Samples and random rows reach into the corners of every type. This package knows the SPI
 * only and needs no connector.
 */
@NullMarked
package dev.sluice.testkit.rows;

import org.jspecify.annotations.NullMarked;
