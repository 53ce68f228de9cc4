package dev.sluice.connector.mysql.wire;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one query into batches. One thread uses it. */
public final class ResultReader {
    private final MyWire wire;
    private final Schema schema;
    private final ReadContext context;
    private final Clock clock;
    private final BatchBuilder batch;
    private final int[] fields;
    private final @Nullable FieldDecoder[] decoders;
    private final @Nullable RowFilter filter;
    private final int[] starts;

    private boolean ended;
    private boolean rowWasLarge;
    private long delivered;
    private long leftOut;

    /**
     * A column of a result.
     *
     * @param field the place of its field in the schema; -1 if only the filter looks at it
     * @param decoding how its texts are read
     */
    public record ResultColumn(int field, Decoding decoding) {
        /** A column for the filter alone. */
        public static final ResultColumn HIDDEN = new ResultColumn(-1, Decoding.BYTES);
    }

    /** What is read: the fields, the columns of the result, and which rows. */
    public record Shape(
            Schema schema,
            List<ResultColumn> columns,
            @Nullable RowFilter filter) {
        public Shape {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Begins to read.
     *
     * @param wire a connection on which nothing else goes on
     * @param sql the query; its columns are those of the shape
     * @param shape what is read
     * @param context the host
     * @param clock tells when the rows were read
     */
    public ResultReader(MyWire wire, String sql, Shape shape, ReadContext context, Clock clock) throws IOException {
        this.wire = wire;
        this.schema = shape.schema();
        this.context = context;
        this.clock = clock;
        this.filter = shape.filter();
        this.batch = new BatchBuilder(schema, context.batchSize());
        int count = shape.columns().size();
        this.fields = new int[count];
        this.decoders = new FieldDecoder[count];
        this.starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            ResultColumn column = shape.columns().get(i);
            fields[i] = column.field();
            if (fields[i] >= 0) {
                decoders[i] = column.decoding().decoder(schema.field(fields[i]).type(), batch.column(fields[i]));
            }
        }
        int columns = wire.query(sql);
        if (columns != count) {
            throw new IOException("the result has " + columns + " columns instead of " + count);
        }
    }

    /** The next batch, or null at the end. */
    public @Nullable RecordBatch read() throws IOException {
        while (!ended) {
            if (!wire.isRow()) {
                ended = true;
                break;
            }
            if (wire.isWhole()) {
                decodeRow(wire.buffer(), wire.position(), wire.left());
                wire.skipPayload();
            } else if (filter != null) {
                byte[] row = wire.readPayload(); // a filter has to look at it before it is decoded
                decodeRow(row, 0, row.length);
            } else {
                readLargeRow();
            }
            wire.nextPacket();
            if (rowWasLarge || batch.isFull()) {
                rowWasLarge = false;
                return build();
            }
        }
        return batch.isEmpty() ? null : build();
    }

    /** True once the server said that there is no more, so that the wire is free. */
    public boolean isEnded() {
        return ended;
    }

    /** The rows that the filter left out. */
    public long leftOut() {
        return leftOut;
    }

    /** Throws the rest of the result away; what ends it, also an error of the server, leaves the wire free. */
    public void drain() throws IOException {
        try {
            while (!ended) {
                if (wire.isRow()) {
                    wire.skipPayload();
                    wire.nextPacket();
                } else {
                    ended = true;
                }
            }
        } catch (ServerError brokenOff) {
            ended = true;
        }
    }

    private RecordBatch build() {
        delivered += batch.rows();
        return batch.build(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    /** The rows that were handed on. */
    public long delivered() {
        return delivered;
    }

    private void decodeRow(byte[] bytes, int from, int length) throws IOException {
        if (filter != null) {
            findStarts(bytes, from, length);
            if (!filter.keeps(bytes, starts)) {
                leftOut++;
                return;
            }
        }
        int at = from;
        for (int i = 0; i < decoders.length; i++) {
            int first = bytes[at++] & 0xFF;
            if (first == Lengths.NULL_MARK) {
                append(i, bytes, at, -1);
                continue;
            }
            int size = first;
            int more = Lengths.bytesBehind(first);
            if (more > 0) {
                size = (int) Lengths.behind(bytes, at, more);
                at += more;
            }
            append(i, bytes, at, size);
            at += size;
        }
        if (at - from != length) {
            throw new IOException("a row has " + length + " bytes, and its values have " + (at - from));
        }
        batch.endRow();
    }

    private void append(int index, byte[] bytes, int at, int size) {
        FieldDecoder decoder = decoders[index];
        if (decoder == null) {
            return;
        }
        if (size < 0) {
            decoder.appendNull();
        } else if (size >= ReadContext.LARGE_VALUE && !context.admitLargeValue(size)) {
            decoder.appendNull();
            noteNulled(index, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
        } else {
            rowWasLarge |= size >= ReadContext.LARGE_VALUE;
            if (!decoder.decode(bytes, at, at + size)) {
                noteNulled(index, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
            }
        }
    }

    private void findStarts(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        for (int i = 0; i < decoders.length; i++) {
            starts[i] = at;
            int first = bytes[at++] & 0xFF;
            int more = Lengths.bytesBehind(first);
            long size = more > 0 ? Lengths.behind(bytes, at, more) : Math.max(0, Lengths.small(first));
            at += more + (int) size;
        }
        starts[decoders.length] = at;
        if (at - from != length) {
            throw new IOException("a row has " + length + " bytes, and its values have " + (at - from));
        }
    }

    /** Reads a row larger than the buffer value by value, so that a large value is in memory once. */
    private void readLargeRow() throws IOException {
        for (int i = 0; i < decoders.length; i++) {
            long size = wire.lengthEncoded();
            if (size == Lengths.NULL) {
                append(i, wire.buffer(), 0, -1);
            } else if (size < ReadContext.LARGE_VALUE && !(decoders[i] instanceof FieldDecoders.BytesDecoder)) {
                byte[] small = new byte[(int) size];
                wire.read(small, 0, small.length);
                append(i, small, 0, small.length);
            } else {
                readLargeValue(i, size);
            }
        }
        batch.endRow();
        rowWasLarge = true;
    }

    private void readLargeValue(int index, long size) throws IOException {
        boolean admitted = size <= BytesColumn.Builder.MAX_BYTES
                && (size < ReadContext.LARGE_VALUE || context.admitLargeValue(size));
        if (decoders[index] instanceof FieldDecoders.BytesDecoder decoder) {
            if (admitted) {
                decoder.appendFrom(wire, (int) size);
            } else {
                wire.skip(size);
                decoder.appendNull();
                noteNulled(index, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
            }
            return;
        }
        wire.skip(size);
        FieldDecoder decoder = decoders[index];
        if (decoder != null) {
            decoder.appendNull();
            noteNulled(index, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
        }
    }

    private void noteNulled(int index, ValueChange.Reason reason) {
        batch.noteChange(schema.field(fields[index]).name(), ValueChange.Change.NULLED, reason);
    }
}
