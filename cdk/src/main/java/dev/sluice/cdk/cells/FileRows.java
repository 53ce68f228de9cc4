package dev.sluice.cdk.cells;

import dev.sluice.spi.data.RecordBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one file, or of a part of it, as batches. One thread uses it, except for {@link #cancel}. */
public interface FileRows extends AutoCloseable {
    /**
     * The next batch with at least one row, or null at the end.
     *
     * @throws dev.sluice.spi.problem.ProblemException if the file cannot be read any further
     */
    @Nullable
    RecordBatch read() throws IOException;

    /** Where to go on in the file after everything that was returned or rejected so far. */
    long offset();

    /** The number of the line there, counted from 1; 0 if the file has no lines. */
    long line();

    /** How many rows the file itself says that there are from where the reading began; negative if it does not say. */
    long promisedRows();

    /** Makes a {@link #read} of another thread end soon. May be called at any time. */
    void cancel() throws IOException;

    /** Lets go of the file. */
    @Override
    void close() throws IOException;
}
