package dev.sluice.server.jobs;

/** What a job is for. */
public enum JobKind {
    /** Moves what is new. */
    SYNC,
    /** Reads streams from the beginning once more, and moves what is new of the others. */
    REFRESH,
    /** Empties tables. */
    CLEAR,
    /** Tries a source or destination. */
    CHECK,
    /** Asks a source what it offers. */
    DISCOVER;

    /** True for jobs that belong to a connection, of which it has one at a time. */
    public boolean movesData() {
        return switch (this) {
            case SYNC, REFRESH, CLEAR -> true;
            case CHECK, DISCOVER -> false;
        };
    }
}
