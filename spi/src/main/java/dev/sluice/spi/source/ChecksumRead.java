package dev.sluice.spi.source;

import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import java.util.Objects;

/**
 * Which rows are counted and summed, see {@link Checksums}.
 *
 * @param stream all rows of this stream
 * @param columns the fields that count, in order
 * @param key places in {@code columns} of what tells rows apart; all of them if nothing does
 */
public record ChecksumRead(StreamId stream, List<Column> columns, List<Integer> key) {
    public ChecksumRead {
        Objects.requireNonNull(stream);
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a group of rows needs a key");
        }
    }

    /**
     * A field and how its values are written.
     *
     * @param name the name of the field
     * @param form how its values are written
     * @param fraction how many digits of a second count, 0 to 6, for forms of time; what follows is cut off
     */
    public record Column(String name, ChecksumForm form, int fraction) {
        public Column {
            Objects.requireNonNull(name);
            Objects.requireNonNull(form);
        }
    }
}
