/**
 * Writing: targets, writers, and commits that carry a marker.
 *
 * <p>A target is the table or the set of files that one stream of one connection writes. Writers of splits work side by
 * side; what a writer prepared becomes durable together with a marker that says how far the split has come (I2), and at
 * the end the target is published. Neighbours: {@code data} is what comes in, {@code source} gives the positions that a
 * target keeps.
 */
@NullMarked
package dev.sluice.spi.destination;

import org.jspecify.annotations.NullMarked;
