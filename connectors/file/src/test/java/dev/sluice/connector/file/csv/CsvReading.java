package dev.sluice.connector.file.csv;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.Binding;
import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads CSV text out of memory, without a header. */
final class CsvReading {
    private final Schema schema;
    private CsvDialect dialect = CsvDialect.RFC_4180;
    private List<String> nullTexts = List.of();
    private int maxRecordBytes = 8 << 20;
    private BatchSize batchSize = BatchSize.DEFAULT;

    CsvReading(Schema schema) {
        this.schema = schema;
    }

    /**
     * What came out.
     *
     * @param rows the rows
     * @param rejects the rejected records
     * @param places after each batch where to go on, and how many rows had come by then
     */
    record Result(List<Row> rows, List<RejectedRecord> rejects, Map<Long, Place> places) {}

    /** What had come when a place could be gone on from. */
    record Place(long line, int rows, int rejects) {}

    CsvReading dialect(CsvDialect other) {
        dialect = other;
        return this;
    }

    CsvReading nullTexts(String... texts) {
        nullTexts = List.of(texts);
        return this;
    }

    CsvReading maxRecordBytes(int bytes) {
        maxRecordBytes = bytes;
        return this;
    }

    CsvReading batchSize(int rows) {
        batchSize = new BatchSize(rows, 1 << 20);
        return this;
    }

    Result read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), 0, 1);
    }

    Result read(byte[] text, long from, long line) {
        boolean[] selected = new boolean[schema.size()];
        Arrays.fill(selected, true);
        List<Binding> bindings = new ArrayList<>();
        for (int i = 0; i < selected.length; i++) {
            bindings.add(new Binding.Cells(i, false));
        }
        ByteArrayInputStream input = new ByteArrayInputStream(text, (int) from, text.length - (int) from);
        CsvShape shape = new CsvShape(dialect, selected, nullTexts, maxRecordBytes);
        CsvBlocks blocks = new CsvBlocks(new TextWindow(input, from, 256), line, shape, "test.csv");
        TestReadContext context = new TestReadContext(batchSize);
        Map<Long, Place> places = new TreeMap<>();
        List<RecordBatch> batches = new ArrayList<>();
        try (BatchFiller filler = new BatchFiller(
                blocks,
                selected.length,
                schema,
                bindings,
                context,
                new BatchFiller.Place("test.csv", "", Clock.systemUTC()))) {
            RecordBatch batch = filler.read();
            while (batch != null) {
                batches.add(batch);
                places.put(
                        filler.offset(),
                        new Place(
                                filler.line(),
                                Rows.of(batches).size(),
                                context.rejects().size()));
                batch = filler.read();
            }
        } catch (IOException memoryDoesNotFail) {
            throw new AssertionError(memoryDoesNotFail);
        }
        return new Result(Rows.of(batches), context.rejects(), places);
    }
}
