/**
 * The types of values that move, and the schemas made of them.
 *
 * <p>A {@link dev.sluice.spi.type.DataType} is exact: a database that reads what another database wrote loses nothing.
 * Every type names the {@link dev.sluice.spi.type.Layout} in which a column holds its values. This package knows no
 * other package of the SPI.
 */
@NullMarked
package dev.sluice.spi.type;

import org.jspecify.annotations.NullMarked;
