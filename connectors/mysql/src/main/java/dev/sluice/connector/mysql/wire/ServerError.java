package dev.sluice.connector.mysql.wire;

import java.io.IOException;

/** An error that the server sent, after which the wire is at a clean place. */
public final class ServerError extends IOException {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final String sqlState;

    ServerError(int number, String sqlState, String message) {
        super(message);
        this.number = number;
        this.sqlState = sqlState;
    }

    /** The number of the error. */
    public int number() {
        return number;
    }

    /** The class of the error by the SQL standard. */
    public String sqlState() {
        return sqlState;
    }
}
