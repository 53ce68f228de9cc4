package dev.sluice.spi.workbench;

import java.lang.System.Logger.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log of a test.
 *
 * @param level how serious it is
 * @param message what happened
 * @param detail more of it, for those who look closely; null if there is no more
 * @param at when
 */
public record TestLine(
        Level level, String message, @Nullable String detail, Instant at) {}
