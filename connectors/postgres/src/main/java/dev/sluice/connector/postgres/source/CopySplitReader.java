package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.postgres.copy.CopyColumn;
import dev.sluice.connector.postgres.copy.CopyOut;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one split by one COPY. Inside a split there is no place to go on from; splits are small for that reason. */
final class CopySplitReader implements SplitReader {
    private final PgSession session;
    private final SessionPool<PgSession> sessions;
    private final CopyOut copy;

    private CopySplitReader(PgSession session, SessionPool<PgSession> sessions, CopyOut copy) {
        this.session = session;
        this.sessions = sessions;
        this.copy = copy;
    }

    /** Begins the COPY in a session that is in the snapshot; the reader gives the session back. */
    static CopySplitReader open(
            PgSession session,
            SessionPool<PgSession> sessions,
            String statement,
            List<CopyColumn> columns,
            ReadContext context,
            Clock clock) {
        try {
            CopyOut copy = new CopyOut(session.wire(), statement, columns, context, clock);
            return new CopySplitReader(session, sessions, copy);
        } catch (IOException failure) {
            ProblemException problem = session.failed(failure);
            sessions.retire(session);
            throw problem;
        }
    }

    @Override
    public @Nullable RecordBatch read() {
        try {
            return copy.read();
        } catch (IOException failure) {
            throw session.failed(failure);
        }
    }

    @Override
    public @Nullable String position() {
        return null;
    }

    @Override
    public long reportedRows() {
        return copy.reportedRows();
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        if (copy.isEnded()) {
            sessions.retire(session);
        } else {
            sessions.discard(session);
        }
    }
}
