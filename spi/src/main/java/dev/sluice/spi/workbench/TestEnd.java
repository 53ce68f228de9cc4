package dev.sluice.spi.workbench;

import dev.sluice.spi.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a test ended.
 *
 * @param problem what made it fail; null if nothing did
 * @param path the part of the definition that caused it; null if none did
 * @param state where the stream stands, in JSON; null if it has no state
 * @param limited true if there may be more than the limits let through
 */
public record TestEnd(
        @Nullable Problem problem,
        @Nullable String path,
        @Nullable String state,
        boolean limited) {}
