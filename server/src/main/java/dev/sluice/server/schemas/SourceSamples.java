package dev.sluice.server.schemas;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first rows of streams, for those who choose what is copied. They are read when they are asked for and kept nowhere. */
public interface SourceSamples {
    /** The first rows of a stream of a source. It may take a while, so this is not for transactions. */
    Sample ofSource(UUID sourceId, StreamId stream, int rows);

    /** The first rows of a stream of a connection, as they are read and as they are written. Not for transactions. */
    Mapped ofConnection(UUID connectionId, StreamId stream, int rows);

    /**
     * Some rows.
     *
     * @param fields their fields
     * @param rows the values as texts in the order of the fields; long ones are cut
     * @param problems why rows on the way cannot be moved, a sentence each
     */
    record Sample(List<Field> fields, List<List<@Nullable String>> rows, List<String> problems) {
        public Sample {
            fields = List.copyOf(fields);
            rows = Collections.unmodifiableList(rows);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Rows before and after mappers.
     *
     * @param before as the source has them
     * @param after as the destination gets them
     */
    record Mapped(Sample before, Sample after) {}
}
