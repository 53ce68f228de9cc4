package dev.sluice.server.connections;

import dev.sluice.server.store.Json;
import dev.sluice.spi.catalog.StreamId;
import java.util.Objects;

/**
 * A stream of a connection.
 *
 * @param stream the stream
 * @param selected false if it is not moved
 * @param syncMode how it is moved, as the public API calls it
 * @param settings cursor, key, fields, mappers and the like
 */
public record ConnectionStream(StreamId stream, boolean selected, String syncMode, Json settings) {
    public ConnectionStream {
        Objects.requireNonNull(stream);
        Objects.requireNonNull(syncMode);
        Objects.requireNonNull(settings);
    }

    /** The same with other settings. */
    public ConnectionStream with(Json others) {
        return new ConnectionStream(stream, selected, syncMode, others);
    }
}
