/**
 * The host that a connector meets in a test: its context, log and clock, and the means to wait for events.
 *
 * <p>Time stands still unless a test moves it, so that what a connector writes down can be foretold. Tests wait for
 * conditions and never for the clock. Knows the SPI only.
 */
@NullMarked
package dev.sluice.testkit.host;

import org.jspecify.annotations.NullMarked;
