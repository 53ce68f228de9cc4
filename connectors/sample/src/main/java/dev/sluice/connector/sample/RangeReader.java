package dev.sluice.connector.sample;

import dev.sluice.connector.sample.content.BatchFiller;
import dev.sluice.connector.sample.content.Chunk;
import dev.sluice.connector.sample.content.History;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.SplitReader;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Makes the rows of a range of ids. */
final class RangeReader implements SplitReader {
    /** So many ids are looked at before somebody who cancels is listened to. */
    private static final long STRETCH = 1 << 20;

    private static final int FIRST_ROWS = 1024;

    private final History history;
    private final BatchFiller filler;
    private final PlanToken token;
    private final boolean operations;
    private final Clock clock;
    private final BatchSize size;
    private final long start;
    private final long last;
    private Chunk chunk;
    private long next;
    private volatile boolean cancelled;

    /**
     * What is read.
     *
     * @param history which rows there are
     * @param filler what makes their values
     * @param token which version
     * @param operations true to tell what happened to each row
     */
    record Content(History history, BatchFiller filler, PlanToken token, boolean operations) {}

    RangeReader(Content content, long start, long last, BatchSize size, Clock clock) {
        history = content.history;
        filler = content.filler;
        token = content.token;
        operations = content.operations && token.changes();
        this.start = start;
        this.last = last;
        this.size = size;
        this.clock = clock;
        next = start;
        chunk = new Chunk(Math.min(size.rows(), FIRST_ROWS));
    }

    @Override
    public @Nullable RecordBatch read() {
        chunk.clear();
        while (next <= last && !chunk.isFull()) {
            requireWanted();
            long end = Math.min(last, next + STRETCH - 1);
            if (token.changes()) {
                next = history.addChanges(chunk, next, end, token.version());
                if (!operations) {
                    chunk.dropDeleted();
                }
            } else {
                next = history.addContent(chunk, next, end, token.version());
            }
        }
        requireWanted();
        if (chunk.size() == 0) {
            return null;
        }
        RecordBatch batch = filler.fill(chunk, operations, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        fit(batch);
        return batch;
    }

    /** Makes the next chunk as large as the host wants its batches, going by what the rows of this one took. */
    private void fit(RecordBatch batch) {
        long rowBytes = Math.max(1, batch.bytes() / batch.rows());
        int rows = Math.clamp(size.bytes() / rowBytes, 1, size.rows());
        if (rows != chunk.limit()) {
            chunk = new Chunk(rows);
        }
    }

    private void requireWanted() {
        if (cancelled) {
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                    .exception();
        }
    }

    /** The next id. */
    @Override
    public String position() {
        return Long.toString(next);
    }

    /** The first version has all ids of the range, each once; of later ones only the rows themselves tell. */
    @Override
    public long reportedRows() {
        return token.version() == 0 && !token.changes() ? last - start + 1 : NOT_REPORTED;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {}
}
