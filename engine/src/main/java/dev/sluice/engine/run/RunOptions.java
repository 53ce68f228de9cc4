package dev.sluice.engine.run;

import java.time.Duration;

/**
 * How a run uses this machine.
 *
 * @param lanes how many splits are read and written at the same time, at least 1
 * @param memoryBytes the budget for batches under way (I6)
 * @param maxValueBytes the most that the large values of one row may take together; one that exceeds it becomes null
 *     with a note
 * @param checkpointBytes after how many bytes a split that can be resumed inside is committed
 * @param checkpointInterval after how much time it is committed
 */
public record RunOptions(
        int lanes, long memoryBytes, long maxValueBytes, long checkpointBytes, Duration checkpointInterval) {
    public RunOptions {
        if (lanes < 1 || memoryBytes < 1 || maxValueBytes < 1 || checkpointBytes < 1) {
            throw new IllegalArgumentException("a run needs at least one lane and some memory");
        }
    }

    /**
     * What suits a heap of this size and this many processors.
     *
     * <p>A quarter of the heap is the budget for batches; the large values of a row may take 45 % of the heap, so that 200 MiB fit into a
     * heap of 512 MiB.
     */
    public static RunOptions forMachine(long maxHeapBytes, int processors) {
        return new RunOptions(
                Math.clamp(processors, 2, 8),
                Math.max(16L << 20, maxHeapBytes / 4),
                maxHeapBytes / 100 * 45,
                256L << 20,
                Duration.ofSeconds(30));
    }

    /** The same with another number of lanes. */
    public RunOptions withLanes(int other) {
        return new RunOptions(other, memoryBytes, maxValueBytes, checkpointBytes, checkpointInterval);
    }
}
