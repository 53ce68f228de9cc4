/**
 * Carrying a plan out: streams side by side, splits in lanes, batches from reader to writer, commits with markers, and a
 * result that says what happened to every row.
 *
 * <p>Data flows one way: {@link dev.sluice.engine.run.SyncRun} → stream task → lane → reader thread → bounded queue →
 * writer thread → commit → state. The stream is the unit of state, status and error.
 */
@NullMarked
package dev.sluice.engine.run;

import org.jspecify.annotations.NullMarked;
