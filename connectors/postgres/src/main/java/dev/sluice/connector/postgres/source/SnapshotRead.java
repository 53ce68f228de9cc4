package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadPlan;

/**
 * A planned read and the session whose transaction holds its snapshot. That session reads no rows, so that a reader which
 * is broken off takes no snapshot with it.
 *
 * @param plan the plan
 * @param holder the session that holds the snapshot
 * @param sessions where the session goes afterwards
 */
record SnapshotRead(ReadPlan plan, PgSession holder, SessionPool<PgSession> sessions) implements PlannedRead {

    /** A session in the snapshot of a planned read, held here or elsewhere. */
    static PgSession join(String exported, SessionPool<PgSession> sessions) {
        PgSession session = sessions.take();
        try {
            session.beginSnapshot(exported);
            return session;
        } catch (ProblemException failure) {
            sessions.discard(session);
            throw failure;
        }
    }

    @Override
    public void close() {
        sessions.retire(holder);
    }
}
