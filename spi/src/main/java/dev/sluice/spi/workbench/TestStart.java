package dev.sluice.spi.workbench;

import org.jspecify.annotations.Nullable;

/**
 * Where a test begins.
 *
 * @param state the state that the stream goes on from, in JSON; null for the beginning
 * @param slice the only slice that is wanted, from 0; null for the first ones
 */
public record TestStart(@Nullable String state, @Nullable Integer slice) {
    /** At the beginning. */
    public static final TestStart BEGINNING = new TestStart(null, null);
}
