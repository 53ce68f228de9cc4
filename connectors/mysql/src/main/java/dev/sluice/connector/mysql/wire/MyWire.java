package dev.sluice.connector.mysql.wire;

import dev.sluice.cdk.text.ByteSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One command at a time in the protocol of MySQL (its documentation, "Client/Server Protocol", text results).
 *
 * <p>Everything goes in packets: three bytes of length, a number that counts up within a command, and the payload. A
 * payload of 16 MiB - 1 goes on in the next packet. One thread uses a wire.
 */
public final class MyWire {
    static final int MAX_PAYLOAD = 0xFF_FF_FF;

    private static final int HEADER_BYTES = 4;
    private static final int COM_QUERY = 3;
    private static final int OK = 0x00;
    private static final int LOCAL_INFILE = 0xFB;
    private static final int EOF = 0xFE;
    private static final int ERROR = 0xFF;

    /** An EOF packet has 5 bytes; the OK packet that stands for one in newer versions has at least 7. */
    private static final int EOF_BYTES = 5;

    private final WireInput in;
    private final OutputStream out;
    private int sequence;

    /** The bytes of the current payload that were not consumed, in this packet, and if more packets follow. */
    private int left;

    private boolean goesOn;

    /** Makes a wire on a connection that is logged in and idle. */
    public MyWire(InputStream in, OutputStream out) {
        this.in = new WireInput(in);
        this.out = out;
    }

    /** What the server says at the end of a command. */
    public record Done(long affectedRows, int warnings) {}

    /**
     * Begins a query.
     *
     * @return the number of columns of its result
     */
    int query(String sql) throws IOException {
        send(sql);
        nextPacket();
        int first = peek();
        if (first == ERROR) {
            throw error();
        }
        if (first == OK || first == LOCAL_INFILE) {
            throw new IOException("the statement has no result");
        }
        int columns = (int) lengthEncoded();
        skipPayload();
        for (int i = 0; i < columns; i++) {
            nextPacket();
            skipPayload();
        }
        nextPacket();
        if (peek() == EOF && left == EOF_BYTES && !goesOn) {
            skipPayload(); // what older servers put between columns and rows
            nextPacket();
        }
        return columns;
    }

    /**
     * True if the current packet is a row; false if the result is at its end, and the wire is free again.
     *
     * @throws ServerError if the server broke the result off
     */
    boolean isRow() throws IOException {
        if (left == 0) {
            return true; // a row without columns does not exist, but an empty packet is no end either
        }
        int first = peek();
        if (first == ERROR) {
            throw error();
        }
        if (first == EOF && !goesOn && left < MAX_PAYLOAD) {
            skipPayload();
            return false;
        }
        return true;
    }

    /**
     * Begins a statement {@code LOAD DATA LOCAL INFILE}. The server then asks for a file by some name, and whatever the
     * name is, it gets what {@link LoadOutput} writes and nothing else.
     */
    public LoadOutput load(String sql) throws IOException {
        send(sql);
        nextPacket();
        int first = peek();
        if (first == ERROR) {
            throw error();
        }
        if (first != LOCAL_INFILE) {
            throw new IOException("the server did not ask for the data");
        }
        skipPayload();
        return new LoadOutput(this);
    }

    /** The server's answer after all data was sent. */
    Done done() throws IOException {
        nextPacket();
        int first = peek();
        if (first == ERROR) {
            throw error();
        }
        if (first != OK) {
            throw new IOException("unexpected answer " + first + " after the data");
        }
        readByte();
        long affected = lengthEncoded();
        lengthEncoded();
        readByte();
        readByte();
        int warnings = readByte() | readByte() << 8;
        skipPayload();
        return new Done(affected, warnings);
    }

