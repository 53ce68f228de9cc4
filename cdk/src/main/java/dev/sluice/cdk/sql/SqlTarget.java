package dev.sluice.cdk.sql;

import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.source.Position;
import org.jspecify.annotations.Nullable;

/**
 * A table that a run of a connection writes.
 *
 * <p>Rows go to one of two places. Appended and merged rows go to the table itself. What replaces the table, and the
 * first full copy of a table that keeps one row a key, goes to a staged table aside, which takes the table's place when
 * the run is published (I5).
 */
final class SqlTarget implements Target {
    private final SqlBackend backend;
    private final SessionPool<SqlSession> sessions;
    private final SqlSession session;
    private final TargetSpec spec;
    private final Place place;
    private final ConnectorContext context;
    private final TableStatements statements;
    private final LedgerTables ledger;
    private final OpenWriters<SqlWriter> writers;
    private final Turns turns = new Turns();
    private boolean swapped;

    /**
     * Where the rows go.
     *
     * @param table the target
     * @param layout the columns, in the table that is written: the staged one if the rows go aside
     * @param aside true if they go to a staged table
     * @param fence what shows that this run still owns the target
     * @param swapped true if an attempt before this one has put the staged table in the place of the target, and died
     */
    record Place(TableName table, TableLayout layout, boolean aside, long fence, boolean swapped) {}

    private SqlTarget(
            SqlBackend backend,
            SessionPool<SqlSession> sessions,
            SqlSession session,
            TargetSpec spec,
            Place place,
            ConnectorContext context) {
        this.backend = backend;
        this.sessions = sessions;
        this.writers = new OpenWriters<>(sessions);
        this.session = session;
        this.spec = spec;
        this.place = place;
        this.swapped = place.swapped();
        this.context = context;
        this.statements = new TableStatements(backend.dialect());
        this.ledger = new LedgerTables(backend.dialect());
    }

    /** Opens a target whose lock the session holds. */
    static SqlTarget open(
            SqlBackend backend,
            SessionPool<SqlSession> sessions,
            SqlSession session,
            TargetSpec spec,
            TableLayout layout,
            ConnectorContext context) {
        Place place = new TargetOpening(backend, session, spec, layout).open();
        return new SqlTarget(backend, sessions, session, spec, place, context);
    }

    @Override
    public Writer writer(WriteContext writeContext) {
        return writers.open((handle, own) -> new SqlWriter(this, handle, own, writeContext));
    }

    @Override
    public void commit(Committable committable) {
        writers.whoPrepared(committable).commit(committable.marker());
    }

    @Override
    public void publish(long expectedRows, @Nullable Position end) {
        session.begin();
        try {
            ledger.requireFence(
                    session, place.table(), place.fence(), backend.dialect().lockForUpdate());
            verify(expectedRows);
            if (place.aside() && !swapped) {
                swap();
            }
            ledger.publish(session, place.table(), end);
            Cut.at("before-publish-commit");
            session.commit();
            backend.dialect().swap().afterwards(place.table()).forEach(session::execute);
        } catch (ProblemException failure) {
            session.rollback();
            throw failure;
        }
    }

    /** I5, I7: everything that was committed is there, before anything older goes. */
    private void verify(long expectedRows) {
        long marked = ledger.markedRows(session, place.table());
        if (marked != expectedRows) {
            throw missingRows("the ledger has " + marked + " rows and the run committed " + expectedRows);
        }
        if (!place.aside() || swapped) {
            return;
        }
        if (backend.dialect().countsQuickly()) {
            long counted = session.query(statements.count(place.layout().table()))
                    .getFirst()
                    .whole(0);
            if (counted != expectedRows && !mergedAside()) {
                throw missingRows("the staged table has " + counted + " rows and the run committed " + expectedRows);
            }
        } else if (expectedRows > 0
                && session.query(statements.isNotEmpty(place.layout().table())).isEmpty()
                && !mergedAside()) {
            throw missingRows("the staged table is empty and the run committed " + expectedRows + " rows");
        }
    }

    private boolean mergedAside() {
        return spec.mode().mode().dedups();
    }

    private ProblemException missingRows(String why) {
        return Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "the new content of the table is not complete")
                .at(place.table().toString())
                .because(why)
                .fix("the old content was left as it is; run the sync again")
                .exception();
    }

    private void swap() {
        SqlDialect dialect = backend.dialect();
        TableLayout staged = place.layout();
        if (!staged.key().isEmpty()) {
            if (dialect.indexesKeys()) {
                TableLayout named = staged.in(place.table());
                statements.createKeyIndex(staged, TargetOpening.keyIndex(named)).ifPresent(session::execute);
            }
            if (!session.query(statements.hasDuplicates(staged)).isEmpty()) {
                session.execute(statements.deleteDuplicates(staged));
            }
        }
        boolean exists = backend.columns(session, place.table()).isPresent();
        boolean inTransaction = dialect.definesInTransactions();
        if (!inTransaction) {
            // I2, I3: from here on a missing staged table means that the swap is done. The lock of the target belongs
            // to
            // this session, so nobody else can take the target before its statements have run (I8).
            ledger.markSwapping(session, place.table());
            session.commit();
        }
        Cut.at("before-swap");
        statements.swap(staged.table(), place.table(), exists).forEach(session::execute);
        Cut.at("after-swap");
        if (!inTransaction) {
            swapped = true;
            session.begin();
            ledger.requireFence(session, place.table(), place.fence(), dialect.lockForUpdate());
        }
    }

    @Override
    public void discard() {
        session.begin();
        try {
            ledger.requireFence(
                    session, place.table(), place.fence(), backend.dialect().lockForUpdate());
            if (!place.aside() && place.layout().key().isEmpty() && ledger.markedRows(session, place.table()) > 0) {
                session.update(
                        statements.deleteRun(place.table()),
                        spec.generation().id(),
                        spec.generation().syncId());
            }
            // Merged rows stay: merging them again changes nothing.
            ledger.forgetSplits(session, place.table());
            if (place.aside()) {
                discardStaged();
            }
            session.commit();
        } catch (ProblemException failure) {
            session.rollback();
            throw failure;
        }
    }

    private void discardStaged() {
        if (!backend.dialect().definesInTransactions()) {
            session.commit(); // without markers the staged rows mean nothing (I3)
            session.begin();
        }
        session.execute(statements.dropTable(place.layout().table()));
        session.execute(statements.createTable(place.layout()));
        swapped = false;
    }

    @Override
    public void close() {
        writers.close();
        try {
            backend.unlock(
                    session,
                    Identifiers.identity(place.table(), backend.dialect()).toString());
            sessions.giveBack(session);
        } catch (ProblemException broken) {
            context.log(System.Logger.Level.DEBUG, "the connection broke while letting go of " + place.table());
            sessions.discard(session);
        }
    }

    SqlBackend backend() {
        return backend;
    }

    Place place() {
        return place;
    }

    RowStamp stamp() {
        return new RowStamp(spec.generation().id(), spec.generation().syncId());
    }

    Turns turns() {
        return turns;
    }

    LedgerTables ledger() {
        return ledger;
    }

    TableStatements statements() {
        return statements;
    }

    void forget(SqlWriter writer, String handle, boolean reusable) {
        writers.forget(handle, writer.session(), reusable);
    }
}
