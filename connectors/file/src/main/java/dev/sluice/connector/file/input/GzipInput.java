package dev.sluice.connector.file.input;

import dev.sluice.connector.file.bytes.BlockInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952), all members of a file one after the other.
 *
 * <p>The library's own stream asks how many bytes are available in order to find a second member, and on a slow stream
 * takes "none yet" for the end: rows would be missing without a word. This one reads on until the stream itself ends, and
 * checks length and checksum of each member. Zeros behind the last member are padding, as tape archives have it.
 */
final class GzipInput extends BlockInput {
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private final InputStream raw;
    private final byte[] buffer;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();

    private int at;
    private int end;
    private boolean inMember;
    private boolean finished;
    private long members;

    GzipInput(InputStream raw, int bufferBytes) {
        this.raw = raw;
        this.buffer = new byte[bufferBytes];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (finished || (!inMember && !beginMember())) {
                return -1;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        if (inflater.needsInput() && !inflater.finished()) {
            if (at == end && !fill()) {
                throw truncated();
            }
            inflater.setInput(buffer, at, end - at);
            at = end;
        }
        try {
            int count = inflater.inflate(target, offset, length);
            if (count == 0 && inflater.needsDictionary()) {
                throw new DamagedFileException("the gzip data asks for a dictionary, which the format does not have");
            }
            return count;
        } catch (DataFormatException damaged) {
            throw new DamagedFileException("the gzip data cannot be decompressed", damaged);
        }
    }

    /** Reads the header of the next member; false if the file ends here. */
    private boolean beginMember() throws IOException {
        int first = next();
        while (members > 0 && first == 0) {
            first = next();
        }
        if (first < 0) {
            finished = true;
            if (members == 0) {
                throw truncated();
            }
            return false;
        }
        if (first != 0x1F || require() != 0x8B) {
            throw new DamagedFileException(
                    members == 0 ? "it is not gzip" : "there is something else than gzip behind member " + members);
        }
        if (require() != 8) {
            throw new DamagedFileException("the gzip data is compressed by an unknown method");
        }
        int flags = require();
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(require() | require() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        checksum.reset();
        inMember = true;
        members++;
        return true;
    }

    private void endMember() throws IOException {
        at -= inflater.getRemaining();
        long expectedChecksum = word();
        long expectedLength = word();
        if (expectedChecksum != checksum.getValue()) {
            throw new DamagedFileException("the checksum of gzip member " + members + " is wrong");
        }
        if (expectedLength != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new DamagedFileException("the length of gzip member " + members + " is wrong");
        }
        inMember = false;
    }

    private long word() throws IOException {
        return require() | (long) require() << 8 | (long) require() << 16 | (long) require() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            require();
        }
    }

    private void skipText() throws IOException {
        int value = require();
        while (value != 0) {
            value = require();
        }
    }

    private int require() throws IOException {
        int value = next();
        if (value < 0) {
            throw truncated();
        }
        return value;
    }

    private int next() throws IOException {
        return at < end || fill() ? buffer[at++] & 0xFF : -1;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, raw.read(buffer, 0, buffer.length));
        return end > 0;
    }

    private static DamagedFileException truncated() {
        return new DamagedFileException("the gzip data ends in the middle");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        raw.close();
    }
}
