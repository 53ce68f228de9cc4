package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.mysql.wire.LoadOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of one LOAD DATA on their way: written into a buffer, which is sent when it is large enough. */
final class LineSink {
    private static final int SEND_BYTES = 256 << 10;

    private final ByteSink bytes = new ByteSink(2 * SEND_BYTES);
    private final @Nullable LoadOutput out;

    LineSink(LoadOutput out) {
        this.out = out;
    }

    private LineSink() {
        out = null;
    }

    /** A sink that forgets what it is given. */
    static LineSink nowhere() {
        return new LineSink();
    }

    /** Where a value is written. */
    ByteSink bytes() {
        return bytes;
    }

    /** Sends what is there if it is enough. */
    void sendIfFull() throws IOException {
        if (bytes.size() >= SEND_BYTES) {
            send();
        }
    }

    /** Sends all that is there. */
    void send() throws IOException {
        if (out == null) {
            bytes.clear();
        } else {
            out.write(bytes);
        }
    }
}
