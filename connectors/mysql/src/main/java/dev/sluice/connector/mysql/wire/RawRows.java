package dev.sluice.connector.mysql.wire;

import java.io.IOException;

/** The rows of one query as the server sends them, one at a time. One thread uses it. */
public final class RawRows {
    private final MyWire wire;
    private byte[] bytes = {};
    private int from;
    private int to;
    private boolean begun;

    /** Begins to read on a connection on which nothing else goes on. */
    public RawRows(MyWire wire, String sql) throws IOException {
        this.wire = wire;
        wire.query(sql);
    }

    /** Goes to the next row; false at the end, when the wire is free again. */
    public boolean next() throws IOException {
        if (begun) {
            wire.nextPacket();
        }
        begun = true;
        if (!wire.isRow()) {
            return false;
        }
        if (wire.isWhole()) {
            bytes = wire.buffer();
            from = wire.position();
            to = from + wire.left();
            wire.skipPayload(); // moves on in the buffer, which stays as it is until the next packet
        } else {
            bytes = wire.readPayload();
            from = 0;
            to = bytes.length;
        }
        return true;
    }

    /** Where the row begins. */
    public int from() {
        return from;
    }

    /** Where the row ends. */
    public int to() {
        return to;
    }

    /** The array that holds the row, until the next call of {@link #next}. */
    public byte[] bytes() {
        return bytes;
    }
}
