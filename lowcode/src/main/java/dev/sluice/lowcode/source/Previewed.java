package dev.sluice.lowcode.source;

import dev.sluice.lowcode.schema.Columns;
import dev.sluice.lowcode.trial.Masking;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.workbench.TestPreview;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first records as a destination would get them, put into columns as a sync does it. */
final class Previewed {
    private static final int MOST = 20;
    private static final int LONGEST = 500;

    private Previewed() {}

    static TestPreview of(CatalogStream stream, Object declared, List<Map<Object, Object>> records, Masking masking) {
        List<String> problems = new ArrayList<>();
        StreamRead read =
                new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, stream.primaryKey(), false);
        BatchFiller filler = new BatchFiller(read, Columns.isWhole(stream.schema(), declared), new Host(problems));
        records.stream().limit(MOST).forEach(filler::add);
        List<List<@Nullable String>> rows = new ArrayList<>();
        if (!filler.isEmpty()) {
            RecordBatch batch = filler.build(Clock.systemUTC());
            for (int row = 0; row < batch.rows(); row++) {
                rows.add(row(batch, row, masking));
            }
        }
        return new TestPreview(
                stream.schema().fields(),
                rows,
                problems.stream().distinct().map(masking::text).toList());
    }

    private static List<@Nullable String> row(RecordBatch batch, int row, Masking masking) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < batch.columns().size(); i++) {
            Field field = batch.schema().field(i);
            values.add(ValueText.of(field.type(), batch.column(i), row)
                    .map(masking::text)
                    .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                    .orElse(null));
        }
        return values;
    }

    /** Nobody waits for these rows, and what cannot be written is told. */
    private record Host(List<String> problems) implements ReadContext {
        @Override
        public BatchSize batchSize() {
            return BatchSize.DEFAULT;
        }

        @Override
        public boolean admitLargeValue(long bytes) {
            return true;
        }

        @Override
        public void reject(RejectedRecord record) {
            problems.add(record.reason());
        }
    }
}
