package dev.sluice.server.drift;

import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.schema.SchemaChange;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is otherwise than its table knows.
 *
 * @param stream the stream
 * @param kind whether it is new, gone or another
 * @param details what has changed in it
 * @param effect what follows from it
 * @param now the stream as its source describes it; null if it is gone
 */
record FoundChange(
        StreamId stream,
        StreamChange.Kind kind,
        List<SchemaChange> details,
        Effect effect,
        @Nullable CatalogStream now) {
    /** What follows from a change. */
    enum Effect {
        /** The connection follows it. */
        APPLIED,
        /** The stream is copied as before, or not yet. */
        LEFT_OUT,
        /** The stream is not copied until somebody accepts it, as the connection's rule has it. */
        PAUSED,
        /** The stream cannot be copied until somebody acts. */
        BROKEN
    }

    FoundChange {
        details = List.copyOf(details);
    }

    boolean isStopped() {
        return effect == Effect.PAUSED || effect == Effect.BROKEN;
    }
}
