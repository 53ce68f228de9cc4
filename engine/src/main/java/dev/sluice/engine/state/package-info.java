/**
 * What the engine remembers between runs, and how it is held against what the destination remembers.
 *
 * <p>I3: the state is never ahead of the destination. {@link dev.sluice.engine.state.Reconciler} compares the two at every
 * start, not only after a crash. The store itself is a port: the terminal keeps it in SQLite beside the project file.
 */
@NullMarked
package dev.sluice.engine.state;

import org.jspecify.annotations.NullMarked;
