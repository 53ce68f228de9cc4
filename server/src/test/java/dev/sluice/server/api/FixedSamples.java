package dev.sluice.server.api;

import dev.sluice.server.schemas.SourceSamples;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The same two rows of every stream. */
final class FixedSamples implements SourceSamples {
    private static final Sample ROWS = new Sample(
            List.of(new Field("id", new DataType.IntType(64)), new Field("note", new DataType.TextType())),
            List.of(List.of("1", "one"), Arrays.asList("2", null)),
            List.of("row 3 cannot be read"));

    @Override
    public Sample ofSource(UUID sourceId, StreamId stream, int rows) {
        return ROWS;
    }

    @Override
    public Mapped ofConnection(UUID connectionId, StreamId stream, int rows) {
        return new Mapped(ROWS, ROWS);
    }
}
