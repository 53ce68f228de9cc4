package dev.sluice.cdk.log;

import dev.sluice.cdk.text.ByteSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;

/**
 * The part of a log that tells of one table: records, each behind its length in four bytes. Small ones stay in memory,
 * others go to a file. One thread fills it; then many may read.
 */
public final class Spool {
    private static final int FIRST_BYTES = 1 << 10;

    private final Path file;
    private final IntConsumer counter;
    private ByteSink buffer = new ByteSink(FIRST_BYTES);
    private long fileBytes;

    /**
     * Makes an empty spool.
     *
     * @param file where it goes when it is large; not there yet
     * @param counter hears of each byte that is held in memory, and may call {@link #spill}
     */
    Spool(Path file, IntConsumer counter) {
        this.file = file;
        this.counter = counter;
    }

    /** Begins a record of so many bytes, which are written next. */
    public void begin(int length) {
        byte[] bytes = new byte[4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (length >> (24 - 8 * i));
        }
        write(bytes, 0, bytes.length);
    }

    /** Adds a whole record. */
    public void add(byte[] record) {
        begin(record.length);
        write(record, 0, record.length);
    }

    /** Adds bytes of the current record. */
    public void write(byte[] bytes, int from, int length) {
        buffer.put(bytes, from, length);
        counter.accept(length);
    }

    /** Moves what is in memory to the file. */
    void spill() {
        if (buffer.size() == 0) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(buffer.bytes(), 0, buffer.size());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        fileBytes += buffer.size();
        buffer = new ByteSink(FIRST_BYTES);
    }

    /** All bytes of it. */
    public long size() {
        return fileBytes + buffer.size();
    }

    /** Takes back what was added since it had so many bytes. */
    public void cutTo(long earlierSize) {
        if (earlierSize >= fileBytes) {
            buffer.cutTo((int) (earlierSize - fileBytes));
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(earlierSize);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        fileBytes = earlierSize;
        buffer.clear();
    }

    /** Reads it from the beginning; nothing is added any more. */
    public InputStream open() throws IOException {
        InputStream inMemory = new ByteArrayInputStream(buffer.bytes(), 0, buffer.size());
        return fileBytes == 0 ? inMemory : new SequenceInputStream(Files.newInputStream(file), inMemory);
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftToTheSystem) {
            file.toFile().deleteOnExit();
        }
    }
}
