package dev.sluice.server.jobs;

/** What a job is for. */
public enum JobKind {
    /** Moves what is new. */
    SYNC,
    /** Reads streams from the beginning once more, and moves what is new of the others. */
    REFRESH,
    /** Empties tables. */
    CLEAR,
    /** Tries rejected records again. */
    REPLAY,
    /** Tries a source or destination. */
    CHECK,
    /** Asks a source what it offers. */
    DISCOVER;

    /** True for jobs that belong to a connection, of which it has one at a time. */
    public boolean movesData() {
        return switch (this) {
            case SYNC, REFRESH, CLEAR, REPLAY -> true;
            case CHECK, DISCOVER -> false;
        };
    }

    /** True for jobs by which a connection and its streams are judged, and which are tried again. */
    public boolean isJudged() {
        return switch (this) {
            case SYNC, REFRESH, CLEAR -> true;
            case REPLAY, CHECK, DISCOVER -> false;
        };
    }
}
