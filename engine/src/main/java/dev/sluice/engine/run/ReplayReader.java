package dev.sluice.engine.run;

import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.value.TextValues;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of rejected records once more: through their source, or from the values that a person gave. */
final class ReplayReader implements ReadContext {
    /** The code of records that were not kept whole. */
    static final String CUT = "NOT_KEPT_WHOLE";

    private static final String UNSUPPORTED = "E_REPLAY_UNSUPPORTED";
    private static final long LARGEST_VALUE = 16 << 20;

    private final Source source;
    private final StreamRead read;
    private final Schema target;
    private final RowMapper mapper;
    private final boolean annotates;
    private @Nullable RejectedRecord again;

    ReplayReader(Source source, StreamPlan plan, boolean annotates) {
        this.source = source;
        read = plan.read();
        target = plan.target().schema();
        mapper = new RowMapper(plan, annotates);
        this.annotates = annotates;
    }

    /** The row of a record, or why it is rejected again. */
    sealed interface Outcome {
        /** It can be read now. */
        record Rows(RecordBatch batch) implements Outcome {}

        /** It still cannot. */
        record Again(RejectedRecord record) implements Outcome {}
    }

    Outcome read(ReplayRecord replay) {
        RejectedRecord record = replay.record();
        Map<String, @Nullable String> row = replay.row();
        if (row != null) {
            return ofRow(row, replay);
        }
        if (record.isCut()) {
            return new Outcome.Again(record.because(
                    CUT, "only its first " + record.original().length + " bytes were kept; give it as a `row`"));
        }
        return ofSource(record, replay.rejectedAt());
    }

    private Outcome ofSource(RejectedRecord record, Instant rejectedAt) {
        again = null;
        RecordBatch batch;
        try {
            batch = source.reread(read, record, this);
        } catch (ProblemException failure) {
            Problem problem = failure.problem();
            if (!problem.code().equals(UNSUPPORTED)) {
                throw failure;
            }
            return new Outcome.Again(record);
        }
        if (batch != null && batch.rows() == 1) {
            return mapped(
                    new RecordBatch(
                            batch.schema(), batch.rows(), batch.columns(), null, batch.changes(), micros(rejectedAt)),
                    record);
        }
        RejectedRecord reason = again;
        return new Outcome.Again(
                reason == null
                        ? record.because("NO_RECORD", "what was kept is not one record")
                        : record.because(reason.code(), reason.reason()).inField(reason.field()));
    }

    private Outcome ofRow(Map<String, @Nullable String> row, ReplayRecord replay) {
        RejectedRecord record = replay.record();
        boolean isRow = record.form() == RejectedRecord.Form.ROW;
        // A row that was rejected behind the mappers may have its fields as they left them.
        boolean isMapped = isRow && !record.origin().equals(RowMapper.UNMAPPED);
        Schema schema = isMapped ? target : read.schema();
        if (isMapped || replay.mended()) {
            for (String name : row.keySet()) {
                if (schema.indexOf(name).isEmpty()) {
                    return new Outcome.Again(record.because("UNKNOWN_FIELD", "the stream has no field " + name));
                }
            }
        } else if (isRow) {
            for (String name : schema.names()) {
                if (!row.containsKey(name)) {
                    // To take it for null would empty what the destination has.
                    return new Outcome.Again(record.because(
                                    "NOT_READ", "the field " + name + " was not read when the record was rejected")
                            .inField(name));
                }
            }
        }
        List<Column> columns = new ArrayList<>(schema.size());
        for (Field field : schema.fields()) {
            ColumnBuilder builder = ColumnBuilder.of(field.type(), 1);
            String text = row.get(field.name());
            try {
                if (text == null) {
                    builder.appendNull();
                } else {
                    TextValues.append(field.type(), text, builder);
                }
            } catch (IllegalArgumentException noValue) {
                String reason = "field " + field.name() + ": the value is no "
                        + field.type().notation();
                return new Outcome.Again(
                        record.because("VALUE_DOES_NOT_FIT", reason).inField(field.name()));
            }
            columns.add(builder.build());
        }
        RecordBatch batch = RecordBatch.of(schema, 1, columns, micros(replay.rejectedAt()));
        return isMapped ? new Outcome.Rows(batch) : mapped(batch, record);
    }

    private Outcome mapped(RecordBatch batch, RejectedRecord record) {
        Mapped mapped = mapper.apply(batch);
        if (!mapped.rejections().isEmpty()) {
            Mapped.Rejection why = mapped.rejections().getFirst();
            return new Outcome.Again(record.because(why.code(), why.reason())
                    .inField(why.field().isEmpty() ? null : why.field())
                    .mappedTo(null));
        }
        return mapped.batch().rows() == 0
                ? new Outcome.Again(record.because("FILTERED", "the record does not pass the filter of the stream"))
                : new Outcome.Rows(mapped.batch());
    }

    private static long micros(Instant time) {
        return Math.multiplyExact(time.toEpochMilli(), 1000);
    }

    @Override
    public BatchSize batchSize() {
        return BatchSize.DEFAULT;
    }

    @Override
    public boolean admitLargeValue(long bytes) {
        return bytes <= LARGEST_VALUE;
    }

    @Override
    public boolean annotates() {
        return annotates;
    }

    @Override
    public void reject(RejectedRecord record) {
        again = record;
    }
}
