package dev.sluice.connector.file.destination.text;

import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that grows. It may grow over several commits: what is behind the committed end is cut off when nobody
 * commits it. One thread uses it.
 */
final class TextFile extends LineSink implements AutoCloseable {
    /** The system copies what is written through memory of this size, which it keeps for each thread. */
    private static final int WRITE_BYTES = 256 << 10;

    private final Disk disk;
    private final String path;
    private final Path file;
    private final Compression compression;
    private final FileChannel channel;

    private @Nullable OutputStream piece;
    private long bytes;
    private long rows;
    private long preparedBytes;
    private long preparedRows;
    private long committedBytes;
    private long committedRows;
    private boolean open = true;
    private boolean discarding;

    /**
     * Begins a file.
     *
     * @param path its path in the target
     * @param file where it is written
     * @param header what it begins with
     */
    TextFile(Disk disk, String path, Path file, Compression compression, byte[] header) {
        this.disk = disk;
        this.path = path;
        this.file = file;
        this.compression = compression;
        this.channel = disk.create(file);
        buffer().put(header);
    }

    /** Counts a row whose line was added. */
    void endRow() {
        rows++;
    }

    /** The size of the file so far. */
    long bytes() {
        return bytes;
    }

    /** True if rows were added since the last commit. */
    boolean isDirty() {
        return rows > committedRows;
    }

    /** The rows that were added since the last commit. */
    long rowsSinceCommit() {
        return rows - committedRows;
    }

    @Override
    void drain() {
        if (buffer().size() == 0) {
            return;
        }
        try {
            OutputStream to = piece;
            if (to == null) {
                to = TextOutput.piece(compression, new ToDisk());
                piece = to;
            }
            to.write(buffer().bytes(), 0, buffer().size());
        } catch (IOException failure) {
            throw Problems.writing(file.toString(), failure);
        }
        buffer().clear();
    }

    /** Brings all that was added to the medium. */
    DataFile prepare() {
        drain();
        OutputStream last = piece;
        if (last != null) {
            piece = null;
            try {
                last.close();
            } catch (IOException failure) {
                throw Problems.writing(file.toString(), failure);
            }
        }
        disk.force(channel, file);
        preparedBytes = bytes;
        preparedRows = rows;
        return new DataFile(path, rows, bytes);
    }

    /** What was prepared last. */
    DataFile last() {
        return new DataFile(path, preparedRows, preparedBytes);
    }

    /** Hears that what was prepared is committed. */
    void committed() {
        committedBytes = preparedBytes;
        committedRows = preparedRows;
    }

    /** Lets go of the file, so that it can be moved. */
    void closeChannel() {
        if (open) {
            open = false;
            try {
                channel.close();
            } catch (IOException failure) {
                throw Problems.writing(file.toString(), failure);
            }
        }
    }

    /** Takes back what is not committed. */
    @Override
    public void close() {
        endUnfinishedPiece();
        closeChannel();
        if (committedBytes == 0) {
            disk.delete(file);
        } else if (bytes > committedBytes && Disk.size(file) > committedBytes) {
            disk.cut(file, committedBytes);
        }
    }

    /** A compressor holds memory that only its end gives back; what it still has to say goes nowhere. */
    private void endUnfinishedPiece() {
        OutputStream last = piece;
        if (last != null) {
            piece = null;
            discarding = true;
            try {
                last.close();
            } catch (IOException nothingLost) {
                // Its bytes are taken back in any case.
            }
        }
    }

    /** Counts what reaches the file. */
    private final class ToDisk extends OutputStream {
        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            if (discarding) {
                return;
            }
            for (int done = 0; done < length; done += WRITE_BYTES) {
                int part = Math.min(WRITE_BYTES, length - done);
                disk.write(channel, file, ByteBuffer.wrap(source, offset + done, part));
            }
            bytes += length;
        }
    }
}
