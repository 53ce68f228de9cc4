package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.util.List;
import java.util.Objects;

/**
 * A stream whose content a test knows without reading it through the connector.
 *
 * @param id the identity under which discovery has to show it
 * @param schema the fields as discovery has to show them
 * @param primaryKey the key as discovery has to show it; empty if it knows none
 * @param rows the content, in any order
 */
public record KnownStream(StreamId id, Schema schema, List<String> primaryKey, List<Row> rows) {
    public KnownStream {
        Objects.requireNonNull(id);
        Objects.requireNonNull(schema);
        primaryKey = List.copyOf(primaryKey);
        rows = List.copyOf(rows);
    }
}
