package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.mysql.wire.LoadOutput;
import java.io.IOException;

/** The lines of one LOAD DATA on their way: written into a buffer, which is sent when it is large enough. */
final class LineSink {
    private static final int SEND_BYTES = 256 << 10;

    private final ByteSink bytes = new ByteSink(2 * SEND_BYTES);
    private final LoadOutput out;

    LineSink(LoadOutput out) {
        this.out = out;
    }

    /** Where a value is written. */
    ByteSink bytes() {
        return bytes;
    }

    /** Sends what is there if it is enough. */
    void sendIfFull() throws IOException {
        if (bytes.size() >= SEND_BYTES) {
            out.write(bytes);
        }
    }

    /** Sends all that is there. */
    void send() throws IOException {
        out.write(bytes);
    }
}
