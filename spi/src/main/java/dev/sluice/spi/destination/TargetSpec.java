package dev.sluice.spi.destination;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a stream of a connection shall write. Plain data.
 *
 * @param owner who writes
 * @param stream the stream in the source
 * @param name the name at the destination
 * @param schema the fields of the batches that come
 * @param mode how to write
 * @param generation which copy of the stream
 * @param object what is written of a system with a schema of its own; null where the stream gets a place that is made for it
 */
public record TargetSpec(
        Owner owner,
        StreamId stream,
        TargetName name,
        Schema schema,
        WriteMode mode,
        Generation generation,
        @Nullable ObjectWrite object) {
    public TargetSpec {
        Objects.requireNonNull(owner);
        Objects.requireNonNull(stream);
        Objects.requireNonNull(name);
        Objects.requireNonNull(schema);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(generation);
    }

    /** A target in a place that is made for it. */
    public TargetSpec(
            Owner owner, StreamId stream, TargetName name, Schema schema, WriteMode mode, Generation generation) {
        this(owner, stream, name, schema, mode, generation, null);
    }

    /** The same target for another generation or run. */
    public TargetSpec withGeneration(Generation other) {
        return new TargetSpec(owner, stream, name, schema, mode, other, object);
    }
}
