package dev.sluice.spi.source;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read of one stream.
 *
 * @param stream the stream as the source discovered it
 * @param schema the selected fields; batches have exactly these, in this order
 * @param mode full or incremental
 * @param cursor the field that tells what is new; null for a full refresh or when the source keeps the cursor
 * @param primaryKey the fields that tell rows apart; empty if nobody knows
 * @param deduplicated true if the destination keeps one row a key, so that a row read twice does no harm
 * @param filter which rows are wanted; the source may leave out others. Null if all are
 */
public record StreamRead(
        CatalogStream stream,
        Schema schema,
        SyncMode mode,
        @Nullable FieldPath cursor,
        List<FieldPath> primaryKey,
        boolean deduplicated,
        @Nullable RowFilter filter) {
    public StreamRead {
        Objects.requireNonNull(stream);
        Objects.requireNonNull(schema);
        Objects.requireNonNull(mode);
        primaryKey = List.copyOf(primaryKey);
    }

    /** A read of all rows. */
    public StreamRead(
            CatalogStream stream,
            Schema schema,
            SyncMode mode,
            @Nullable FieldPath cursor,
            List<FieldPath> primaryKey,
            boolean deduplicated) {
        this(stream, schema, mode, cursor, primaryKey, deduplicated, null);
    }
}
