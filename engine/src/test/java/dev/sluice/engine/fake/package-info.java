/**
 * A source, a destination and a store in memory, for the tests of the engine.
 *
 * <p>They keep the rules of the SPI as real ones do: rows become visible with their marker in one step, what is not
 * committed is gone, and an unfinished read of another generation is discarded. Every step goes through one {@link
 * dev.sluice.engine.fake.Hook}, so that a test can make it fail, wait or die.
 */
@NullMarked
package dev.sluice.engine.fake;

import org.jspecify.annotations.NullMarked;
