package dev.sluice.connector.mysql.wire;

import java.io.IOException;

/** Events of a log, one after another, and the bytes of each. One thread uses it. */
public abstract sealed class LogEvents permits EventFeed, PackedEvents {
    static final int HEADER_BYTES = 19;

    private final byte[] header = new byte[HEADER_BYTES];
    private long left;

    /** Goes to the next event; false at the end. What is left of the one before is passed over. */
    public abstract boolean next() throws IOException;

    /** Makes sure that what was read of the event is what the server wrote, once all of it was read. */
    public abstract void verify() throws IOException;

    /** Takes the next bytes, which are known to be there. */
    abstract void take(byte[] target, int from, int length) throws IOException;

    /**
     * Reads the header of an event.
     *
     * @return how many bytes the event says it has, the header among them
     */
    final long begin() throws IOException {
        take(header, 0, HEADER_BYTES);
        long size = header(9, 4);
        if (size < HEADER_BYTES) {
            throw new IOException("an event of the log has " + size + " bytes");
        }
        return size;
    }

    /** Sets how many bytes follow. */
    final void expect(long bytes) {
        left = bytes;
    }

    /** A number of the header. */
    final long header(int at, int bytes) {
        return Lengths.behind(header, at, bytes);
    }

    final byte[] header() {
        return header;
    }

    /** What kind of event it is. */
    public final int type() {
        return header[4] & 0xFF;
    }

    /** When the statement began, in seconds since 1970. */
    public final long seconds() {
        return header(0, 4);
    }

    /** The flags of the event. */
    public final int flags() {
        return (int) header(17, 2);
    }

    /** The bytes of the event that were not read. */
    public final long left() {
        return left;
    }

    /** The next bytes of the event. */
    public final void read(byte[] target, int from, int length) throws IOException {
        if (length > left) {
            throw new IOException("an event of the log is shorter than what it holds");
        }
        take(target, from, length);
        left -= length;
    }

    /** The next bytes of the event, at most eight, as a number whose lowest byte comes first. */
    public final long number(int bytes) throws IOException {
        byte[] some = new byte[bytes];
        read(some, 0, bytes);
        return Lengths.behind(some, 0, bytes);
    }

    /** The next bytes of the event as a number behind what tells its length. */
    public final long packedNumber() throws IOException {
        int first = (int) number(1);
        int more = Lengths.bytesBehind(first);
        return more == 0 ? first : number(more);
    }

    /** The rest of the event, at most so many bytes of it. */
    public final byte[] rest(int most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(left, most)];
        read(bytes, 0, bytes.length);
        return bytes;
    }
}
