package dev.sluice.engine.run;

import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.StateStore;
import dev.sluice.spi.data.BatchSize;

/** What all lanes of a run share. */
record RunScope(
        Job job,
        StateStore store,
        MemoryBudget budget,
        StopSignal stop,
        RunOptions options,
        RunListener listener,
        RunWatch watch) {

    /** When a reader hands on a batch. */
    BatchSize batchSize() {
        return batchSizeFor(options);
    }

    /**
     * The batch size for a number of lanes: a lane holds about six batches at a time (one being read, three in its
     * queue, one being written, one in hand), and all of them together stay under the budget (I6).
     */
    static BatchSize batchSizeFor(RunOptions options) {
        long share = options.memoryBytes() / (6L * options.lanes());
        return new BatchSize(BatchSize.DEFAULT.rows(), Math.clamp(share, 64L << 10, BatchSize.DEFAULT.bytes()));
    }
}
