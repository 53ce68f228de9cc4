package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgSession;

/**
 * What a snapshot shows, by transaction ids of 64 bits (pg_current_snapshot).
 *
 * @param horizon all transactions below it are finished: committed ones are visible, now and for ever
 * @param next no transaction from here on is visible
 */
record Snapshot(long horizon, long next) {
    /** The snapshot of the session's transaction. */
    static Snapshot current(PgSession session) {
        SqlRow row = session.query("""
            SELECT pg_snapshot_xmin(s)::text, pg_snapshot_xmax(s)::text
              FROM pg_current_snapshot() AS s\
            """).getFirst();
        return new Snapshot(Long.parseUnsignedLong(row.requireText(0)), Long.parseUnsignedLong(row.requireText(1)));
    }

    /** True if some transaction below {@link #next} is not finished. */
    boolean hasOpenTransactions() {
        return horizon < next;
    }
}
