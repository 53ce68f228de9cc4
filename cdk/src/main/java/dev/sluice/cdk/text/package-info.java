/**
 * Values to and from text in ASCII and UTF-8, straight from and into byte arrays: the kernels of everything that reads or
 * writes rows as text.
 *
 * <p>What a writer here gives is exactly the canonical text of {@link dev.sluice.spi.data.ValueText}. The parsers take
 * that text and the usual variants of it which mean the same value (a blank in place of the {@code T}, {@code BC} behind a
 * date); whatever else comes in is refused, never guessed. Nothing here allocates per value on its ordinary path. Knows
 * no other package of the CDK.
 */
@NullMarked
package dev.sluice.cdk.text;

import org.jspecify.annotations.NullMarked;
