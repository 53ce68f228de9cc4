package dev.sluice.connector.file.avro;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.Binding;
import dev.sluice.cdk.cells.FileRows;
import dev.sluice.cdk.cells.Flaw;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an Avro file as batches. A place in the file is the byte at which a block begins and the number of a record
 * in it. One thread uses it.
 */
public final class AvroRows implements FileRows {
    private final AvroBlocks blocks;
    private final Part part;
    private final Shape shape;
    private final List<AvroValue> values = new ArrayList<>();
    private final int[] fields;
    private final BatchBuilder builder;
    private final List<Runnable> constants = new ArrayList<>();
    private final AvroBytes bytes = new AvroBytes();
    private long offset;
    private long record;
    private long left;
    private long skip;

    /**
     * Which part of a file is read.
     *
     * @param file the file in words
     * @param from where its first block begins
     * @param to where no block begins any more; negative for the end of the file
     * @param skip how many records of the first block were read already
     * @param mostBlockBytes the most bytes that a block may have
     */
    public record Part(String file, long from, long to, long skip, int mostBlockBytes) {}

    /**
     * What becomes of the records.
     *
     * @param schema the fields of the batches
     * @param bindings where the values of each come from, by the columns of the file
     */
    public record Shape(Schema schema, List<Binding> bindings, ReadContext context, Clock clock) {
        public Shape {
            bindings = List.copyOf(bindings);
        }
    }

    /**
     * Begins to read.
     *
     * @param input the file from the part's first block; closed with this
     */
    public AvroRows(InputStream input, AvroHeader header, Part part, Shape shape) {
        this.blocks = new AvroBlocks(input, part.from, header, part.mostBlockBytes);
        this.part = part;
        this.shape = shape;
        this.builder = new BatchBuilder(shape.schema, shape.context.batchSize());
        this.offset = part.from;
        this.skip = part.skip;
        int columns = AvroTypes.columns(header.schema()).size();
        fields = new int[columns];
        Arrays.fill(fields, -1);
        for (int i = 0; i < shape.schema.size(); i++) {
            if (shape.bindings.get(i) instanceof Binding.Cells(int column, boolean _)) {
                fields[column] = i;
            } else {
                constants.add(shape.bindings.get(i).constant(builder.column(i)));
            }
        }
        addValues(header.schema());
    }

    private void addValues(org.apache.avro.Schema schema) {
        AvroReaders readers = new AvroReaders();
        boolean record = schema.getType() == org.apache.avro.Schema.Type.RECORD;
        for (int i = 0; i < fields.length; i++) {
            org.apache.avro.Schema own = record ? schema.getFields().get(i).schema() : schema;
            values.add(readers.of(
                    own,
                    fields[i] < 0
                            ? AvroTypes.of(own)
                            : shape.schema.field(fields[i]).type()));
        }
    }

    @Override
    public @Nullable RecordBatch read() throws IOException {
        while (!builder.isFull()) {
            if (left == 0 && !nextBlock()) {
                return builder.isEmpty() ? null : build();
            }
            boolean large = false;
            try {
                while (left > 0 && !builder.isFull() && !large) {
                    large = next();
                }
                if (left == 0 && !bytes.isAtEnd()) {
                    throw new DamagedFileException("bytes follow the last of its records");
                }
            } catch (DamagedFileException damaged) {
                throw blocks.damaged(damaged);
            }
            if (large && !builder.isEmpty()) {
                return build();
            }
        }
        return build();
    }

    private boolean nextBlock() throws IOException {
        if ((part.to >= 0 && blocks.nextStart() >= part.to) || !blocks.next()) {
            offset = blocks.nextStart();
            record = 0;
            return false;
        }
        ByteSink content = blocks.content();
        bytes.take(content.bytes(), content.size());
        offset = blocks.start();
        record = 0;
        left = blocks.records();
        try {
            for (; skip > 0 && left > 0; skip--) {
                for (AvroValue value : values) {
                    value.read(bytes);
                }
                record++;
                left--;
            }
        } catch (DamagedFileException damaged) {
            throw blocks.damaged(damaged);
        }
        return true;
    }

    /** Reads a record; true if it held a large value. */
    private boolean next() throws DamagedFileException {
        int from = bytes.position();
        int unfit = -1;
        long size = 0;
        for (int i = 0; i < fields.length; i++) {
            AvroValue value = values.get(i);
            value.read(bytes);
            if (fields[i] >= 0) {
                size = Math.max(size, value.isMissing() ? 0 : value.bytes());
                unfit = unfit < 0 && value.isUnfit() ? fields[i] : unfit;
            }
        }
        if (unfit >= 0 && !shape.context.annotates()) {
            reject(from, unfit);
        } else {
            for (int i = 0; i < fields.length; i++) {
                if (fields[i] >= 0) {
                    append(values.get(i), fields[i]);
                }
            }
            constants.forEach(Runnable::run);
            builder.endRow();
        }
        record++;
        left--;
        return size >= ReadContext.LARGE_VALUE;
    }

    private void append(AvroValue value, int field) {
        if (value.isMissing()) {
            builder.column(field).appendNull();
        } else if (value.isUnfit()) {
            nulled(field, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
        } else if (value.bytes() >= ReadContext.LARGE_VALUE && !shape.context.admitLargeValue(value.bytes())) {
            // I6: a value that can never fit into the memory that the host gives is left out, and that is noted.
            nulled(field, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
        } else {
            value.append(builder.column(field));
        }
    }

    private void nulled(int field, ValueChange.Reason reason) {
        builder.column(field).appendNull();
        builder.noteChange(shape.schema.field(field).name(), ValueChange.Change.NULLED, reason);
    }

    private void reject(int from, int field) {
        int to = bytes.position();
        String name = shape.schema.field(field).name();
        byte[] original = Arrays.copyOfRange(bytes.data(), from, Math.min(to, from + BatchFiller.KEPT_BYTES));
        shape.context.reject(new RejectedRecord(
                        part.file + ":" + offset + "#" + (record + 1),
                        Flaw.VALUE_DOES_NOT_FIT.name(),
                        "column " + name + ": " + Flaw.VALUE_DOES_NOT_FIT.sentence() + " "
                                + shape.schema.field(field).type().notation(),
                        original)
                .cutFrom(to - from)
                .inField(name));
    }

    private RecordBatch build() {
        Instant now = shape.clock.instant();
        return builder.build(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000);
    }

    /** Where the block begins in which the next record stands. */
    @Override
    public long offset() {
        return offset;
    }

    /** How many records of that block were read. */
    @Override
    public long line() {
        return record;
    }

    @Override
    public long promisedRows() {
        return -1;
    }

    @Override
    public void cancel() throws IOException {
        blocks.close();
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
