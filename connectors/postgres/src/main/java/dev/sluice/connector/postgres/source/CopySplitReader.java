package dev.sluice.connector.postgres.source;

import dev.sluice.connector.postgres.copy.CopyColumn;
import dev.sluice.connector.postgres.copy.CopyOut;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one split by one COPY. Inside a split there is no place to go on from; splits are small for that reason. */
final class CopySplitReader implements SplitReader {
    private final SnapshotRead snapshot;
    private final PgSession session;
    private final CopyOut copy;

    private CopySplitReader(SnapshotRead snapshot, PgSession session, CopyOut copy) {
        this.snapshot = snapshot;
        this.session = session;
        this.copy = copy;
    }

    static CopySplitReader open(
            SnapshotRead snapshot, String statement, List<CopyColumn> columns, ReadContext context, Clock clock) {
        PgSession session = snapshot.borrow();
        try {
            return new CopySplitReader(
                    snapshot, session, new CopyOut(session.wire(), statement, columns, context, clock));
        } catch (IOException failure) {
            snapshot.giveBack(session, false);
            throw session.failed(failure);
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
        snapshot.giveBack(session, copy.isEnded());
    }
}
