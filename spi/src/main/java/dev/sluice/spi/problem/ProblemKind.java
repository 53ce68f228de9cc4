package dev.sluice.spi.problem;

/** Whose matter a problem is, and whether trying again can help. */
public enum ProblemKind {
    /** The configuration or the command is wrong, or names something that does not exist. */
    CONFIG(Retry.NEVER),
    /** The credentials were refused, or do not allow what is needed. */
    PERMISSION(Retry.NEVER),
    /** A system cannot be reached: unknown host, refused connection, broken TLS, time-out. */
    UNREACHABLE(Retry.BACKOFF),
    /** This machine or a remote one lacks something: disk space, memory, a driver, a quota. */
    RESOURCE(Retry.NEVER),
    /** Somebody else holds what the run needs: a lock, a file, a target table. */
    CONFLICT(Retry.NEVER),
    /** A remote system failed in the middle of work in a way that may pass. */
    TRANSIENT(Retry.BACKOFF),
    /** A row or a value cannot be moved as asked. */
    DATA(Retry.NEVER),
    /** A check of the engine failed: going on could lose, double or wipe rows. */
    INTEGRITY(Retry.NEVER),
    /** The user stopped the run. */
    CANCELLED(Retry.NEVER),
    /** A defect of Sluice or of a connector. */
    INTERNAL(Retry.NEVER);

    private final Retry retry;

    ProblemKind(Retry retry) {
        this.retry = retry;
    }

    /** Whether the same attempt may succeed later. */
    public Retry retry() {
        return retry;
    }

    /** Whether to try again. */
    public enum Retry {
        /** The same attempt fails again until somebody changes something. */
        NEVER,
        /** The same attempt may succeed after a pause. */
        BACKOFF
    }
}
