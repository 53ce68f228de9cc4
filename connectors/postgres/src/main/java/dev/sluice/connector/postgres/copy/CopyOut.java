package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one {@code COPY ... TO STDOUT (FORMAT binary)} into batches. One thread uses it. */
public final class CopyOut {
    private static final int SIGNATURE_BYTES = 11;
    private static final short TRAILER = -1;

    private final PgWire wire;
    private final WireInput in;
    private final Schema schema;
    private final ReadContext context;
    private final Clock clock;
    private final BatchBuilder batch;
    private final FieldDecoder[] decoders;

    private boolean headerRead;
    private boolean ended;
    private boolean rowWasLarge;
    private long reportedRows;

    /**
     * Begins to read.
     *
     * @param wire a connection on which nothing else goes on
     * @param copyStatement the statement; its columns are those of the schema
     * @param columns the schema and how each field is sent
     * @param context the host
     * @param clock tells when the rows were read
     */
    public CopyOut(PgWire wire, String copyStatement, List<CopyColumn> columns, ReadContext context, Clock clock)
            throws IOException {
        this.wire = wire;
        this.in = wire.in();
        this.context = context;
        this.clock = clock;
        this.schema = new Schema(columns.stream().map(CopyColumn::field).toList());
        this.batch = new BatchBuilder(schema, context.batchSize());
        this.decoders = new FieldDecoder[columns.size()];
        for (int i = 0; i < decoders.length; i++) {
            decoders[i] = columns.get(i).format().decoder(columns.get(i).field().type(), batch.column(i));
        }
        wire.begin(copyStatement, PgWire.COPY_OUT_RESPONSE);
    }

    /** The next batch, or null at the end. */
    public @Nullable RecordBatch read() throws IOException {
        while (!ended) {
            byte type = wire.nextType();
            switch (type) {
                case PgWire.COPY_DATA -> readData(wire.bodyLength());
                case PgWire.COPY_DONE -> {
                    in.skipFully(wire.bodyLength());
                    reportedRows = wire.complete();
                    ended = true;
                }
                case PgWire.ERROR_RESPONSE -> throw wire.failure();
                default -> throw new IOException("unexpected message of type " + (char) type + " in a COPY");
            }
            if (rowWasLarge || batch.isFull()) {
                rowWasLarge = false;
                return build();
            }
        }
        return batch.isEmpty() ? null : build();
    }

    /** The rows that the server says it sent; known at the end. */
    public long reportedRows() {
        return reportedRows;
    }

    /** True if the server is done, so that the connection can be used for something else. */
    public boolean isEnded() {
        return ended;
    }

    private RecordBatch build() {
        Instant now = clock.instant();
        return batch.build(Math.multiplyExact(now.getEpochSecond(), 1_000_000L) + now.getNano() / 1000);
    }

    /** Reads one message; the server puts the header before the first row, and each row in a message of its own. */
    private void readData(int length) throws IOException {
        int left = length;
        if (!headerRead) {
            in.skipFully(SIGNATURE_BYTES + 4L);
            int extension = in.readInt();
            in.skipFully(extension);
            headerRead = true;
            left -= SIGNATURE_BYTES + 8 + extension;
        }
        if (left == 0) {
            return;
        }
        if (left <= in.capacity()) {
            in.require(left);
            decodeRow(left);
        } else {
            readLargeRow();
        }
    }

    /** Decodes a row that stands in the buffer as a whole: the path that nearly all rows take. */
    private void decodeRow(int length) throws IOException {
        byte[] bytes = in.buffer();
        int start = in.position();
        int at = start + 2;
        short fields = BigEndian.int16(bytes, start);
        if (fields != TRAILER) {
            requireFields(fields);
            for (int i = 0; i < decoders.length; i++) {
                int size = BigEndian.int32(bytes, at);
                at += 4;
                if (size < 0) {
                    decoders[i].appendNull();
                } else {
                    decode(i, bytes, at, size);
                    at += size;
                }
            }
            batch.endRow();
        }
        if (at - start != length) {
            throw new IOException("a row of the COPY has " + length + " bytes, and its fields have " + (at - start));
        }
        in.skip(length);
    }

    /** Reads a row larger than the buffer, field by field. */
    private void readLargeRow() throws IOException {
        requireFields(in.readShort());
        for (int i = 0; i < decoders.length; i++) {
            int size = in.readInt();
            if (size < 0) {
                decoders[i].appendNull();
            } else if (size <= in.capacity()) {
                in.require(size);
                decode(i, in.buffer(), in.position(), size);
                in.skip(size);
            } else {
                readLargeField(i, size);
            }
        }
        batch.endRow();
        rowWasLarge = true;
    }

    private void readLargeField(int index, int size) throws IOException {
        if (!(decoders[index] instanceof FieldDecoder.BytesDecoder large)) {
            throw new IOException("a field of fixed size has " + size + " bytes");
        }
        boolean admitted = size <= BytesColumn.Builder.MAX_BYTES
                && (size < ReadContext.LARGE_VALUE || context.admitLargeValue(size));
        if (admitted) {
            if (large.decodeLarge(in, size) == FieldDecoder.Outcome.OUT_OF_RANGE) {
                noteNulled(index, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
            }
        } else {
            in.skipFully(size);
            large.appendNull();
            noteNulled(index, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
        }
    }

    private void decode(int index, byte[] bytes, int at, int size) {
        if (decoders[index].decode(bytes, at, size) == FieldDecoder.Outcome.OUT_OF_RANGE) {
            noteNulled(index, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
        }
    }

    private void noteNulled(int index, ValueChange.Reason reason) {
        batch.noteChange(schema.field(index).name(), ValueChange.Change.NULLED, reason);
    }

    private void requireFields(int fields) throws IOException {
        if (fields != decoders.length) {
            throw new IOException("a row has " + fields + " fields instead of " + decoders.length);
        }
    }
}
