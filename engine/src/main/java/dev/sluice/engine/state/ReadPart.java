package dev.sluice.engine.state;

import dev.sluice.spi.catalog.StreamId;
import java.util.Objects;

/**
 * A split of one read of a stream, which rejected records belong to.
 *
 * @param stream the stream
 * @param readId the job that began the read
 * @param generation the copy of the stream that the read writes
 * @param splitId the split
 */
public record ReadPart(StreamId stream, long readId, long generation, String splitId) {
    public ReadPart {
        Objects.requireNonNull(stream);
        Objects.requireNonNull(splitId);
    }
}
