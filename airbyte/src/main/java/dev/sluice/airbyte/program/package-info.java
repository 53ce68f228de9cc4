/**
 * What sources and destinations that are programs have in common: what a user says of them, one question at a time, and lines of their
 * log. Neighbours: {@code process} starts programs, {@code message} understands what they say.
 */
@NullMarked
package dev.sluice.airbyte.program;

import org.jspecify.annotations.NullMarked;
