package dev.sluice.connector.file.destination.files;

import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.runtime.RejectedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows into files that end with each commit, one at a time for each partition; a file also ends when it is large
 * enough.
 */
public final class EndedFiles implements RowFiles {
    /** For the writing of files without rows, which have nothing to tell. */
    public static final WriteContext NO_ROWS = new WriteContext() {
        @Override
        public void reject(RejectedRecord record) {
            throw new IllegalStateException("there is no record");
        }

        @Override
        public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {
            throw new IllegalStateException("there is no value");
        }
    };

    /** Each open file holds a block in memory (I6). */
    private static final int MOST_OPEN = 64;

    private final WriteJob job;
    private final Format format;
    private final Partitions partitions;
    private final Map<Integer, RowFile> growing = new LinkedHashMap<>();
    private final List<DataFile> ended = new ArrayList<>();
    private final Stop stop = new Stop();
    private long rows;

    /** Turns rows into the content of files. */
    public interface Format {
        /** The values of a batch that writing it would alter. */
        List<ValueChange> misfits(RecordBatch batch);

        /** Takes the next batch. */
        void bind(RecordBatch batch);

        /** Begins a file. */
        RowFile begin(String path);
    }

    /** A file that takes rows of the batch that its format was given last. */
    public interface RowFile {
        /** Adds a row. */
        void append(int row);

        /** True if the next row should go into another file. */
        boolean isFull();

        /** Brings it to the medium; it takes no more rows. */
        DataFile end();

        /** Deletes it. */
        void discard();
    }

    /** Begins to write. */
    public EndedFiles(WriteJob job, Format format) {
        this.job = job;
        this.format = format;
        this.partitions = job.partitions();
    }

    @Override
    public List<ValueChange> misfits(RecordBatch batch) {
        return format.misfits(batch);
    }

    @Override
    public void write(RecordBatch batch) {
        stop.check();
        format.bind(batch);
        int[] numbers = partitions.of(batch);
        for (int row = 0; row < batch.rows(); row++) {
            int number = numbers[row];
            RowFile file = growing.get(number);
            if (file == null) {
                file = begin(number);
            }
            file.append(row);
            rows++;
            if (file.isFull()) {
                stop.check();
                growing.remove(number);
                end(file);
            }
        }
    }

    private RowFile begin(int partition) {
        if (growing.size() == MOST_OPEN) {
            Integer oldest = growing.keySet().iterator().next();
            RowFile file = growing.remove(oldest);
            if (file != null) {
                end(file);
            }
        }
        RowFile file = format.begin(job.names().next(partitions.folder(partition)));
        growing.put(partition, file);
        return file;
    }

    private void end(RowFile file) {
        boolean complete = false;
        try {
            ended.add(file.end());
            complete = true;
        } finally {
            if (!complete) {
                file.discard();
            }
        }
    }

    @Override
    public Prepared prepare() {
        stop.check();
        for (Integer partition : List.copyOf(growing.keySet())) {
            RowFile file = growing.remove(partition);
            if (file != null) {
                end(file);
            }
        }
        if (!ended.isEmpty()) {
            job.disk().forceFolder(job.place().unfinished());
        }
        return new Prepared(ended, rows);
    }

    @Override
    public void committed() {
        ended.clear();
        rows = 0;
    }

    @Override
    public void cancel() {
        stop.request();
    }

    @Override
    public void close() {
        growing.values().forEach(RowFile::discard);
        growing.clear();
        ended.forEach(file -> job.disk().delete(job.place().unfinished(file.path())));
        ended.clear();
    }
}
