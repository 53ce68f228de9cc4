package dev.sluice.spi.destination;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Source;
import java.util.Objects;

/**
 * What is stored of a target, to be read like any stream. Its fields are the columns of the target, Airbyte's included.
 *
 * @param source reads what the destination holds; belongs to this and is closed with it
 * @param stream the target in it
 */
public record ReadBack(Source source, StreamId stream) implements AutoCloseable {
    public ReadBack {
        Objects.requireNonNull(source);
        Objects.requireNonNull(stream);
    }

    @Override
    public void close() {
        source.close();
    }
}
