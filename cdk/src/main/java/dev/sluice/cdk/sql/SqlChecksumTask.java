package dev.sluice.cdk.sql;

import dev.sluice.spi.source.ChecksumTask;
import dev.sluice.spi.source.Checksums;
import org.jspecify.annotations.Nullable;

/**
 * Has a database count and sum rows in one statement of its own session, which sees one moment.
 *
 * @param <S> the connector's kind of session
 */
public final class SqlChecksumTask<S extends SqlSession> implements ChecksumTask {
    private final SessionPool<S> sessions;
    private final S session;
    private final ChecksumQuery query;

    /** Takes a session out of a pool. */
    public SqlChecksumTask(SessionPool<S> sessions, ChecksumQuery query) {
        this.sessions = sessions;
        this.session = sessions.take();
        this.query = query;
    }

    @Override
    public @Nullable Checksums run() {
        return query.read(session.query(query.sql()));
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        sessions.giveBack(session);
    }
}
