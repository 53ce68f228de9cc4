package dev.sluice.engine.run;

import java.util.List;

/** How a run ended. */
public enum RunStatus {
    /** Every row of every stream is where it should be. */
    SUCCEEDED,
    /** Every row is where it should be or among the rejected records. */
    SUCCEEDED_WITH_REJECTS,
    /** Some streams are done, others failed. */
    PARTIAL,
    /** No stream is done. */
    FAILED,
    /** Somebody stopped the run. */
    CANCELLED;

    /**
     * The outcome of a run from the accounts of its streams; computed from counted facts alone.
     *
     * @param stopped how many further streams were left alone, which counts as failed
     */
    static RunStatus of(List<StreamProgress> streams, int stopped) {
        if (streams.stream().anyMatch(stream -> stream.status() == StreamStatus.CANCELLED)) {
            return CANCELLED;
        }
        long good = streams.stream().filter(stream -> stream.status().isGood()).count();
        if (good < streams.size() + stopped) {
            return good == 0 ? FAILED : PARTIAL;
        }
        return streams.stream().anyMatch(stream -> stream.rowsRejected() > 0) ? SUCCEEDED_WITH_REJECTS : SUCCEEDED;
    }

    /** The words for people. */
    public String words() {
        return switch (this) {
            case SUCCEEDED -> "succeeded";
            case SUCCEEDED_WITH_REJECTS -> "succeeded with rejects";
            case PARTIAL -> "partial";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }
}
