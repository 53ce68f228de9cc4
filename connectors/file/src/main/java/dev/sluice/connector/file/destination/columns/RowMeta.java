package dev.sluice.connector.file.destination.columns;

import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code _airbyte_meta} for the rows of a batch: one text for most of them, and others where values changed. */
public final class RowMeta {
    /** The columns of the metadata, in their order, with the types that they are read as. */
    public static final List<Field> FIELDS = List.of(
            new Field(MetaColumn.RAW_ID.column(), new DataType.UuidType()),
            new Field(MetaColumn.EXTRACTED_AT.column(), new DataType.TimestampType(6, true)),
            new Field(MetaColumn.META.column(), new DataType.JsonType()),
            new Field(MetaColumn.GENERATION_ID.column(), new DataType.IntType(64)));

    private final RowStamp stamp;
    private final byte[] unchanged;
    private final Map<Integer, List<ValueChange>> changes = new TreeMap<>();

    /** For the rows of a run. */
    public RowMeta(RowStamp stamp) {
        this.stamp = stamp;
        this.unchanged = stamp.metaJson(List.of()).getBytes(StandardCharsets.UTF_8);
    }

    /** Takes the next batch, with the changes that the source noted. */
    public void begin(RecordBatch batch) {
        changes.clear();
        batch.changes().forEach(this::add);
    }

    /** Notes one more change in the batch. */
    public void add(ValueChange change) {
        changes.computeIfAbsent(change.row(), row -> new ArrayList<>()).add(change);
    }

    /** True if no value of the batch was changed. */
    public boolean isPlain() {
        return changes.isEmpty();
    }

    /** The text for rows without changes. */
    public byte[] plain() {
        return unchanged;
    }

    /** The text of a row with changes; null for the others. */
    public byte @Nullable [] special(int row) {
        List<ValueChange> ofRow = changes.get(row);
        return ofRow == null ? null : stamp.metaJson(ofRow).getBytes(StandardCharsets.UTF_8);
    }
}
