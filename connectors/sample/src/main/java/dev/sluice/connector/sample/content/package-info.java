/**
 * The made-up rows: which there are in each version, and what is in them.
 *
 * <p>A value is a function of the seed, the stream, the row's id and the version in which the row last changed, and of
 * nothing else; so any range of ids can be made anywhere, in any order, as often as needed. Values are made column by
 * column.
 */
@NullMarked
package dev.sluice.connector.sample.content;

import org.jspecify.annotations.NullMarked;
