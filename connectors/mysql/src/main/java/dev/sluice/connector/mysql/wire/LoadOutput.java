package dev.sluice.connector.mysql.wire;

import dev.sluice.cdk.text.ByteSink;
import java.io.IOException;
import java.util.Arrays;

/** The data of one LOAD DATA, in packets of moderate size. One thread uses it. */
public final class LoadOutput {
    /** Well below what any server accepts as one packet. */
    private static final int PACKET_BYTES = 512 << 10;

    private static final int HEADER_BYTES = 4;

    private final MyWire wire;
    private final byte[] packet = new byte[HEADER_BYTES + PACKET_BYTES];
    private int size = HEADER_BYTES;

    LoadOutput(MyWire wire) {
        this.wire = wire;
    }

    /** Sends what a sink holds, and empties it. */
    public void write(ByteSink data) throws IOException {
        byte[] bytes = data.bytes();
        int done = 0;
        while (done < data.size()) {
            int some = Math.min(data.size() - done, packet.length - size);
            System.arraycopy(bytes, done, packet, size, some);
            size += some;
            done += some;
            if (size == packet.length) {
                flush();
            }
        }
        data.clear();
    }

    /** Ends the data and waits for the server's answer. */
    public MyWire.Done finish() throws IOException {
        if (size > HEADER_BYTES) {
            flush();
        }
        wire.sendPacket(Arrays.copyOf(packet, HEADER_BYTES), HEADER_BYTES);
        wire.flush();
        return wire.done();
    }

    private void flush() throws IOException {
        wire.sendPacket(packet, size);
        size = HEADER_BYTES;
    }
}