    private void send(String sql) throws IOException {
        command(COM_QUERY, sql.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a command. */
    void command(int code, byte[] arguments) throws IOException {
        sequence = 0;
        byte[] packet = new byte[HEADER_BYTES + 1 + arguments.length];
        if (arguments.length + 1 >= MAX_PAYLOAD) {
            throw new IOException("the statement is too long");
        }
        packet[HEADER_BYTES] = (byte) code;
        System.arraycopy(arguments, 0, packet, HEADER_BYTES + 1, arguments.length);
        sendPacket(packet, packet.length);
        out.flush();
    }

    /** Sends bytes whose first four are room for the header. */
    void sendPacket(byte[] packet, int length) throws IOException {
        int payload = length - HEADER_BYTES;
        packet[0] = (byte) payload;
        packet[1] = (byte) (payload >> 8);
        packet[2] = (byte) (payload >> 16);
        packet[3] = (byte) sequence++;
        out.write(packet, 0, length);
    }

    void flush() throws IOException {
        out.flush();
    }

    /**
     * Goes to the next event of a log, behind the byte in front of it; false if the log is at its end.
     *
     * @throws ServerError if the server broke it off
     */
    boolean nextEvent() throws IOException {
        nextPacket();
        int first = peek();
        if (first == ERROR) {
            throw error();
        }
        if (first == EOF && !goesOn) {
            skipPayload();
            return false;
        }
        if (first != OK) {
            throw new IOException("the server sent " + first + " instead of an event of its log");
        }
        readByte();
        return true;
    }

    /** Goes to the next packet; the one before must have been consumed. */
    void nextPacket() throws IOException {
        in.require(HEADER_BYTES);
        byte[] buffer = in.buffer();
        int at = in.position();
        left = (buffer[at] & 0xFF) | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
        sequence = (buffer[at + 3] & 0xFF) + 1;
        goesOn = left == MAX_PAYLOAD;
        in.skip(HEADER_BYTES);
    }

    /** True if the whole payload stands in the buffer, where {@link #buffer()} and {@link #position()} show it. */
    boolean isWhole() throws IOException {
        if (goesOn || left > in.capacity()) {
            return false;
        }
        in.require(left);
        return true;
    }

    byte[] buffer() {
        return in.buffer();
    }

    int position() {
        return in.position();
    }

    /** The bytes that are left of the current packet. */
    int left() {
        return left;
    }

    void skipPayload() throws IOException {
        in.skipFully(left);
        left = 0;
        while (goesOn) {
            nextPacket();
            in.skipFully(left);
            left = 0;
        }
    }

    /** Reads the rest of the payload, however many packets it takes. */
    byte[] readPayload() throws IOException {
        byte[] payload = new byte[Math.max(16, left)];
        int size = 0;
        while (!isConsumed()) {
            int some = left;
            if ((long) size + some > ByteSink.MAX_BYTES) {
                throw new IOException("a row of two gibibytes cannot be read");
            }
            payload = payload.length < size + some ? Arrays.copyOf(payload, size + some) : payload;
            read(payload, size, some);
            size += some;
        }
        return payload.length == size ? payload : Arrays.copyOf(payload, size);
    }

    /** Reads bytes of the payload across its packets. */
    void read(byte[] target, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            advance();
            int some = Math.min(left, length - done);
            in.readFully(target, from + done, some);
            left -= some;
            done += some;
        }
    }

    void skip(long length) throws IOException {
        long done = 0;
        while (done < length) {
            advance();
            long some = Math.min(left, length - done);
            in.skipFully(some);
            left -= (int) some;
            done += some;
        }
    }

    /** True if nothing is left of the payload. */
    boolean isConsumed() throws IOException {
        while (left == 0 && goesOn) {
            nextPacket();
        }
        return left == 0;
    }

    int readByte() throws IOException {
        advance();
        in.require(1);
        int value = in.buffer()[in.position()] & 0xFF;
        in.skip(1);
        left--;
        return value;
    }

    /** A number in the protocol's form of variable length; {@link Lengths#NULL} for the mark of a null. */
    long lengthEncoded() throws IOException {
        int first = readByte();
        int bytes = Lengths.bytesBehind(first);
        if (bytes == 0) {
            return Lengths.small(first);
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) readByte() << (8 * i);
        }
        return value;
    }

    private void advance() throws IOException {
        if (isConsumed()) {
            throw new IOException("a packet is shorter than what it holds");
        }
    }

    private int peek() throws IOException {
        in.require(1);
        return left == 0 ? -1 : in.buffer()[in.position()] & 0xFF;
    }

    private ServerError error() throws IOException {
        byte[] payload = new byte[left];
        read(payload, 0, payload.length);
        int number = payload.length < 3 ? 0 : (payload[1] & 0xFF) | (payload[2] & 0xFF) << 8;
        boolean hasState = payload.length >= 9 && payload[3] == '#';
        String state = hasState ? new String(payload, 4, 5, StandardCharsets.US_ASCII) : "HY000";
        int text = Math.min(payload.length, hasState ? 9 : 3);
        return new ServerError(number, state, new String(payload, text, payload.length - text, StandardCharsets.UTF_8));
    }
}
