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
final class TextFile extends LineSink {
    /** The system copies what is written through memory of this size, which it keeps for each thread. */
    private static final int WRITE_BYTES = 256 << 10;

    private final Disk disk;
    private final String path;
    private final Path file;
    private final Compression compression;

    private @Nullable FileChannel channel;
    private @Nullable OutputStream piece;
    private long bytes;
    private long rows;
    private Extent prepared = Extent.NONE;
    private Extent committed = Extent.NONE;
    private boolean active = true;
    private boolean discarding;

    /** A part of the file from its beginning. */
    private record Extent(long rows, long bytes) {
        static final Extent NONE = new Extent(0, 0);
    }

    /** Where a file is written, and how. */
    record Way(Disk disk, Path file, Compression compression, int bufferBytes) {}

    /**
     * Begins a file.
     *
     * @param path its path in the target
     * @param header what it begins with
     */
    TextFile(String path, Way way, byte[] header) {
        super(way.bufferBytes());
        this.disk = way.disk();
        this.path = path;
        this.file = way.file();
        this.compression = way.compression();
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

    /** The rows that were added since the last commit. */
    long rowsSinceCommit() {
        return rows - committed.rows();
    }

    /** True if it may hold a handle and memory. */
    boolean isActive() {
        return active;
    }

    /** Tells that rows will come. */
    void activate() {
        active = true;
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
        endPiece();
        FileChannel open = channel;
        if (open == null) {
            disk.force(file);
        } else {
            disk.force(open, file);
        }
        prepared = new Extent(rows, bytes);
        return new DataFile(path, rows, bytes);
    }

    private void endPiece() {
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
    }

    /** What was prepared last. */
    DataFile last() {
        return new DataFile(path, prepared.rows(), prepared.bytes());
    }

    /** Hears that what was prepared is committed. */
    void committed() {
        committed = prepared;
    }

    /** Lets go of handle and memory; the next row takes them again. */
    void park() {
        active = false;
        endPiece();
        closeChannel();
    }

    private void closeChannel() {
        FileChannel open = channel;
        if (open != null) {
            channel = null;
            try {
                open.close();
            } catch (IOException failure) {
                throw Problems.writing(file.toString(), failure);
            }
        }
    }

    /** Takes back what is not committed. */
    void takeBack() {
        endUnfinishedPiece();
        closeChannel();
        if (committed.bytes() == 0) {
            disk.delete(file);
        } else if (bytes > committed.bytes() && Disk.size(file) > committed.bytes()) {
            disk.cut(file, committed.bytes());
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

    private FileChannel open() {
        FileChannel open = channel;
        if (open == null) {
            open = disk.reopen(file, bytes);
            channel = open;
        }
        return open;
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
            FileChannel to = open();
            for (int done = 0; done < length; done += WRITE_BYTES) {
                int part = Math.min(WRITE_BYTES, length - done);
                disk.write(to, file, ByteBuffer.wrap(source, offset + done, part));
            }
            bytes += length;
        }
    }
}
