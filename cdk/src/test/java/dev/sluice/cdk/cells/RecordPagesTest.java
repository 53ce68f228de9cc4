package dev.sluice.cdk.cells;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values of records stand in the fields of their names, exactly or not at all; every record is a row or a reject. */
class RecordPagesTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("id", new DataType.IntType(64)),
            new Field("price", new DataType.DecimalType(12, 2)),
            new Field("at", new DataType.TimestampType(6, true)),
            new Field("more", new DataType.JsonType()));

    private final List<RejectedRecord> rejects = new ArrayList<>();

    private List<String> rows(String... pages) throws IOException {
        CatalogStream stream =
                new CatalogStream(StreamId.of("items"), SCHEMA, Set.of(), Cursor.NONE, List.of(), false, Estimate.NONE);
        StreamRead read = new StreamRead(stream, SCHEMA, SyncMode.FULL_REFRESH, null, List.of(), false);
        Iterator<String> left = List.of(pages).iterator();
        RecordPages.Pages source = () -> left.hasNext() ? records(left.next()) : null;
        List<String> rows = new ArrayList<>();
        try (BatchFiller filler = RecordPages.rows(read, source, new Host(rejects), Clock.systemUTC())) {
            for (RecordBatch batch = filler.read(); batch != null; batch = filler.read()) {
                for (int row = 0; row < batch.rows(); row++) {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < SCHEMA.size(); i++) {
                        text.append(ValueText.of(SCHEMA.field(i).type(), batch.column(i), row)
                                        .orElse("null"))
                                .append(' ');
                    }
                    rows.add(text.toString().strip());
                }
            }
        }
        return rows;
    }

    @SuppressWarnings("unchecked") // a list of objects, as the test writes it
    private static List<Map<String, @Nullable Object>> records(String json) {
        return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(Json.read(json));
    }

    private record Host(List<RejectedRecord> rejects) implements ReadContext {
        @Override
        public BatchSize batchSize() {
            return new BatchSize(2, 1 << 20);
        }

        @Override
        public boolean admitLargeValue(long bytes) {
            return true;
        }

        @Override
        public void reject(RejectedRecord record) {
            rejects.add(record);
        }
    }

    @Test
    void pagesBecomeRowsAndWhatIsUnknownIsLeftOut() throws IOException {
        assertThat(rows(
                        "[{\"id\":1,\"price\":1.50,\"at\":\"2026-01-01T00:00:00\",\"more\":{\"a\":[1]},\"new\":true}]",
                        "[]",
                        "[{\"price\":\"2.5\",\"id\":\"2\"},{\"id\":3,\"at\":null},{}]"))
                .containsExactly(
                        "1 1.50 2026-01-01T00:00:00Z {\"a\":[1]}",
                        "2 2.50 null null",
                        "3 null null null",
                        "null null null null");
        assertThat(rejects).isEmpty();
    }

    @Test
    void aValueThatDoesNotFitRejectsItsRecordWithItsNumber() throws IOException {
        assertThat(rows("[{\"id\":1}]", "[{\"id\":\"many\"},{\"id\":9223372036854775808},{\"id\":4}]"))
                .containsExactly("1 null null null", "4 null null null");
        assertThat(rejects).extracting(RejectedRecord::place).containsExactly("items:2", "items:3");
    }
}
