package dev.sluice.cli.torture;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.spi.catalog.StreamId;

/**
 * A stream in one of the modes that it can be copied in.
 *
 * @param stream the stream
 * @param mode the mode
 * @param landing where its rows land
 */
public record Subject(StreamId stream, StreamMode mode, Landing landing) {
    @Override
    public String toString() {
        return stream + " " + mode.key();
    }
}
