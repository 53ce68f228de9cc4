package dev.sluice.connector.postgres.copy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values that the log sends in another form than a COPY of the table would: the server is given them back as parameters
 * of the very expressions that the COPY selects, and its answers are decoded as the COPY is. One thread uses it.
 *
 * <p>Rows are sent in runs that fit into the buffers between both sides, so neither waits for the other to read.
 */
final class ServerCasts {
    private static final int RUN_BYTES = 24 << 10;
    private static final byte PARSE_COMPLETE = '1';
    private static final byte BIND_COMPLETE = '2';
    private static final byte DATA_ROW = 'D';

    /** A value that waits. */
    private static final class Waiting {
        static final Waiting NULL = new Waiting(null, false, false);

        private final byte @Nullable [] bytes;
        private final boolean isText;
        private final boolean isTooLarge;

        /**
         * @param bytes as the log has it; null for a null
         * @param isText true if it is in the text form of its type
         * @param isTooLarge true if it was not held because of its size
         */
        Waiting(byte @Nullable [] bytes, boolean isText, boolean isTooLarge) {
            this.bytes = bytes;
            this.isText = isText;
            this.isTooLarge = isTooLarge;
        }

        int size() {
            return bytes == null ? 0 : bytes.length;
        }
    }

    private final RowFields fields;
    private final Supplier<PgWire> server;
    private final List<Integer> places = new ArrayList<>();
    private final List<List<Waiting>> waiting = new ArrayList<>();
    private final byte[] parse;
    private long waitingBytes;

    ServerCasts(List<LogColumn> columns, RowFields fields, Supplier<PgWire> server) {
        this.fields = fields;
        this.server = server;
        List<String> selected = new ArrayList<>();
        List<Long> types = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            LogColumn column = columns.get(i);
            if (!column.isPlain()) {
                places.add(i);
                waiting.add(new ArrayList<>());
                selected.add(column.expression().replace(LogColumn.PLAIN, "$" + places.size()));
                types.add(column.typeOid());
            }
        }
        this.parse = parse(selected.stream().collect(Collectors.joining(", ", "SELECT ", "")), types);
    }

    private static byte[] parse(String statement, List<Long> types) {
        Message message = new Message('P');
        message.text("");
        message.text(statement);
        message.int16(types.size());
        types.forEach(type -> message.int32((int) (long) type));
        return message.bytes();
    }

    void add(int field, byte @Nullable [] bytes, boolean isText) {
        Waiting value = bytes == null ? Waiting.NULL : new Waiting(bytes, isText, false);
        waiting.get(places.indexOf(field)).add(value);
        waitingBytes += value.size() + 16L;
    }

    void addTooLarge(int field) {
        waiting.get(places.indexOf(field)).add(new Waiting(null, false, true));
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** Adds all values that wait to their columns. */
    void finish(int rows) throws IOException {
        int first = 0;
        while (first < rows) {
            int end = first;
            long bytes = 0;
            boolean any = false;
            while (end < rows && (end == first || bytes + size(end) <= RUN_BYTES)) {
                bytes += size(end);
                any |= hasValue(end);
                end++;
            }
            if (any) {
                ask(first, end);
            } else {
                for (int row = first; row < end; row++) {
                    appendNulls(row);
                }
            }
            first = end;
        }
        waiting.forEach(List::clear);
        waitingBytes = 0;
    }

    private long size(int row) {
        return waiting.stream().mapToLong(each -> each.get(row).size() + 16L).sum() + 32;
    }

    private boolean hasValue(int row) {
        return waiting.stream().anyMatch(each -> each.get(row).bytes != null);
    }

    private void appendNulls(int row) {
        for (int i = 0; i < places.size(); i++) {
            appendNull(i, row);
        }
    }

    private void appendNull(int index, int row) {
        if (waiting.get(index).get(row).isTooLarge) {
            fields.refuse(places.get(index), row);
        } else {
            fields.decoders()[places.get(index)].appendNull();
        }
    }

    /** Sends a run of rows and reads what comes of them. */
    private void ask(int first, int end) throws IOException {
        PgWire wire = server.get();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(parse);
        for (int row = first; row < end; row++) {
            if (hasValue(row)) {
                out.writeBytes(bind(row));
                Message execute = new Message('E');
                execute.text("");
                execute.int32(0);
                out.writeBytes(execute.bytes());
            }
        }
        out.writeBytes(new Message('S').bytes());
        wire.out().write(out.toByteArray());
        wire.out().flush();
        for (int row = first; row < end; row++) {
            if (hasValue(row)) {
                readRow(wire, row);
            } else {
                appendNulls(row);
            }
        }
        expect(wire, PgWire.READY_FOR_QUERY);
        wire.in().skipFully(wire.bodyLength());
    }

    private byte[] bind(int row) {
        Message message = new Message('B');
        message.text("");
        message.text("");
        message.int16(places.size());
        waiting.forEach(each -> message.int16(each.get(row).isText ? 0 : 1));
        message.int16(places.size());
        waiting.forEach(each -> message.value(each.get(row).bytes));
        message.int16(1);
        message.int16(1);
        return message.bytes();
    }

    private void readRow(PgWire wire, int row) throws IOException {
        expect(wire, DATA_ROW);
        wire.in().skipFully(4); // the length
        int columns = wire.in().readShort();
        if (columns != places.size()) {
            throw new IOException("the server answered with " + columns + " columns instead of " + places.size());
        }
        for (int i = 0; i < columns; i++) {
            int size = wire.in().readInt();
            if (size < 0) {
                appendNull(i, row);
            } else {
                fields.read(wire.in(), places.get(i), size, row);
            }
        }
        expect(wire, PgWire.COMMAND_COMPLETE);
        wire.in().skipFully(wire.bodyLength());
    }

    /** Reads up to a message of this type; its body follows. */
    private static void expect(PgWire wire, byte wanted) throws IOException {
        while (true) {
            byte type = wire.nextType();
            if (type == wanted) {
                return;
            }
            switch (type) {
                case PgWire.ERROR_RESPONSE -> throw wire.failure();
                case PARSE_COMPLETE, BIND_COMPLETE -> wire.in().skipFully(wire.bodyLength());
                default -> throw new IOException("unexpected message of type " + (char) type + " to a cast");
            }
        }
    }

    /** A message to the server on its way to be sent. */
    private static final class Message {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final char type;

        Message(char type) {
            this.type = type;
        }

        void text(String text) {
            body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }

        void int16(int value) {
            body.write(value >> 8);
            body.write(value);
        }

        void int32(int value) {
            int16(value >> 16);
            int16(value);
        }

        void value(byte @Nullable [] bytes) {
            int32(bytes == null ? -1 : bytes.length);
            if (bytes != null) {
                body.writeBytes(bytes);
            }
        }

        byte[] bytes() {
            Message whole = new Message(type);
            whole.body.write(type);
            whole.int32(body.size() + 4);
            whole.body.writeBytes(body.toByteArray());
            return whole.body.toByteArray();
        }
    }
}
