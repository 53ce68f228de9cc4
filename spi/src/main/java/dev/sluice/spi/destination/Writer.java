package dev.sluice.spi.destination;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import java.util.List;

/**
 * Takes the batches of one split at a time. One thread uses it, except for {@link #cancel}.
 *
 * <p>The order of calls is: any number of {@link #write}, then {@link #prepare}, then {@link Target#commit}, and again.
 * What was written and not committed when the writer is closed is gone without a trace.
 */
public interface Writer extends AutoCloseable {
    /**
     * Tells which values of a batch {@link #write} would alter, and writes nothing. Asked before each batch of a stream
     * that shall not arrive altered, never of others. What {@code write} reports to the context then and was not told
     * here makes the stream fail before its next commit.
     */
    default List<ValueChange> misfits(RecordBatch batch) {
        return List.of();
    }

    /** Takes the rows of a batch. When it returns, the caller may let go of the batch. */
    void write(RecordBatch batch);

    /**
     * Makes everything written since the last commit safe, so that the commit itself can hardly fail.
     *
     * @param marker what this covers, to be made visible with the rows; a writer that refuses rows only now lowers its
     *     row count by them
     */
    Committable prepare(Marker marker);

    /** Makes a blocked call of another thread end soon with a problem. May be called at any time. */
    void cancel();

    /** Discards what is not committed and lets go of connections and files. */
    @Override
    void close();
}
