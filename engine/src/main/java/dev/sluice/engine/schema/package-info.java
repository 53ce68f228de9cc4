/**
 * How a source's description of its streams changes: what is new, gone or retyped since a table was last made.
 *
 * <p>Pure data and comparisons; {@code plan} decides what follows from a change, {@code state} keeps what was last seen.
 */
@NullMarked
package dev.sluice.engine.schema;

import org.jspecify.annotations.NullMarked;
