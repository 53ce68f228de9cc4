package dev.sluice.spi.source;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.RejectedRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configured source. Methods may be called by several threads at once; each opened reader belongs to one thread.
 *
 * <p>All methods throw {@link dev.sluice.spi.problem.ProblemException} when they fail.
 */
public interface Source extends AutoCloseable {
    /** Tries whether the configuration works, step by step. Failing steps are reported, not thrown. */
    CheckReport check();

    /**
     * Describes what can be read. Streams that cannot be read with these credentials are left out. A stream that is there
     * and cannot be described, such as a damaged file, is listed with its problem; only what concerns all is thrown.
     */
    Catalog discover(DiscoverScope scope);

    /**
     * Divides a read. A full read, and each part of an incremental one, is consistent: it shows the stream as it was at
     * one moment, also when its splits are read in parallel.
     *
     * @param read what is to be read
     * @param start from where
     */
    PlanResult plan(StreamRead read, ReadStart start);

    /**
     * Opens a split of a plan. May run in another process than {@link #plan} did, as long as the {@link PlannedRead} is
     * held open.
     *
     * @param read what was planned
     * @param plan the plan
     * @param split one of its splits
     * @param after where to go on inside the split, as its reader said; null for its beginning
     * @param context the host
     */
    SplitReader open(StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext context);

    /**
     * Where the stream stands once all splits of a plan are committed, and where its next incremental read goes on. Sources that
     * know when they plan say it in the plan; those that learn it by reading, as from the cursors of records or from a
     * connector that tells its state as it goes, put it together here from what their readers said at the end of each split.
     *
     * @param read what was read
     * @param plan the plan
     * @param ended all its splits, with what {@link SplitReader#end} said as their position
     * @return null if the stream cannot go on incrementally
     */
    default @Nullable Position end(StreamRead read, ReadPlan plan, Map<String, SplitProgress> ended) {
        return plan.end();
    }

    /**
     * Reads once more a record that this source rejected, from the bytes that were kept of it and by the configuration of
     * now. What still cannot be read is rejected through the context again.
     *
     * @param read what is read of the stream
     * @param record a record of the form {@code SOURCE}, not cut
     * @param context the host
     * @return the rows; null if the record was rejected again
     * @throws dev.sluice.spi.problem.ProblemException with the code {@code E_REPLAY_UNSUPPORTED} from sources that cannot
     */
    default @Nullable RecordBatch reread(StreamRead read, RejectedRecord record, ReadContext context) {
        throw Problem.of("E_REPLAY_UNSUPPORTED", ProblemKind.CONFIG, "the source cannot read single records once more")
                .at(record.place())
                .fix("export them, write each as a `row`, and give them back with --mended")
                .exception();
    }

    /**
     * Has the rows of a stream counted and summed where they are, without moving them.
     *
     * @param read what is summed
     * @return null if the source cannot, or cannot write one of the fields in the form that is asked for
     */
    default @Nullable ChecksumTask checksums(ChecksumRead read) {
        return null;
    }

    /**
     * What the log is called that all incremental reads come out of, so that their positions belong together; null if each stream
     * stands by itself. It stays the same as long as the positions mean something.
     */
    default @Nullable String sharedLog() {
        return null;
    }

    /**
     * Hears before the first plan of a run what will be read in it, so that a source that reads several streams in one go
     * knows all of them. Each is planned and opened by itself all the same, or not at all if the run fails before.
     */
    default void expect(List<StreamRead> reads) {}

    /**
     * Hears before the reads of a run where each stream of the connection stands that was read incrementally before, also
     * those that this run leaves alone. All of it is durable at the destination and saved (I1). A source whose streams
     * share one log keeps of it what the last of them needs.
     *
     * @param positions the positions by stream; for a first read that is not finished, the one at its end
     */
    default void standing(Map<StreamId, Position> positions) {}

    /**
     * Hears that everything up to a position is durable at the destination and saved by the engine (I1); a source with a
     * log lets go of what lies before.
     */
    default void committed(StreamId stream, Position position) {}

    /** Lets go of everything. */
    @Override
    void close();
}
