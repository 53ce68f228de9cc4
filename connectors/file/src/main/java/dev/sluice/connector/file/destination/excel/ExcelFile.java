package dev.sluice.connector.file.destination.excel;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.destination.files.EndedFiles;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.input.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook that takes rows. One thread uses it. */
final class ExcelFile implements EndedFiles.RowFile {
    /** The most rows of a sheet beneath the names of its columns. */
    static final int MOST_ROWS = (1 << 20) - 1;

    private static final int BUFFER_BYTES = 128 << 10;

    /** The time that archives begin to count at, so that the same rows are the same bytes. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final WriteJob job;
    private final String path;
    private final Path file;
    private final ExcelRows content;
    private final FileChannel channel;
    private final ToDisk toDisk = new ToDisk();
    private final ZipOutputStream archive;
    private final ByteSink buffer = new ByteSink(8 << 10);
    private int rows;

    ExcelFile(WriteJob job, String path, ExcelRows content) {
        this.job = job;
        this.path = path;
        this.file = job.place().unfinished(path);
        this.content = content;
        this.channel = job.disk().create(file);
        this.archive = new ZipOutputStream(toDisk);
        archive.setLevel(4); // hardly larger than by the usual 6, and twice as fast
        try {
            for (String[] part : ExcelParts.before()) {
                begin(part[0]);
                archive.write(part[1].getBytes(StandardCharsets.UTF_8));
            }
            begin(ExcelParts.SHEET);
        } catch (IOException failure) {
            throw Problems.writing(file.toString(), failure);
        }
        buffer.put(ExcelParts.SHEET_BEGIN);
        content.header(buffer);
    }

    private void begin(String part) throws IOException {
        ZipEntry entry = new ZipEntry(part);
        entry.setTimeLocal(NO_TIME);
        archive.putNextEntry(entry);
    }

    @Override
    public void append(int row) {
        // The first row has the names of the columns.
        content.append(row, rows + 2, buffer);
        rowAdded();
    }

    /** The number that the next row has in the sheet. */
    int nextNumber() {
        return rows + 2;
    }

    /** Where the bytes of a row go that is copied; {@link #rowAdded} has to be called behind each. */
    ByteSink buffer() {
        return buffer;
    }

    /** Counts a row that is in the buffer. */
    void rowAdded() {
        rows++;
        if (buffer.size() >= BUFFER_BYTES) {
            drain();
        }
    }

    private void drain() {
        try {
            archive.write(buffer.bytes(), 0, buffer.size());
        } catch (IOException failure) {
            throw Problems.writing(file.toString(), failure);
        }
        buffer.clear();
    }

    @Override
    public boolean isFull() {
        return rows == MOST_ROWS || toDisk.bytes >= job.targetBytes();
    }

    @Override
    public DataFile end() {
        buffer.put(ExcelParts.SHEET_END);
        drain();
        try {
            archive.closeEntry();
            archive.finish();
            toDisk.flush();
            job.disk().force(channel, file);
            archive.close();
        } catch (IOException failure) {
            throw Problems.writing(file.toString(), failure);
        }
        return new DataFile(path, rows, toDisk.bytes);
    }

    @Override
    public void discard() {
        // The compressor holds memory that only its end gives back; what it still has to say goes nowhere.
        toDisk.discarding = true;
        try (channel) {
            archive.close();
        } catch (IOException nothingLost) {
            // The file is deleted in any case.
        }
        job.disk().delete(file);
    }

    /** Counts what reaches the file. */
    private final class ToDisk extends OutputStream {
        private final ByteSink waiting = new ByteSink(64 << 10);
        private long bytes;
        private boolean discarding;

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            if (!discarding) {
                waiting.put(source, offset, length);
                bytes += length;
                if (waiting.size() >= BUFFER_BYTES) {
                    flush();
                }
            }
        }

        @Override
        public void flush() {
            if (!discarding && waiting.size() > 0) {
                job.disk().write(channel, file, ByteBuffer.wrap(waiting.bytes(), 0, waiting.size()));
                waiting.clear();
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
