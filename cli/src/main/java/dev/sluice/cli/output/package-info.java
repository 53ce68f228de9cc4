/**
 * What a command shows: its result on standard output, everything else on standard error.
 *
 * <p>A result is text for people, or one JSON envelope, or a row of events. Progress is a live block on a terminal and
 * lines elsewhere. Whatever is printed has passed the guards of {@code text}. Neighbours: shows the engine's {@code run}
 * and {@code plan}.
 */
@NullMarked
package dev.sluice.cli.output;

import org.jspecify.annotations.NullMarked;
