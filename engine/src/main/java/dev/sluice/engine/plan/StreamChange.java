package dev.sluice.engine.plan;

import dev.sluice.engine.schema.SchemaChange;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream that the source describes otherwise than it did when its table was last made.
 *
 * @param stream the stream
 * @param kind whether it is new, gone or another
 * @param details what has changed in it; empty unless it is another
 * @param effect what follows from it
 * @param now the stream as the source describes it; null if it is gone
 */
public record StreamChange(
        StreamId stream,
        Kind kind,
        List<SchemaChange> details,
        Effect effect,
        @Nullable CatalogStream now) {
    public StreamChange {
        Objects.requireNonNull(stream);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(effect);
        details = List.copyOf(details);
    }

    /** What a change is about. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** What follows from a change. */
    public enum Effect {
        /** It is applied. */
        APPLIED,
        /** The stream is copied as before, or not at all if it is new or gone. */
        LEFT_OUT,
        /** The stream is not copied until somebody acts. */
        STOPPED
    }

    /** The same change with another effect. */
    StreamChange with(Effect other) {
        return new StreamChange(stream, kind, details, other, now);
    }
}
