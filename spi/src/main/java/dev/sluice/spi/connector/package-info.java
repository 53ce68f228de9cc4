/**
 * What a connector is: a named factory of sources or destinations, found by {@link java.util.ServiceLoader} in its own
 * class loader. The top of the SPI; nothing else in it knows this package.
 */
@NullMarked
package dev.sluice.spi.connector;

import org.jspecify.annotations.NullMarked;
