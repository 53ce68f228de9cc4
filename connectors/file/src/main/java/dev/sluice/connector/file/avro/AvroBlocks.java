package dev.sluice.connector.file.avro;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The blocks of a file, one after the other. One thread uses it. */
final class AvroBlocks implements AutoCloseable {
    private static final int BUFFER_BYTES = 128 << 10;

    private final InputStream input;
    private final AvroHeader header;
    private final int mostBytes;
    private final ByteSink content = new ByteSink(BUFFER_BYTES);
    private long start;
    private long next;
    private long records;

    /**
     * Begins at a block.
     *
     * @param input the file from there; closed with this
     * @param offset where that is in the file
     * @param mostBytes the most bytes that a block may have
     */
    AvroBlocks(InputStream input, long offset, AvroHeader header, int mostBytes) {
        this.input = new BufferedInputStream(input, BUFFER_BYTES);
        this.header = header;
        this.mostBytes = mostBytes;
        this.start = offset;
        this.next = offset;
    }

    /** Where the block begins that was read last. */
    long start() {
        return start;
    }

    /** Where the next block begins. */
    long nextStart() {
        return next;
    }

    /** How many records the block says that it has. */
    long records() {
        return records;
    }

    /** The decompressed bytes of the block. */
    ByteSink content() {
        return content;
    }

    /** Reads the next block; false at the end of the file. */
    boolean next() throws IOException {
        start = next;
        if (!begin()) {
            return false;
        }
        try {
            records = whole();
            long size = whole();
            if (records < 0 || size < 0) {
                throw new DamagedFileException("it claims " + records + " records in " + size + " bytes");
            }
            if (size > mostBytes) {
                throw AvroCodec.tooLarge(mostBytes);
            }
            byte[] stored = bytes((int) size);
            if (!ByteBuffer.wrap(bytes(AvroHeader.SYNC_BYTES)).equals(header.sync())) {
                throw new DamagedFileException("it does not end with the mark that ends all blocks");
            }
            header.codec().decompress(stored, content, mostBytes);
            return true;
        } catch (DamagedFileException | EOFException damaged) {
            throw damaged(damaged);
        }
    }

    /** The damage with its place. */
    DamagedFileException damaged(IOException why) {
        return new DamagedFileException("the block at byte " + start + " is damaged: " + why.getMessage());
    }

    private boolean begin() throws IOException {
        input.mark(1);
        boolean more = input.read() >= 0;
        if (more) {
            input.reset();
        }
        return more;
    }

    private long whole() throws IOException {
        return AvroBytes.whole(() -> bytes(1)[0]);
    }

    private byte[] bytes(int wanted) throws IOException {
        byte[] bytes = input.readNBytes(wanted);
        next += bytes.length;
        if (bytes.length < wanted) {
            throw new DamagedFileException("the file ends in the middle of it");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
