package dev.sluice.airbyte.serve;

import dev.sluice.airbyte.message.Envelope;
import dev.sluice.airbyte.message.RecordChanges;
import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.Binding;
import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.CellBlock;
import dev.sluice.cdk.cells.JsonColumns;
import dev.sluice.cdk.cells.JsonRecords;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Turns the data of records into batches. For one thread. */
final class Intake implements BlockSource, ReadContext {
    private static final int FULL_BYTES = 1 << 20;
    private static final long LARGEST_VALUE = 256L << 20;

    /** Rows of a batch have one moment, as exact as orchestrators send it. */
    private static final long SAME_MILLIS = 500;

    private final StreamId stream;
    private final JsonRecords records;
    private final BatchFiller filler;
    private final RecordChanges changes = new RecordChanges();
    private ByteSink data = new ByteSink(FULL_BYTES);
    private int[] ends = new int[1024];
    private int rows;
    private boolean given = true;
    private long taken;
    private final Clock clock;

    /** When the rows that are here were emitted, in milliseconds; -1 if they do not say so. */
    private long emittedAt;

    /** The same in microseconds, by which batches of one millisecond are told apart: the later one counts. */
    private long moment;

    Intake(StreamId stream, Schema schema, Clock clock) {
        this.clock = clock;
        this.stream = stream;
        List<Field> fields = new ArrayList<>(schema.fields());
        if (schema.indexOf(JsonColumns.EXTRA).isEmpty()) {
            // What is not in the schema of the stream is left out.
            fields.add(new Field(JsonColumns.EXTRA, new DataType.JsonType()));
        }
        JsonColumns columns =
                new JsonColumns(fields, name -> schema.indexOf(name).isPresent(), Set.copyOf(schema.names()));
        records = new JsonRecords(columns);
        List<Binding> bindings = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            bindings.add(new Binding.Spoken(i));
        }
        filler = new BatchFiller(
                this,
                columns.size(),
                schema,
                bindings,
                this,
                new BatchFiller.Place(stream.toString(), "", new Emission()));
    }

    /** True if a record of this moment may follow those that are here in one batch. */
    boolean isOfTheSameTime(long millis) {
        return rows == 0 || Math.abs(millis - emittedAt) <= SAME_MILLIS;
    }

    /** Adds the data of a record, whose parts were found. */
    void add(byte[] line, Envelope envelope) {
        if (rows == 0) {
            emittedAt = envelope.emittedAt();
            moment = moment / 1000 == emittedAt && moment % 1000 < 999 ? moment + 1 : emittedAt * 1000;
        }
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, rows * 2);
        }
        String meta = envelope.meta();
        if (meta != null) {
            changes.add(taken + rows, meta);
        }
        data.put(line, envelope.dataFrom(), envelope.dataTo() - envelope.dataFrom());
        ends[rows++] = data.size();
    }

    /** Tells of rows when they were emitted, and of those that do not say so when they came. */
    private final class Emission extends Clock {
        @Override
        public Instant instant() {
            return emittedAt < 0 ? clock.instant() : Instant.EPOCH.plus(moment, ChronoUnit.MICROS);
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    boolean isFull() {
        return data.size() >= FULL_BYTES;
    }

    /** All rows that came, in batches. */
    List<RecordBatch> drain() {
        List<RecordBatch> batches = new ArrayList<>();
        int left = rows;
        given = false;
        try {
            while (left > 0) {
                RecordBatch batch = filler.read();
                if (batch == null) {
                    throw Problem.of("E_IMBALANCE", ProblemKind.INTEGRITY, left + " records became no rows")
                            .at(stream.toString())
                            .exception();
                }
                batches.add(changes.marked(batch, taken, taken + batch.rows()));
                left -= batch.rows();
                taken += batch.rows();
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        data = data.size() > 8 * FULL_BYTES ? new ByteSink(FULL_BYTES) : data;
        data.clear();
        rows = 0;
        return batches;
    }

    @Override
    public boolean next(CellBlock block) {
        if (given) {
            block.begin(new byte[0], 0, true);
            return true;
        }
        given = true;
        block.begin(data.bytes(), 0, false);
        int start = 0;
        for (int row = 0; row < rows; row++) {
            records.add(block, start, ends[row], ends[row]);
            start = ends[row];
        }
        return true;
    }

    @Override
    public long offset(CellBlock block, int row) {
        return taken + row;
    }

    @Override
    public long line(CellBlock block, int row) {
        return taken + row + 1;
    }

    @Override
    public String place(CellBlock block, int row) {
        return "record " + line(block, row);
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
    public void reject(RejectedRecord record) {
        throw Problem.of("E_RECORD_REJECTED", ProblemKind.DATA, "a record cannot be read")
                .at(record.place())
                .because(record.reason())
                .exception();
    }

    @Override
    public boolean annotates() {
        return true;
    }

    @Override
    public void close() {}
}
