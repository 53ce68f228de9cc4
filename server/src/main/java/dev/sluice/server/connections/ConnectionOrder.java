package dev.sluice.server.connections;

/** What a list of connections is ordered by. */
public enum ConnectionOrder {
    /** The oldest first. */
    CREATED("c.created_at, c.id"),
    /** By name. */
    NAME("c.name, c.id"),
    /** By the name of the source. */
    SOURCE("s.name, c.id"),
    /** By the name of the destination. */
    DESTINATION("d.name, c.id"),
    /** What ran last first, and at the end what never ran. */
    LAST_RUN("u.last_job_at DESC NULLS LAST, c.id");

    private final String columns;

    ConnectionOrder(String columns) {
        this.columns = columns;
    }

    String sql() {
        return " ORDER BY " + columns;
    }
}
