/**
 * A small language for computed fields and filters: arithmetic, comparisons, texts, dates, conditions; no loops, no input
 * or output, no reflection.
 *
 * <p>A text becomes a {@link dev.sluice.engine.expr.Syntax} tree, which is typed against a schema before any row is read
 * and then evaluated column by column. Whole and decimal numbers are exact. A value for which an expression has no result
 * is told row by row and never becomes null in silence. This package knows the SPI and {@code value} only.
 */
@NullMarked
package dev.sluice.engine.expr;

import org.jspecify.annotations.NullMarked;
