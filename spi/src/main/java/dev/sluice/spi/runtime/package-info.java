/**
 * What a running connector gets from its host: its configuration, a log, the clock, cancellation, and the cut points of
 * the crash tests. This package knows {@code problem} only.
 */
@NullMarked
package dev.sluice.spi.runtime;

import org.jspecify.annotations.NullMarked;
