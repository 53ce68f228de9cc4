package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadPlan;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A planned read and the session whose transaction holds its snapshot. The first reader uses that session itself; others
 * take sessions of their own into the same snapshot.
 */
final class SnapshotRead implements PlannedRead {
    private final ReadPlan plan;
    private final PgSession holder;
    private final @Nullable String exported;
    private final SessionPool<PgSession> sessions;
    private final Runnable onClose;
    private final AtomicBoolean lent = new AtomicBoolean();

    SnapshotRead(
            ReadPlan plan,
            PgSession holder,
            @Nullable String exported,
            SessionPool<PgSession> sessions,
            Runnable onClose) {
        this.plan = plan;
        this.holder = holder;
        this.exported = exported;
        this.sessions = sessions;
        this.onClose = onClose;
    }

    @Override
    public ReadPlan plan() {
        return plan;
    }

    /** A session that sees the snapshot. */
    PgSession borrow() {
        if (lent.compareAndSet(false, true)) {
            return holder;
        }
        PgSession session = sessions.take();
        try {
            session.beginSnapshot(exported);
            return session;
        } catch (ProblemException failure) {
            sessions.discard(session);
            throw failure;
        }
    }

    /**
     * Takes a session back.
     *
     * @param clean true if the session is outside any COPY
     */
    void giveBack(PgSession session, boolean clean) {
        if (session == holder) {
            // A holder in the middle of a COPY is of no more use to anybody, and stays lent.
            lent.set(!clean);
            if (!clean) {
                session.cancel();
            }
        } else if (clean) {
            endTransaction(session);
        } else {
            sessions.discard(session);
        }
    }

    @Override
    public void close() {
        onClose.run();
        endTransaction(holder);
    }

    private void endTransaction(PgSession session) {
        try {
            session.rollback();
            sessions.giveBack(session);
        } catch (ProblemException broken) {
            sessions.discard(session);
        }
    }
}
