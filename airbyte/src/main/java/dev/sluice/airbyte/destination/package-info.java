/**
 * A connector that speaks the Airbyte protocol as a destination of Sluice: each stream is written by a process of its own, which says by
 * the states that it gives back how far its rows are durable. Neighbours: {@code program} starts it, {@code message} makes the lines.
 */
@NullMarked
package dev.sluice.airbyte.destination;

import org.jspecify.annotations.NullMarked;
