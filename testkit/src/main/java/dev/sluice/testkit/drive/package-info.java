/**
 * Drives sources and destinations by the SPI alone, as the engine does, but step by step and in the hands of a test.
 *
 * <p>{@link dev.sluice.testkit.drive.StreamReading} reads a planned stream and can be interrupted after any batch, {@link
 * dev.sluice.testkit.drive.TargetRun} writes a target commit by commit, and {@link dev.sluice.testkit.drive.CopyDriver}
 * does both and can be stopped or killed at each step. Neighbours: {@code rows} compares what was moved, {@code host}
 * plays the host.
 */
@NullMarked
package dev.sluice.testkit.drive;

import org.jspecify.annotations.NullMarked;
