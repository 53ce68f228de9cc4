package dev.sluice.server.connections;

/** What lists show of a connection. */
public enum ShownStatus {
    /** Its last run succeeded. */
    HEALTHY,
    /** Its last run did not. */
    FAILED,
    /** It runs. */
    RUNNING,
    /** It waits for its turn. */
    QUEUED,
    /** It is switched off. */
    PAUSED,
    /** It never ran. */
    NOT_SYNCED
}
