package dev.sluice.engine.run;

/** How a stream stands. */
public enum StreamStatus {
    /** It waits for a lane. */
    PENDING,
    /** An attempt has failed in a way that may pass, and it waits for the next one. */
    WAITING,
    /** Its target is opened and its read is planned. */
    PREPARING,
    /** Its rows are on the move. */
    RUNNING,
    /** Its rows are there, and the target is being checked and published. */
    PUBLISHING,
    /** It is done. */
    COMPLETE,
    /** An earlier attempt at the same job had done it. */
    ALREADY_COMPLETE,
    /** It failed; what is committed stays and keeps its state. */
    FAILED,
    /** It was stopped; what is committed stays and keeps its state. */
    CANCELLED;

    /** True if nothing more happens with the stream in this run. */
    public boolean isEnd() {
        return switch (this) {
            case PENDING, WAITING, PREPARING, RUNNING, PUBLISHING -> false;
            case COMPLETE, ALREADY_COMPLETE, FAILED, CANCELLED -> true;
        };
    }

    /** True if the stream ended as it should. */
    public boolean isGood() {
        return this == COMPLETE || this == ALREADY_COMPLETE;
    }
}
