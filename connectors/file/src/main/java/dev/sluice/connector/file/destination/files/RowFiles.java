package dev.sluice.connector.file.destination.files;

import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import java.util.List;

/** The files that one writer fills. One thread uses it, except for {@link #cancel}. */
public interface RowFiles extends AutoCloseable {
    /** The values of a batch that writing it would alter; text holds all of them. */
    default List<ValueChange> misfits(RecordBatch batch) {
        return List.of();
    }

    /** Writes the rows of a batch. */
    void write(RecordBatch batch);

    /** Brings everything written since the last commit to the medium. */
    Prepared prepare();

    /** Hears that what was prepared is committed. */
    void committed();

    /** Makes a call of another thread end soon with a problem. */
    void cancel();

    /** Deletes what is not committed. */
    @Override
    void close();

    /**
     * What was brought to the medium.
     *
     * @param files each file that was written to since the last commit, with all that it holds by now
     * @param rows the rows that were written since the last commit, as the format counted them (I7)
     */
    record Prepared(List<DataFile> files, long rows) {
        public Prepared {
            files = List.copyOf(files);
        }
    }
}
