package dev.sluice.connector.file.json;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.Binding;
import dev.sluice.cdk.cells.JsonColumns;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads JSON text out of memory. */
final class JsonReading {
    private final Schema schema;
    private final JsonFraming framing;
    private Set<String> lenient = Set.of();
    private int maxRecordBytes = 8 << 20;
    private int batchRows = 1000;

    JsonReading(Schema schema, JsonFraming framing) {
        this.schema = schema;
        this.framing = framing;
    }

    /**
     * What came out.
     *
     * @param places after each batch where to go on, and how much had come by then
     */
    record Result(List<Row> rows, List<RejectedRecord> rejects, Map<Long, Place> places) {}

    /** What had come when a place could be gone on from. */
    record Place(long line, int rows, int rejects) {}

    JsonReading lenient(String... names) {
        lenient = Set.of(names);
        return this;
    }

    JsonReading maxRecordBytes(int bytes) {
        maxRecordBytes = bytes;
        return this;
    }

    JsonReading batchRows(int rows) {
        batchRows = rows;
        return this;
    }

    Result read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), 0, 1);
    }

    Result read(byte[] text, long from, long line) {
        List<Binding> bindings = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            bindings.add(new Binding.Cells(i, lenient.contains(schema.field(i).name())));
        }
        JsonColumns columns = new JsonColumns(schema.fields(), name -> true, lenient);
        ByteArrayInputStream input = new ByteArrayInputStream(text, (int) from, text.length - (int) from);
        JsonBlocks.Shape shape = new JsonBlocks.Shape(framing, columns, maxRecordBytes);
        JsonBlocks blocks = new JsonBlocks(new TextWindow(input, from, 256), line, shape, "test.json");
        TestReadContext context = new TestReadContext(new BatchSize(batchRows, 1 << 20));
        Map<Long, Place> places = new TreeMap<>();
        List<RecordBatch> batches = new ArrayList<>();
        try (BatchFiller filler = new BatchFiller(
                blocks,
                columns.size(),
                schema,
                bindings,
                context,
                new BatchFiller.Place("test.json", "", Clock.systemUTC()))) {
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
