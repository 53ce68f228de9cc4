package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.spi.problem.ProblemException;

/**
 * The transactions that had written something and were not committed, seen just before a snapshot was taken. Their rows
 * are not in the snapshot, and may have smaller cursor values than rows that are.
 *
 * @param visible false if this user may not see them
 * @param oldest the smallest of their numbers; 0 if there are none
 * @param newest the greatest of their numbers; 0 if there are none
 * @param seconds how long ago the first of them began
 */
record OpenTransactions(boolean visible, long oldest, long newest, long seconds) {
    /** Transactions that have not written have numbers from here on, or none. */
    private static final long FIRST_WITHOUT_NUMBER = 1L << 48;

    /** The server's list may be so old. */
    private static final int STALE_SECONDS = 1;

    static OpenTransactions now(MySession session) {
        try {
            SqlRow row = session.query("SELECT MIN(CAST(trx_id AS UNSIGNED)), MAX(CAST(trx_id AS UNSIGNED)),"
                + " MAX(TIMESTAMPDIFF(SECOND, CONVERT_TZ(trx_started, 'SYSTEM', '+00:00'), UTC_TIMESTAMP())) FROM"
                + " information_schema.INNODB_TRX WHERE CAST(trx_id AS UNSIGNED) BETWEEN"
                + " 1 AND " + (FIRST_WITHOUT_NUMBER - 1))
                    .getFirst();
            return new OpenTransactions(true, row.whole(0), row.whole(1), Math.max(0, row.whole(2)) + STALE_SECONDS);
        } catch (ProblemException notPermitted) {
            if (session.isBroken()) {
                throw notPermitted;
            }
            return new OpenTransactions(false, 0, 0, 0);
        }
    }

    boolean none() {
        return visible && newest == 0;
    }

    /** True if all that were open up to a number are finished. */
    boolean isPast(long number) {
        return none() || (visible && oldest > number);
    }
}
