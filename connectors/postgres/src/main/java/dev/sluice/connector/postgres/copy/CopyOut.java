package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.source.ReadContext;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one {@code COPY ... TO STDOUT (FORMAT binary)} into batches. One thread uses it.
 *
 * <p>Of the rows that stand in the buffer as wholes, first the places of their fields are found, then one column after
 * the other is decoded: that keeps each loop short and its branches foreseeable.
 */
public final class CopyOut {
    private static final int SIGNATURE_BYTES = 11;
    private static final short TRAILER = -1;
    private static final int MESSAGE_HEADER_BYTES = 5;

    /** The most rows, and the most fields, whose places are found before they are decoded. */
    private static final int RUN_ROWS = 256;

    private static final int RUN_FIELDS = 16_384;

    private final PgWire wire;
    private final WireInput in;
    private final Clock clock;
    private final RowFields fields;
    private final BatchBuilder batch;
    private final FieldDecoder[] decoders;
    private final int[][] starts;
    private final int[][] lengths;
    private final int runRows;

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
        this.clock = clock;
        this.fields = new RowFields(columns, context);
        this.batch = fields.batch();
        this.decoders = fields.decoders();
        this.runRows = Math.clamp(RUN_FIELDS / Math.max(1, decoders.length), 1, RUN_ROWS);
        this.starts = new int[decoders.length][runRows];
        this.lengths = new int[decoders.length][runRows];
        wire.begin(copyStatement, PgWire.COPY_OUT_RESPONSE);
    }

    /** The next batch, or null at the end. */
    public @Nullable RecordBatch read() throws IOException {
        while (!ended) {
            if (!decodeRun()) {
                readMessage();
            }
            if (rowWasLarge || batch.isFull()) {
                rowWasLarge = false;
                return fields.build(clock);
            }
        }
        return batch.isEmpty() ? null : fields.build(clock);
    }

    /** The rows that the server says it sent; known at the end. */
    public long reportedRows() {
        return reportedRows;
    }

    /** True if the server is done, so that the connection can be used for something else. */
    public boolean isEnded() {
        return ended;
    }

    /** Decodes the rows that stand in the buffer as wholes; false if the next message is none. */
    private boolean decodeRun() throws IOException {
        if (!headerRead || !standsInBuffer()) {
            return false;
        }
        byte[] bytes = in.buffer();
        int at = in.position();
        int most = Math.min(runRows, Math.max(1, batch.rowsLeft()));
        int rows = 0;
        while (rows < most && isWholeRow(bytes, at)) {
            at = locate(bytes, at, rows);
            rows++;
        }
        for (int i = 0; i < decoders.length; i++) {
            for (int row : decoders[i].decodeRun(bytes, starts[i], lengths[i], rows)) {
                fields.noteNulled(row, i, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
            }
        }
        batch.endRows(rows);
        in.skip(at - in.position());
        return rows > 0;
    }

    /** Makes the next message stand in the buffer; false if it is none of data, or too large. */
    private boolean standsInBuffer() throws IOException {
        in.require(MESSAGE_HEADER_BYTES);
        if (in.buffer()[in.position()] != PgWire.COPY_DATA) {
            return false;
        }
        int length = BigEndian.int32(in.buffer(), in.position() + 1);
        if (length < 4 || length >= in.capacity()) {
            return false;
        }
        in.require(1 + length);
        return true;
    }

    private boolean isWholeRow(byte[] bytes, int at) {
        int left = in.limit() - at;
        if (left < MESSAGE_HEADER_BYTES + 2 || bytes[at] != PgWire.COPY_DATA) {
            return false;
        }
        int length = BigEndian.int32(bytes, at + 1);
        return length >= 6 && length < left && BigEndian.int16(bytes, at + MESSAGE_HEADER_BYTES) != TRAILER;
    }

    /** Finds the fields of the row in a message, and returns where the next message begins. */
    private int locate(byte[] bytes, int message, int row) throws IOException {
        int end = message + 1 + BigEndian.int32(bytes, message + 1);
        requireFields(BigEndian.int16(bytes, message + MESSAGE_HEADER_BYTES));
        int at = message + MESSAGE_HEADER_BYTES + 2;
        for (int i = 0; i < decoders.length && at <= end - 4; i++) {
            int size = BigEndian.int32(bytes, at);
            at += 4;
            starts[i][row] = at;
            lengths[i][row] = size;
            at += Math.max(0, size);
        }
        if (at != end) {
            throw new IOException("a row of the COPY has " + (end - message) + " bytes, and its fields have others");
        }
        return end;
    }

    /** Reads a message that is no row, or the first one, or one that is too large for the buffer. */
    private void readMessage() throws IOException {
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
    }

    /** Reads data; the server puts the header before the first row, and each row in a message of its own. */
    private void readData(int length) throws IOException {
        int left = length;
        if (!headerRead) {
            in.skipFully(SIGNATURE_BYTES + 4L);
            int extension = in.readInt();
            in.skipFully(extension);
            headerRead = true;
            left -= SIGNATURE_BYTES + 8 + extension;
        }
        if (left > 0) {
            short count = in.readShort();
            if (count != TRAILER) {
                requireFields(count);
                readRow();
                rowWasLarge = left > in.capacity();
            }
        }
    }

    /** Reads a row field by field, however large they are. */
    private void readRow() throws IOException {
        for (int i = 0; i < decoders.length; i++) {
            fields.read(in, i, in.readInt(), 0);
        }
        batch.endRow();
    }

    private void requireFields(int count) throws IOException {
        if (count != decoders.length) {
            throw new IOException("a row has " + count + " fields instead of " + decoders.length);
        }
    }
}
