/**
 * The contracts of the SPI as tests: every source and every destination passes the same.
 *
 * <p>The test of a connector extends {@link dev.sluice.testkit.contract.SourceContract} or {@link
 * dev.sluice.testkit.contract.DestinationContract} and supplies a fixture: how to open the connector, how to put content
 * into its place or to look at it, and which traits it lacks and why. Everything is expected that is not declared as
 * lacking, and a declared gap is tested too: it must be a gap, and it must fail with a clear problem. Neighbours: {@code
 * drive} moves the rows, {@code rows} compares them.
 */
@NullMarked
package dev.sluice.testkit.contract;

import org.jspecify.annotations.NullMarked;
