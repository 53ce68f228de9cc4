package dev.sluice.engine.plan;

import dev.sluice.spi.catalog.CatalogStream;
import org.jspecify.annotations.Nullable;

/**
 * What the run has to do about a change of a stream.
 *
 * @param accepted the stream as it is to be remembered once its table is made; null if it is remembered so already
 * @param backfills true if the stream is read from the beginning, so that older rows get the values of new fields
 */
public record StreamDrift(@Nullable CatalogStream accepted, boolean backfills) {
    /** Nothing has changed. */
    public static final StreamDrift NONE = new StreamDrift(null, false);
}
