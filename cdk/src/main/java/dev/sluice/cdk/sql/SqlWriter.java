package dev.sluice.cdk.sql;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Cut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the splits of one lane, each commit in a transaction of its own session.
 *
 * <p>Rows either go straight into the table, or into a table of this writer that is merged into it when the commit is
 * prepared. Preparing a merge locks the ledger's entry, so that two writers never merge one table at a time.
 */
final class SqlWriter implements Writer {
    private final SqlTarget target;
    private final String handle;
    private final SqlSession session;
    private final WriteContext context;
    private final BulkLoad load;

    private boolean inTransaction;
    private @Nullable TableName loading;
    private long loadedRows;
    private boolean hasDirectRows;
    private boolean closed;
    private long bytes;

    SqlWriter(SqlTarget target, String handle, SqlSession session, WriteContext context) {
        this.target = target;
        this.handle = handle;
        this.session = session;
        this.context = context;
        this.load = target.backend().load(session);
    }

    SqlSession session() {
        return session;
    }

    @Override
    public List<ValueChange> misfits(RecordBatch batch) {
        return load.misfits(target.place().layout().data(), batch);
    }

    @Override
    public void write(RecordBatch batch) {
        UnchangedValues.refuse(batch);
        begin();
        boolean merges = merges(batch);
        if (merges && loading != null && isDirect(loading)) {
            // The first change of a log after plain rows: from here on order matters.
            loadedRows += load.finish();
            loading = null;
            hasDirectRows = true;
        }
        if (loading == null) {
            loading = merges ? startMerge() : startDirect();
        }
        load.write(batch);
        bytes += batch.payloadBytes();
    }

    private boolean merges(RecordBatch batch) {
        boolean byKey = !target.place().layout().key().isEmpty();
        // A full copy that is built aside needs no merge: its duplicates go when it is published.
        return byKey && (!target.place().aside() || batch.hasOperations());
    }

    private TableName startDirect() {
        TableLayout layout = target.place().layout();
        load.start(layout.table(), layout.columns(), target.stamp(), context);
        return layout.table();
    }

    private TableName startMerge() {
        TableName own = target.backend().mergeTable(session, handle);
        session.execute(target.statements().dropMergeTable(own));
        session.execute(target.backend()
                .dialect()
                .createMergeTable(
                        target.statements().name(own),
                        target.statements().columnList(target.place().layout().columnsToMerge())));
        load.start(own, target.place().layout().columnsToMerge(), target.stamp(), context);
        return own;
    }

    @Override
    public Committable prepare(Marker marker) {
        begin();
        TableName loaded = loading;
        if (loaded != null) {
            loadedRows += load.finish();
            loading = null;
            if (!isDirect(loaded)) {
                merge(loaded);
            }
        }
        Committable prepared = new Committable(marker, loadedRows, 0, bytes, handle);
        loadedRows = 0;
        hasDirectRows = false;
        bytes = 0;
        return prepared;
    }

    private boolean isDirect(TableName loaded) {
        return loaded.equals(target.place().layout().table());
    }

    private void merge(TableName loaded) {
        takeTurn();
        requireFence(target.backend().dialect().lockForUpdate());
        TableStatements statements = target.statements();
        TableLayout layout = target.place().layout();
        target.backend().dialect().beforeMerge(statements.name(loaded)).forEach(session::execute);
        statements.merge(loaded, layout, false).forEach(session::execute);
        if (!session.query(statements.hasNullKeys(loaded, layout)).isEmpty()) {
            statements.merge(loaded, layout, true).forEach(session::execute);
        }
        session.execute(statements.dropMergeTable(loaded));
        Cut.at("after-merge");
    }

    /**
     * Keeps the merges of a table apart where no lock of the database does: what a transaction cannot see it would insert
     * once more. The table of the loaded rows outlives their transaction, so that the next one sees the merges before.
     * Rows that went straight into a staged table must not be committed so early; duplicates there go in the end anyway.
     */
    private void takeTurn() {
        if (!target.backend().dialect().lockForUpdate().isEmpty()) {
            return;
        }
        if (!hasDirectRows) {
            session.commit();
            inTransaction = false;
        }
        target.turns().take(this);
        begin();
    }

    /** I2: the marker goes into the transaction of the rows. */
    void commit(Marker marker) {
        begin();
        requireFence(target.backend().dialect().lockForShare());
        target.ledger().mark(session, target.place().table(), marker);
        session.commit();
        inTransaction = false;
        target.turns().giveBack(this);
    }

    private void requireFence(String lock) {
        target.ledger()
                .requireFence(session, target.place().table(), target.place().fence(), lock);
    }

    private void begin() {
        if (!inTransaction) {
            session.begin();
            inTransaction = true;
        }
    }

    @Override
    public void cancel() {
        target.turns().giveUp(this);
        load.cancel();
        session.cancel();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean reusable = loading == null && !target.turns().isHeldBy(this);
        try {
            load.close();
            session.rollback();
        } catch (ProblemException broken) {
            reusable = false;
        }
        target.turns().giveBack(this);
        target.forget(this, handle, reusable);
    }
}
