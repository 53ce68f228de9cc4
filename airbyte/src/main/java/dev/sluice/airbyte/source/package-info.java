/**
 * A connector that speaks the Airbyte protocol as a source of Sluice: one process reads all streams of a run, and each stream takes what
 * is its own from a {@link dev.sluice.airbyte.source.Feed}.
 */
@NullMarked
package dev.sluice.airbyte.source;

import org.jspecify.annotations.NullMarked;
