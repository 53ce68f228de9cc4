package dev.sluice.connector.file.destination.text;

import dev.sluice.connector.file.destination.files.Partitions;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.Stop;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes rows as lines into files, one at a time for each partition. A file ends when it is large enough, and with each
 * commit if its rows are seen at once.
 */
final class TextFiles implements RowFiles {
    private static final int BUFFER_BYTES = 256 << 10;

    /** For each of many partitions (I6). */
    private static final int SMALL_BUFFER_BYTES = 32 << 10;

    private final WriteJob job;
    private final Disk disk;
    private final Lines lines;
    private final Partitions partitions;
    private final Compression compression;
    private byte[] header;
    private final int mostOpen;

    /** The files that take rows, by partition. */
    private final Map<Integer, TextFile> growing = new LinkedHashMap<>();

    private final List<TextFile> ended = new ArrayList<>();
    private final Stop stop = new Stop();
    private int active;

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
        // A compressor of zstd takes megabytes.
        this.mostOpen = compression == Compression.ZSTD ? 16 : 64;
    }

    @Override
    public void write(RecordBatch batch) {
        stop.check();
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

    /** Partition by partition, so that each file is looked up once. */
    private void writeDivided(int[] numbers) {
        int[] order = order(numbers);
        int last = -1;
        TextFile file = null;
        for (int row : order) {
            int number = numbers[row];
            if (file == null || number != last) {
                file = file(number);
                last = number;
            }
            lines.append(row, file);
            file.endRow();
            if (file.isFull()) {
                file = drained(number, file);
            }
        }
    }

    /** The rows sorted by their numbers, those of one number in their order. */
    private static int[] order(int[] numbers) {
        int most = 0;
        for (int number : numbers) {
            most = Math.max(most, number);
        }
        int[] next = new int[most + 2];
        for (int number : numbers) {
            next[number + 1]++;
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        int[] order = new int[numbers.length];
        for (int row = 0; row < numbers.length; row++) {
            order[next[numbers[row]]++] = row;
        }
        return order;
    }

    /** The file of a partition after what was collected is on its way: a new one if it is large enough. */
    private TextFile drained(int partition, TextFile file) {
        stop.check();
        file.drain();
        if (file.bytes() >= job.targetBytes()) {
            end(partition);
            return file(partition);
        }
        return file;
    }

    private TextFile file(int partition) {
        TextFile known = growing.get(partition);
        if (known != null && known.isActive()) {
            return known;
        }
        if (active >= mostOpen) {
            growing.values().forEach(TextFile::park);
            active = 0;
        }
        active++;
        if (known != null) {
            known.activate();
            return known;
        }
        String path = job.names().next(partitions.folder(partition));
        int buffer = partitions.isSingle() ? BUFFER_BYTES : SMALL_BUFFER_BYTES;
        TextFile file =
                new TextFile(path, new TextFile.Way(disk, job.place().unfinished(path), compression, buffer), header);
        growing.put(partition, file);
        if (job.place().isFile()) {
            header = new byte[0]; // all of them become one file
        }
        return file;
    }

    /** Ends a file; it is committed with the next commit. */
    private void end(int partition) {
        TextFile file = growing.remove(partition);
        if (file != null) {
            active -= file.isActive() ? 1 : 0;
            ended.add(file);
            file.prepare();
            file.park();
        }
    }

    @Override
    public Prepared prepare() {
        stop.check();
        List<DataFile> files = new ArrayList<>();
        long rows = 0;
        // Commits may come more often than a buffer is full, so this is where a file may have become large enough.
        for (Map.Entry<Integer, TextFile> each : List.copyOf(growing.entrySet())) {
            each.getValue().drain();
            if (!job.aside() || each.getValue().bytes() >= job.targetBytes()) {
                end(each.getKey());
            }
        }
        for (TextFile file : ended) {
            files.add(file.last());
            rows += file.rowsSinceCommit();
        }
        for (TextFile file : growing.values()) {
            if (file.rowsSinceCommit() > 0) {
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
        growing.values().forEach(TextFile::committed);
    }

    @Override
    public void cancel() {
        stop.request();
    }

    @Override
    public void close() {
        List<TextFile> all = new ArrayList<>(ended);
        all.addAll(growing.values());
        ended.clear();
        growing.clear();
        forEach(all, TextFile::takeBack);
    }

    /** Does it with all of them, whatever happens with one, and tells the first failure then. */
    private static void forEach(List<TextFile> files, Consumer<TextFile> action) {
        ProblemException first = null;
        for (TextFile file : files) {
            try {
                action.accept(file);
            } catch (ProblemException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
