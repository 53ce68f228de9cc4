package dev.sluice.server.jobs;

/** What a list of jobs is ordered by. */
public enum JobOrder {
    /** What was wanted last first. */
    NEWEST("created_at DESC, id DESC"),
    /** What was wanted first first. */
    OLDEST("created_at, id"),
    /** What changed last first. */
    CHANGED_LAST("updated_at DESC, id DESC"),
    /** What changed first first. */
    CHANGED_FIRST("updated_at, id");

    private final String columns;

    JobOrder(String columns) {
        this.columns = columns;
    }

    String sql() {
        return " ORDER BY " + columns;
    }
}
