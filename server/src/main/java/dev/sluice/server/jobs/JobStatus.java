package dev.sluice.server.jobs;

/** How a job stands. */
public enum JobStatus {
    /** It waits for its first attempt. */
    PENDING,
    /** An attempt is under way. */
    RUNNING,
    /** An attempt has failed, and another one follows. */
    INCOMPLETE,
    /** It did all it should. */
    SUCCEEDED,
    /** It did not, and nothing follows. */
    FAILED,
    /** Somebody stopped it. */
    CANCELLED;

    /** True if nothing more happens with it. */
    public boolean isEnd() {
        return switch (this) {
            case PENDING, RUNNING, INCOMPLETE -> false;
            case SUCCEEDED, FAILED, CANCELLED -> true;
        };
    }
}
