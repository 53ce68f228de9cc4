package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.spi.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The transactions that had written something and were not committed, seen just before a snapshot was taken. Their rows
 * are not in the snapshot, and may have smaller cursor values than rows that are.
 *
 * @param visible false if this user may not see them, or others look so often that the server's list of them stays old
 * @param oldest the smallest of their numbers; 0 if there are none
 * @param newest the greatest of their numbers; 0 if there are none
 * @param seconds how long ago the first of them began
 */
record OpenTransactions(boolean visible, long oldest, long newest, long seconds) {
    /** Transactions that have not written have numbers from here on, or none. */
    private static final long FIRST_WITHOUT_NUMBER = 1L << 48;

    /** What is lost when times are cut to seconds. */
    private static final int ROUNDING_SECONDS = 1;

    /** The server makes its list anew when nobody has looked at it for a tenth of a second. */
    private static final Duration UNTIL_RENEWED = Duration.ofMillis(110);

    private static final int ATTEMPTS = 10;

    /** Nothing is known of them. */
    static final OpenTransactions UNKNOWN = new OpenTransactions(false, 0, 0, 0);

    /** One look at a time a server, because each look keeps the list old for the next. */
    private static final Map<String, ReentrantLock> LOOKS = new ConcurrentHashMap<>();

    static OpenTransactions now(MySession session) {
        ReentrantLock look = LOOKS.computeIfAbsent(session.place(), ignored -> new ReentrantLock());
        look.lock();
        try {
            return look(session);
        } catch (ProblemException notPermitted) {
            if (session.isBroken()) {
                throw notPermitted;
            }
            return UNKNOWN;
        } finally {
            look.unlock();
        }
    }

    /**
     * The list shows what each transaction runs. So it is made after this call began if the session's own transaction is
     * in it, with this very question.
     */
    private static OpenTransactions look(MySession session) {
        String question = question(UUID.randomUUID().toString());
        session.beginSnapshot();
        try {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                SqlRow row = session.query(question).getFirst();
                if (row.whole(3) > 0) {
                    return new OpenTransactions(
                            true, row.whole(0), row.whole(1), Math.max(0, row.whole(2)) + ROUNDING_SECONDS);
                }
                LockSupport.parkNanos(UNTIL_RENEWED.toNanos());
            }
            return UNKNOWN;
        } finally {
            session.rollback();
        }
    }

    private static String question(String sign) {
        return "SELECT MIN(IF(wrote, id, NULL)), MAX(IF(wrote, id, NULL)), MAX(IF(wrote, age, NULL)), MAX(own)"
                + " FROM (SELECT CAST(trx_id AS UNSIGNED) AS id,"
                + " CAST(trx_id AS UNSIGNED) BETWEEN 1 AND " + (FIRST_WITHOUT_NUMBER - 1) + " AS wrote,"
                + " TIMESTAMPDIFF(SECOND, CONVERT_TZ(trx_started, 'SYSTEM', '+00:00'), UTC_TIMESTAMP()) AS age,"
                + " trx_mysql_thread_id = CONNECTION_ID() AND INSTR(trx_query, " + Quoting.literal(sign)
                + ") > 0 AS own"
                + " FROM information_schema.INNODB_TRX) AS t";
    }

    boolean none() {
        return visible && newest == 0;
    }

    /** True if all that were open up to a number are finished. */
    boolean isPast(long number) {
        return none() || (visible && oldest > number);
    }
}
