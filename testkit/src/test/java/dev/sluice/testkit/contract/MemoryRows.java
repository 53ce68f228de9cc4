package dev.sluice.testkit.contract;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.rows.Values;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns batches into stored rows with their metadata. */
final class MemoryRows {
    static final List<String> METADATA =
            List.of("_airbyte_raw_id", "_airbyte_extracted_at", "_airbyte_meta", "_airbyte_generation_id");
    static final String POISON = "this row is refused";
    private static final int LARGE = 1 << 20;

    private final TargetSpec spec;
    private final TargetPlan plan;
    private final WriteContext host;
    private final DestinationFault fault;
    private int rejected;

    MemoryRows(TargetSpec spec, TargetPlan plan, WriteContext host, DestinationFault fault) {
        this.spec = spec;
        this.plan = plan;
        this.host = host;
        this.fault = fault;
    }

    /** True if a column of this type cannot hold every value of it. */
    static boolean isLossy(DataType type) {
        return type instanceof DataType.TimestampType(int precision, boolean ignored) && precision > 6;
    }

    int rejected() {
        return rejected;
    }

    List<MemoryStore.Stored> of(RecordBatch batch) {
        List<MemoryStore.Stored> rows = new ArrayList<>(batch.rows());
        String rawId = UUID.randomUUID().toString();
        for (int row = 0; row < batch.rows(); row++) {
            if (isPoison(batch, row)) {
                rejected++;
                if (fault != DestinationFault.REJECTS_IN_SILENCE) {
                    host.reject(new RejectedRecord(
                            "row " + rawId, "REFUSED", "the row is poison", POISON.getBytes(StandardCharsets.UTF_8)));
                }
                continue;
            }
            String id = fault == DestinationFault.RAW_ID_PER_BATCH
                    ? rawId
                    : UUID.randomUUID().toString();
            rows.add(stored(batch, row, id));
        }
        return rows;
    }

    private static boolean isPoison(RecordBatch batch, int row) {
        for (int i = 0; i < batch.columns().size(); i++) {
            DataType type = batch.schema().field(i).type();
            if (type instanceof DataType.TextType
                    && ValueText.of(type, batch.column(i), row).orElse("").equals(POISON)) {
                return true;
            }
        }
        return false;
    }

    private MemoryStore.Stored stored(RecordBatch batch, int row, String rawId) {
        MemoryStore.Stored stored = new MemoryStore.Stored(
                batch.extractedAt(),
                spec.generation().id(),
                spec.generation().syncId(),
                batch.operation(row) == Operation.DELETE);
        List<ValueChange> changes = new ArrayList<>();
        for (ValueChange change : batch.changes()) {
            boolean mine = change.row() == row || (fault == DestinationFault.CHANGES_ON_WRONG_ROW && row == 0);
            if (mine) {
                changes.add(change);
            }
        }
        for (int i = 0; i < plan.columns().size(); i++) {
            ColumnPlan column = plan.columns().get(i);
            if (batch.column(i).isUnchanged(row)) {
                stored.unchanged.add(column.column());
            }
            boolean dropped = switch (column.action()) {
                case ADD -> fault == DestinationFault.DROPS_NEW_FIELDS;
                case WIDEN -> fault == DestinationFault.NULLS_WIDER_VALUES;
                case KEEP, CREATE -> false;
            };
            stored.values.put(column.column(), dropped ? null : value(column, batch.column(i), row, changes));
        }
        addMetadata(stored, rawId, changes);
        return stored;
    }

    private @Nullable String value(ColumnPlan plan, Column column, int row, List<ValueChange> changes) {
        DataType type = plan.field().type();
        String text = ValueText.of(type, column, row).orElse(null);
        if (text == null) {
            boolean empty = fault == DestinationFault.NULL_IS_EMPTY_TEXT && type instanceof DataType.TextType;
            return empty ? "" : null;
        }
        if (text.isEmpty() && fault == DestinationFault.EMPTY_TEXT_IS_NULL) {
            return null;
        }
        String stored = text;
        if (type instanceof DataType.TextType && text.indexOf('\u0000') >= 0) {
            stored = text.replace("\u0000", "");
        } else if (isLossy(type) && text.contains(".")) {
            stored = Values.canonical(
                    new DataType.TimestampType(6, text.endsWith("Z")), text.replaceFirst("(\\.\\d{6})\\d+", "$1"));
        } else if (type.equals(new DataType.IntType(8))) {
            return text + ".0";
        } else if (text.length() > LARGE && fault == DestinationFault.CUTS_LARGE_VALUES) {
            return text.substring(0, LARGE);
        }
        if (!stored.equals(text)) {
            mark(plan.field().name(), changes, row);
        }
        return stored;
    }

    private void mark(String field, List<ValueChange> changes, int row) {
        Reason reason = Reason.DESTINATION_SERIALIZATION_ERROR;
        boolean silent = fault == DestinationFault.ALTERS_IN_SILENCE;
        if (!silent && fault != DestinationFault.COUNTS_WITHOUT_MARK) {
            changes.add(new ValueChange(row, field, Change.TRUNCATED, reason));
        }
        if (!silent && fault != DestinationFault.MARKS_WITHOUT_COUNT) {
            host.changed(field, Change.TRUNCATED, reason);
        }
    }

    private void addMetadata(MemoryStore.Stored stored, String rawId, List<ValueChange> changes) {
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        if (fault != DestinationFault.META_WITHOUT_SYNC_ID) {
            meta.put("sync_id", spec.generation().syncId());
        }
        List<Object> list = new ArrayList<>();
        if (fault != DestinationFault.META_WITHOUT_CHANGES) {
            for (ValueChange change : changes) {
                Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                entry.put("field", change.field());
                entry.put("change", change.change().name());
                entry.put("reason", change.reason().name());
                list.add(entry);
            }
        }
        meta.put("changes", list);
        Instant extracted = fault == DestinationFault.OWN_TIME_OF_EXTRACTION
                ? Instant.EPOCH
                : Instant.EPOCH.plus(stored.extractedAt, ChronoUnit.MICROS);
        stored.values.put("_airbyte_raw_id", rawId);
        stored.values.put("_airbyte_extracted_at", Values.canonical(new DataType.TimestampType(6, true), extracted));
        stored.values.put("_airbyte_meta", Json.write(meta));
        long generation = fault == DestinationFault.GENERATION_OF_TABLE
                ? 1
                : spec.generation().id();
        stored.values.put("_airbyte_generation_id", Long.toString(generation));
    }
}
