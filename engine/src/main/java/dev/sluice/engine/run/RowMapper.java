package dev.sluice.engine.run;

import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.map.Mapping;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowJson;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Does to the rows of a stream what its mappers say, and makes records of those that cannot go on. What a mapper hides is
 * not in these records: they are kept on a disk, and nobody but the destination is to see what was made of it.
 */
final class RowMapper {
    /** The origin of records that hold a row as it was before the mappers. */
    static final String UNMAPPED = "before the mappers";

    private final Mapping mapping;
    private final boolean annotates;
    private final List<FieldPath> key;
    private final Set<String> hidden;

    RowMapper(StreamPlan plan) {
        this(plan, plan.rejects().policy() == RejectRules.Policy.ANNOTATE);
    }

    RowMapper(StreamPlan plan, boolean annotates) {
        this.annotates = annotates;
        mapping = plan.mapping();
        hidden = mapping.hidden();
        List<FieldPath> paths = plan.read().primaryKey();
        key = paths.stream().anyMatch(path -> hidden.contains(path.column())) ? List.of() : paths;
    }

    Mapped apply(RecordBatch batch) {
        return mapping.apply(batch, annotates);
    }

    /**
     * The record of a row that a mapper rejected.
     *
     * @param batch the batch as its source made it
     * @param place where its rows stand if they have no key
     */
    RejectedRecord record(RecordBatch batch, Mapped.Rejection why, RowPlace place) {
        RecordBatch visible = visible(batch);
        byte[] json = RowJson.of(visible, why.row());
        RejectedRecord record = RejectedRecord.ofRow(place.of(key, batch, why.row()), why.code(), why.reason(), json)
                .from(UNMAPPED)
                .inField(why.field().isEmpty() ? null : why.field());
        return visible == batch ? record : record.cutFrom(json.length + 1L);
    }

    /**
     * The record of a row that is refused behind the mappers: as it came, so that it can be mapped anew, and as it was mapped. Where
     * mappers hide something, only what they made of it is kept.
     *
     * @param batch rows that were mapped, or some of them
     */
    static RejectedRecord refused(RecordBatch batch, int row, String place, String code, String reason) {
        RecordBatch source = batch.source();
        byte[] json = RowJson.of(batch, row);
        return source == null
                ? RejectedRecord.ofRow(place, code, reason, json)
                : RejectedRecord.ofRow(place, code, reason, RowJson.of(source, batch.sourceRow(row)))
                        .from(UNMAPPED)
                        .mappedTo(json);
    }

    private RecordBatch visible(RecordBatch batch) {
        if (hidden.isEmpty()) {
            return batch;
        }
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < batch.schema().size(); i++) {
            if (!hidden.contains(batch.schema().field(i).name())) {
                fields.add(batch.schema().field(i));
                columns.add(batch.column(i));
            }
        }
        return RecordBatch.of(new Schema(fields), batch.rows(), columns, batch.extractedAt());
    }

    /** A record that its source rejected; without its bytes if a mapper hides some of them. */
    RejectedRecord withoutHidden(RejectedRecord record) {
        return mapping.isSecret() ? record.cutTo(0).cutFrom(Math.max(1, record.size())) : record;
    }
}
