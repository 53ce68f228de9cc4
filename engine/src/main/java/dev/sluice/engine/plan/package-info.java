/**
 * What a run will do, before it does anything: streams with their modes, keys, names, columns and guarantees.
 *
 * <p>Planning reads from source and destination and writes nothing. Neighbours: {@code connection} is the wish, {@code
 * run} carries the plan out.
 */
@NullMarked
package dev.sluice.engine.plan;

import org.jspecify.annotations.NullMarked;
