package dev.sluice.connector.postgres.copy;

import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.source.ReadContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays the server at both ends of a COPY: takes apart what was written, and sends rows as the server sends them. */
final class CopyStream {
    static final RowStamp STAMP = new RowStamp(7, 42);
    static final int META_COLUMNS = 4;

    private static final int SIGNATURE_AND_FLAGS = 19;

    private CopyStream() {}

    /**
     * A column at both ends.
     *
     * @param columnType its type in the words of the server
     */
    record End(CopyColumn column, String columnType) {}

    /** The rows that a COPY into these columns wrote, each a list of fields; Airbyte's columns come last. */
    static List<List<byte @Nullable []>> write(List<End> ends, WriteContext context, List<RecordBatch> batches)
            throws IOException {
        return write(ends, List.of(), context, batches);
    }

    /** The same with further columns, such as the operation of each row, before those of Airbyte. */
    static List<List<byte @Nullable []>> write(
            List<End> ends, List<LoadColumn> more, WriteContext context, List<RecordBatch> batches) throws IOException {
        List<LoadColumn> columns = new ArrayList<>(more);
        for (int i = 0; i < ends.size(); i++) {
            CopyColumn column = ends.get(i).column();
            columns.add(new LoadColumn.Data(
                    column.field().name(), column.field(), i, ends.get(i).columnType()));
        }
        for (MetaColumn meta : MetaColumn.values()) {
            columns.add(new LoadColumn.Meta(meta));
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PgWire wire = new PgWire(patient(copyInAnswers()), sent);
        CopyIn copy = new CopyIn(wire, "COPY", columns, STAMP, context, 0);
        for (RecordBatch batch : batches) {
            copy.write(batch);
        }
        copy.finish();
        return rows(dataOf(sent.toByteArray()));
    }

    /** The batches that a COPY out of these columns reads from rows. */
    static List<RecordBatch> read(List<End> ends, ReadContext context, List<List<byte @Nullable []>> rows)
            throws IOException {
        CopyOut copy = new CopyOut(
                new PgWire(patient(copyOutMessages(ends.size(), rows)), new ByteArrayOutputStream()),
                "COPY",
                ends.stream().map(End::column).toList(),
                context,
                Clock.systemUTC());
        List<RecordBatch> batches = new ArrayList<>();
        for (RecordBatch batch = copy.read(); batch != null; batch = copy.read()) {
            batches.add(batch);
        }
        if (copy.reportedRows() != rows.size()) {
            throw new AssertionError(copy.reportedRows() + " rows reported instead of " + rows.size());
        }
        return batches;
    }

    /** What a server sends for rows: the header in one message with the first row, each other row in its own. */
    static byte[] copyOutMessages(int columns, List<List<byte @Nullable []>> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(PgWire.COPY_OUT_RESPONSE);
        out.writeInt(4 + 3 + 2 * columns);
        out.write(new byte[3 + 2 * columns]);
        byte[] header = new byte[SIGNATURE_AND_FLAGS];
        for (List<byte @Nullable []> row : rows) {
            message(out, PgWire.COPY_DATA, header, form(row));
            header = new byte[0];
        }
        message(out, PgWire.COPY_DATA, header, new byte[] {-1, -1});
        message(out, PgWire.COPY_DONE);
        message(out, PgWire.COMMAND_COMPLETE, ("COPY " + rows.size() + "\0").getBytes(StandardCharsets.US_ASCII));
        message(out, PgWire.READY_FOR_QUERY, new byte[] {'T'});
        return bytes.toByteArray();
    }

    private static byte[] copyInAnswers() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        message(out, PgWire.COPY_IN_RESPONSE, new byte[3]);
        message(out, PgWire.COMMAND_COMPLETE, "COPY 1\0".getBytes(StandardCharsets.US_ASCII));
        message(out, PgWire.READY_FOR_QUERY, new byte[] {'T'});
        return bytes.toByteArray();
    }

    /** A server that has answered everything, but of which nobody notices it early; it sends a little at a time. */
    private static InputStream patient(byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        return new InputStream() {
            @Override
            public int read() {
                return in.read();
            }

            @Override
            public int read(byte[] target, int at, int length) {
                return in.read(target, at, Math.min(length, 10_007));
            }
        };
    }

    private static void message(DataOutputStream out, byte type, byte[]... parts) throws IOException {
        int length = 4;
        for (byte[] part : parts) {
            length += part.length;
        }
        out.writeByte(type);
        out.writeInt(length);
        for (byte[] part : parts) {
            out.write(part);
        }
    }

    private static byte[] form(List<byte @Nullable []> row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(row.size());
        for (byte[] field : row) {
            out.writeInt(field == null ? -1 : field.length);
            if (field != null) {
                out.write(field);
            }
        }
        return bytes.toByteArray();
    }

    /** The content of the CopyData messages. */
    private static byte[] dataOf(byte[] sent) {
        ByteBuffer in = ByteBuffer.wrap(sent);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (in.hasRemaining()) {
            byte type = in.get();
            byte[] body = new byte[in.getInt() - 4];
            in.get(body);
            if (type == PgWire.COPY_DATA) {
                data.writeBytes(body);
            }
        }
        return data.toByteArray();
    }

    private static List<List<byte @Nullable []>> rows(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        in.position(SIGNATURE_AND_FLAGS);
        List<List<byte @Nullable []>> rows = new ArrayList<>();
        for (short fields = in.getShort(); fields >= 0; fields = in.getShort()) {
            List<byte @Nullable []> row = new ArrayList<>(fields);
            for (int i = 0; i < fields; i++) {
                int length = in.getInt();
                byte[] field = length < 0 ? null : new byte[length];
                if (field != null) {
                    in.get(field);
                }
                row.add(field);
            }
            rows.add(row);
        }
        if (in.hasRemaining()) {
            throw new AssertionError("bytes after the end of the COPY");
        }
        return rows;
    }
}
