package dev.sluice.connector.file.destination.text;

import dev.sluice.connector.file.destination.files.Partitions;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows as lines into files, one at a time for each partition. A file ends when it is large enough, and with each
 * commit if its rows are seen at once.
 */
final class TextFiles implements RowFiles {
    /** More are closed and begun anew, for each takes a buffer and a handle of the system. */
    private static final int MOST_OPEN = 64;

    private final WriteJob job;
    private final Disk disk;
    private final Lines lines;
    private final Partitions partitions;
    private final Compression compression;
    private final byte[] header;

    private final Map<Integer, TextFile> open = new HashMap<>();
    private final List<TextFile> ended = new ArrayList<>();
    private volatile boolean cancelled;

    /**
     * Begins.
     *
     * @param header what each file begins with
     */
    TextFiles(WriteJob job, Lines lines, Compression compression, byte[] header) {
        this.job = job;
        this.disk = job.disk();
        this.lines = lines;
        this.partitions = job.partitions();
        this.compression = compression;
        this.header = header.clone();
    }

    @Override
    public void write(RecordBatch batch) {
        requireGoing();
        if (batch.rows() == 0) {
            return;
        }
        lines.bind(batch);
        if (partitions.isSingle()) {
            writeAll(batch.rows());
        } else {
            writeDivided(partitions.of(batch));
        }
    }

    private void writeAll(int rows) {
        TextFile file = file(0);
        for (int row = 0; row < rows; row++) {
            lines.append(row, file);
            file.endRow();
            if (file.isFull()) {
                file = drained(0, file);
            }
        }
    }

    private void writeDivided(int[] numbers) {
        for (int row = 0; row < numbers.length; row++) {
            int number = numbers[row];
            TextFile file = file(number);
            lines.append(row, file);
            file.endRow();
            if (file.isFull()) {
                drained(number, file);
            }
        }
    }

    /** The file of a partition after what was collected is on its way: a new one if it is large enough. */
    private TextFile drained(int partition, TextFile file) {
        requireGoing();
        file.drain();
        if (file.bytes() >= job.targetBytes()) {
            end(partition);
            return file(partition);
        }
        return file;
    }

    private TextFile file(int partition) {
        TextFile known = open.get(partition);
        if (known != null) {
            return known;
        }
        if (open.size() >= MOST_OPEN) {
            List.copyOf(open.keySet()).forEach(this::end);
        }
        String path = job.names().next(partitions.folder(partition));
        TextFile file = new TextFile(disk, path, job.place().unfinished(path), compression, header);
        open.put(partition, file);
        return file;
    }

    /** Ends a file; it is committed with the next commit. */
    private void end(int partition) {
        TextFile file = open.remove(partition);
        if (file != null) {
            file.prepare();
            file.closeChannel();
            ended.add(file);
        }
    }

    @Override
    public Prepared prepare() {
        requireGoing();
        List<DataFile> files = new ArrayList<>();
        long rows = 0;
        if (!job.aside()) {
            List.copyOf(open.keySet()).forEach(this::end);
        }
        for (TextFile file : ended) {
            files.add(file.last());
            rows += file.rowsSinceCommit();
        }
        for (TextFile file : open.values()) {
            if (file.isDirty()) {
                files.add(file.prepare());
                rows += file.rowsSinceCommit();
            }
        }
        if (!files.isEmpty()) {
            disk.forceFolder(job.place().unfinished());
        }
        return new Prepared(files, rows);
    }

    @Override
    public void committed() {
        ended.forEach(TextFile::committed);
        ended.clear();
        open.values().forEach(TextFile::committed);
    }

    private void requireGoing() {
        if (cancelled) {
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the writing was stopped")
                    .exception();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        List<TextFile> all = new ArrayList<>(ended);
        all.addAll(open.values());
        ended.clear();
        open.clear();
        all.forEach(TextFile::close);
    }
}
