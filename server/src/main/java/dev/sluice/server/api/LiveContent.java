package dev.sluice.server.api;

import java.io.IOException;
import java.time.Duration;

/** A content that is written bit by bit, as long as somebody reads it. */
public interface LiveContent {
    /** Writes it. What it knows, it has asked the store for: who reads slowly keeps nobody waiting but themselves. */
    void write(Reader reader) throws IOException;

    /** Whoever reads it. */
    interface Reader {
        /**
         * Sends a text.
         *
         * @throws IOException if nobody reads any more
         */
        void send(String text) throws IOException;

        /**
         * Sends bytes.
         *
         * @throws IOException if nobody reads any more
         */
        void send(byte[] bytes) throws IOException;

        /** Waits; false once the server stops, and then nothing more should be sent. */
        boolean rest(Duration pause);
    }
}
