package dev.sluice.server.builder;

import java.time.Instant;

/**
 * A version that was published.
 *
 * @param number its place among the versions
 * @param label how it is called
 * @param manifest its text; of one that was not made here, written anew
 * @param note what is new in it
 * @param by who published it
 * @param at when
 */
public record BuilderVersion(long number, String label, String manifest, String note, String by, Instant at) {}
