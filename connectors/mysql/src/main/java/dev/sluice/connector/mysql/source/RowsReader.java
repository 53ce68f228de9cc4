package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.wire.ResultReader;
import dev.sluice.connector.mysql.wire.ServerError;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Reads one split by one query. Inside a split there is no place to go on from; splits are small for that reason. */
final class RowsReader implements SplitReader {
    private final MySession session;
    private final SnapshotGroup group;
    private final SessionPool<MySession> others;
    private final ResultReader rows;

    private RowsReader(MySession session, SnapshotGroup group, SessionPool<MySession> others, ResultReader rows) {
        this.session = session;
        this.group = group;
        this.others = others;
        this.rows = rows;
    }

    /**
     * Begins the query in a session of the group; the reader gives the session back.
     *
     * @param others where it gets a session by which a query can be broken off
     */
    static RowsReader open(
            SnapshotGroup group,
            SessionPool<MySession> others,
            String sql,
            ResultReader.Shape shape,
            ReadContext context,
            Clock clock) {
        MySession session = group.take();
        try {
            return new RowsReader(session, group, others, new ResultReader(session.wire(), sql, shape, context, clock));
        } catch (IOException failure) {
            ProblemException problem = session.failed(failure);
            group.giveBack(session);
            throw problem;
        }
    }

    @Override
    public @Nullable RecordBatch read() {
        try {
            if (session.isBroken()) {
                throw new IOException("the read was cancelled"); // what has arrived already must not look like the end
            }
            return rows.read();
        } catch (IOException failure) {
            throw session.failed(failure);
        }
    }

    @Override
    public @Nullable String position() {
        return null;
    }

    /** I7: the server counts what it sent, and the filter what it left out. */
    @Override
    public long reportedRows() {
        try {
            return session.query("SELECT FOUND_ROWS()").getFirst().whole(0) - rows.leftOut();
        } catch (ProblemException notKnown) {
            if (session.isBroken()) {
                throw notKnown;
            }
            return NOT_REPORTED;
        }
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        if (!rows.isEnded() && !session.isBroken()) {
            breakOff();
        }
        group.giveBack(session);
    }

    /** Ends the query and keeps the session, whose snapshot no other session can take over. */
    private void breakOff() {
        try {
            others.with(other -> other.attempt("KILL QUERY " + session.id()));
            rows.drain();
            session.attempt("DO 0"); // takes the blow if the query was over when it came
        } catch (ServerError ended) {
            session.attempt("DO 0");
        } catch (IOException broken) {
            session.cancel();
        }
    }
}
