package dev.sluice.connector.postgres.log;

import dev.sluice.connector.postgres.copy.WireInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The part of the log that tells of one table: the messages of the plugin as they came, each behind its length, and at the
 * beginning of each transaction what the server said of it. Small ones stay in memory, others go to a file.
 */
final class Spool {
    private static final int CHUNK_BYTES = 64 << 10;

    private final Path file;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private long fileBytes;
    private long transaction = -1;

    /**
     * Makes an empty spool.
     *
     * @param file where it goes when it is large; not there yet
     */
    Spool(Path file) {
        this.file = file;
    }

    /** Adds what was said of a transaction, before its first message. */
    void begin(long number, byte[] message) {
        if (number != transaction) {
            transaction = number;
            length(message.length);
            buffer.writeBytes(message);
        }
    }

    /** Adds a message, of which some bytes were read. */
    void add(byte[] head, WireInput in, int rest) throws IOException {
        length(head.length + rest);
        buffer.writeBytes(head);
        byte[] chunk = new byte[Math.min(rest, CHUNK_BYTES)];
        int left = rest;
        while (left > 0) {
            int now = Math.min(left, chunk.length);
            in.readFully(chunk, 0, now);
            buffer.write(chunk, 0, now);
            left -= now;
            if (left > 0 && buffer.size() > CHUNK_BYTES) {
                spill();
            }
        }
    }

    private void length(int bytes) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer.write(bytes >> shift);
        }
    }

    /** Moves what is in memory to the file. */
    void spill() {
        if (buffer.size() == 0) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            buffer.writeTo(out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        fileBytes += buffer.size();
        buffer.reset();
    }

    /** All bytes of it. */
    long size() {
        return fileBytes + buffer.size();
    }

    /** Reads it from the beginning; nothing is added any more. */
    InputStream open() throws IOException {
        InputStream inMemory = new ByteArrayInputStream(buffer.toByteArray());
        return fileBytes == 0 ? inMemory : new SequenceInputStream(Files.newInputStream(file), inMemory);
    }
}
