package dev.sluice.spi.source;

import dev.sluice.spi.data.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads one split. One thread uses it, except for {@link #cancel}.
 *
 * <p>A reader that cannot read on throws a {@link dev.sluice.spi.problem.ProblemException}; it never ends early in
 * silence. Whatever was returned before stays valid.
 */
public interface SplitReader extends AutoCloseable {
    /** The answer of {@link #reportedRows} when the source does not count. */
    long NOT_REPORTED = -1;

    /** The next batch with at least one row, or null when the split is at its end. */
    @Nullable
    RecordBatch read();

    /**
     * Where to go on in this split after everything that {@link #read} returned and every record that was rejected so
     * far; null if an interrupted split has to be read from its beginning.
     */
    @Nullable
    String position();

    /**
     * What the source has to know of this split, once it was read to its end, to say where the stream stands: the {@link
     * SplitProgress#position} that {@link Source#end} gets. Null if there is nothing to know.
     */
    default @Nullable String end() {
        return null;
    }

    /**
     * How many rows the source itself says that it sent for what this reader read, asked after the end; {@link
     * #NOT_REPORTED} if it does not say. The engine compares it with the rows that arrived (I7).
     */
    long reportedRows();

    /** Makes a blocked {@link #read} of another thread end soon with a problem. May be called at any time. */
    void cancel();

    /** Lets go of connections and files. */
    @Override
    void close();
}
