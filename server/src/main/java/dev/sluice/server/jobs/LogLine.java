package dev.sluice.server.jobs;

import java.time.Instant;

/**
 * A line of the log of an attempt.
 *
 * @param at when it was written
 * @param level how much it matters
 * @param source who wrote it: a source, a destination or the platform
 * @param message what it says, in one line
 */
public record LogLine(Instant at, System.Logger.Level level, String source, String message) {}
