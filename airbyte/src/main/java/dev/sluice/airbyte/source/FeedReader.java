package dev.sluice.airbyte.source;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what comes of a stream. */
final class FeedReader implements SplitReader {
    private final BatchFiller filler;
    private final RecordBlocks blocks;
    private final Feed feed;
    private final ReadContext host;
    private final boolean keepsStates;
    private long expected = Feed.UNKNOWN;
    private volatile boolean cancelled;

    /**
     * A reader.
     *
     * @param host hears how much is expected
     * @param keepsStates true if an interrupted read goes on at the states of the source; false if it is done anew
     */
    FeedReader(BatchFiller filler, RecordBlocks blocks, Feed feed, ReadContext host, boolean keepsStates) {
        this.filler = filler;
        this.blocks = blocks;
        this.feed = feed;
        this.host = host;
        this.keepsStates = keepsStates;
    }

    @Override
    public @Nullable RecordBatch read() {
        try {
            long first = filler.offset();
            RecordBatch batch = filler.read();
            tellExpected();
            if (batch == null && cancelled) {
                throw cancelled();
            }
            return batch == null ? null : blocks.changes().marked(batch, first, filler.offset());
        } catch (IOException failure) {
            throw cancelled();
        }
    }

    private void tellExpected() {
        long told = feed.expectedRows();
        if (told != expected) {
            expected = told;
            host.expect(told);
        }
    }

    private static ProblemException cancelled() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the read was stopped")
                .exception();
    }

    @Override
    public @Nullable String position() {
        return keepsStates ? blocks.state(filler.offset()) : null;
    }

    @Override
    public @Nullable String end() {
        return blocks.lastState();
    }

    /** The counts of the source are held against what arrived where its states are read. */
    @Override
    public long reportedRows() {
        return NOT_REPORTED;
    }

    @Override
    public void cancel() {
        cancelled = true;
        feed.fail(cancelled().problem());
    }

    @Override
    public void close() {
        feed.close();
    }
}
