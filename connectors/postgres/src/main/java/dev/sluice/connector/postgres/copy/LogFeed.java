package dev.sluice.connector.postgres.copy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the server sends of its log: the messages of an output plugin between keepalives. One thread uses it.
 *
 * <p>Nothing is confirmed here. The server only hears that somebody listens, so the log can be read again from the same
 * place.
 */
public final class LogFeed {
    /** What is read behind the wanted end before the connection is rather broken off. */
    private static final long MOST_DRAINED_BYTES = 16L << 20;

    private static final byte COPY_BOTH_RESPONSE = 'W';
    private static final int DATA_HEADER_BYTES = 25;
    private static final int STATUS_BYTES = 39;

    private final PgWire wire;
    private final WireInput in;

    /** Begins to read; the statement is a START_REPLICATION. */
    public LogFeed(PgWire wire, String statement) throws IOException {
        this.wire = wire;
        this.in = wire.in();
        wire.begin(statement, COPY_BOTH_RESPONSE);
    }

    /** The bytes of a message, once {@link #next} said how many. */
    public WireInput in() {
        return in;
    }

    /** Waits for the next message of the plugin; returns its length. The caller reads or skips exactly that much. */
    public int next() throws IOException {
        while (true) {
            byte type = wire.nextType();
            switch (type) {
                case PgWire.COPY_DATA -> {
                    int length = wire.bodyLength();
                    if (in.readByte() == 'w') {
                        in.skipFully(DATA_HEADER_BYTES - 1L);
                        return length - DATA_HEADER_BYTES;
                    }
                    answer();
                }
                case PgWire.ERROR_RESPONSE -> throw wire.failure();
                default -> throw new IOException("the server ended the log with a message of type " + (char) type);
            }
        }
    }

    /** Reads a keepalive and answers it if the server wants that. */
    private void answer() throws IOException {
        long reached = in.readLong();
        in.skipFully(8);
        if (in.readByte() == 0) {
            return;
        }
        byte[] status = new byte[STATUS_BYTES];
        status[0] = PgWire.COPY_DATA;
        BigEndian.putInt32(status, 1, STATUS_BYTES - 1);
        status[5] = 'r';
        BigEndian.putInt64(status, 6, reached);
        // Nothing is said of what was flushed or applied: that is confirmed elsewhere, after the commit (I1).
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - FieldDecoders.EPOCH_MICROS;
        BigEndian.putInt64(status, 30, now);
        OutputStream out = wire.out();
        out.write(status);
        out.flush();
    }

    /** Ends the reading in good order, so that the slot is free at once; fails if the server is in the middle of much. */
    public void end() throws IOException {
        byte[] done = new byte[5];
        done[0] = PgWire.COPY_DONE;
        BigEndian.putInt32(done, 1, 4);
        wire.out().write(done);
        wire.out().flush();
        long drained = 0;
        while (true) {
            byte type = wire.nextType();
            int length = wire.bodyLength();
            in.skipFully(length);
            drained += length;
            if (type == PgWire.READY_FOR_QUERY) {
                return;
            }
            if (drained > MOST_DRAINED_BYTES) {
                throw new IOException("the server sends more of its log than anybody asked for");
            }
        }
    }
}
