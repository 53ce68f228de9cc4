/**
 * Text in which each column has a place of its own in each line.
 *
 * <p>Neighbours: {@code cells} makes values of the cells that are cut here; {@code csv} finds the head of a file.
 */
@NullMarked
package dev.sluice.connector.file.fixed;

import org.jspecify.annotations.NullMarked;
