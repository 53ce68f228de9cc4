package dev.sluice.cdk.sql;

import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import java.util.List;
import java.util.Optional;

/** Takes a table for a run: checks the owner, discards what nobody continues, and prepares where the rows will go. */
final class TargetOpening {
    private final SqlBackend backend;
    private final SqlDialect dialect;
    private final SqlSession session;
    private final TargetSpec spec;
    private final TableLayout layout;
    private final TableStatements statements;
    private final LedgerTables ledger;

    TargetOpening(SqlBackend backend, SqlSession session, TargetSpec spec, TableLayout layout) {
        this.backend = backend;
        this.dialect = backend.dialect();
        this.session = session;
        this.spec = spec;
        this.layout = layout;
        this.statements = new TableStatements(dialect);
        this.ledger = new LedgerTables(dialect);
    }

    SqlTarget.Place open() {
        session.begin();
        try {
            Optional<LedgerTables.Entry> entry = ledger.find(session, layout.table());
            entry.ifPresent(known -> requireOwner(known.ledger()));
            SqlTarget.Place place =
                    entry.filter(this::isSameRun).map(this::takeUpAgain).orElseGet(() -> enterAnew(entry));
            Cut.at("before-open-commit");
            session.commit();
            return place;
        } catch (ProblemException failure) {
            session.rollback();
            throw failure;
        }
    }

    private boolean isSameRun(LedgerTables.Entry entry) {
        Ledger known = entry.ledger();
        return !known.published()
                && known.connectionId().equals(spec.owner().connectionId())
                && known.generation() == spec.generation().id()
                && known.syncId() == spec.generation().syncId();
    }

    private void requireOwner(Ledger known) {
        requireOwner(known, spec, layout.table());
    }

    /** I8: one owner a table. */
    static void requireOwner(Ledger known, TargetSpec spec, TableName table) {
        if (!known.connectionId().equals(spec.owner().connectionId())
                && !spec.owner().takeOver()) {
            throw Problem.of(
                            "E_TARGET_OWNED",
                            ProblemKind.CONFLICT,
                            "the table " + table + " is written by another connection")
                    .at(table.toString())
                    .because("it belongs to the connection with the id " + known.connectionId())
                    .fix("write to another table, or take it over with --take-over if the other connection is gone")
                    .exception();
        }
    }

    private SqlTarget.Place takeUpAgain(LedgerTables.Entry entry) {
        long fence = ledger.raiseFence(session, layout.table());
        if (!entry.aside()) {
            settleLedger();
            return placeDirect(fence);
        }
        TableName staged = stagedTable(spec.generation().id(), spec.generation().syncId());
        if (entry.swapping() && backend.columns(session, staged).isEmpty()) {
            // It died between the swap and the word of the ledger.
            return new SqlTarget.Place(layout.table(), layout.in(staged), true, fence, true);
        }
        ledger.forgetSwapping(session, layout.table());
        settleLedger();
        // I3: rows without a marker do not count, also where they survived because tables are not made in transactions.
        return placeAside(fence, entry.ledger().splits().isEmpty());
    }

    /** Where statements that define tables end the transaction anyway, what the ledger says has to be durable first. */
    private void settleLedger() {
        if (!dialect.definesInTransactions()) {
            session.commit();
            Cut.at("between-ledger-and-tables");
            session.begin();
        }
    }

    private SqlTarget.Place enterAnew(Optional<LedgerTables.Entry> entry) {
        entry.ifPresent(this::discardUnfinished);
        ledger.forgetSplits(session, layout.table());
        boolean aside = spec.generation().truncates() || isFirstCopyByKey();
        long fence = ledger.enter(session, layout.table(), spec, aside, entry.isPresent());
        settleLedger();
        return aside ? placeAside(fence, true) : placeDirect(fence);
    }

    /** The first copy of a table that keeps one row a key is built aside too: nobody sees a key twice on the way. */
    private boolean isFirstCopyByKey() {
        if (!spec.mode().mode().dedups()) {
            return false;
        }
        return backend.columns(session, layout.table()).isEmpty()
                || session.query(statements.isNotEmpty(layout.table())).isEmpty();
    }

    private void discardUnfinished(LedgerTables.Entry entry) {
        Ledger known = entry.ledger();
        if (known.published()) {
            return;
        }
        if (entry.aside()) {
            ledger.forgetSplits(session, layout.table());
            settleLedger();
            session.execute(statements.dropTable(stagedTable(known.generation(), known.syncId())));
            settleLedger();
        } else if (!spec.mode().mode().dedups()
                && backend.columns(session, layout.table()).isPresent()) {
            session.update(statements.deleteRun(layout.table()), known.generation(), known.syncId());
        }
    }

    private SqlTarget.Place placeAside(long fence, boolean fresh) {
        TableName staged = stagedTable(spec.generation().id(), spec.generation().syncId());
        Optional<List<ExistingColumn>> existing = fresh ? Optional.empty() : backend.columns(session, staged);
        TableLayout stagedLayout = layout.in(staged);
        if (existing.isEmpty()) {
            session.execute(statements.dropTable(staged));
            session.execute(statements.createTable(stagedLayout));
            return new SqlTarget.Place(layout.table(), stagedLayout, true, fence, false);
        }
        return new SqlTarget.Place(layout.table(), evolve(stagedLayout, existing.get()), true, fence, false);
    }

    private SqlTarget.Place placeDirect(long fence) {
        Optional<List<ExistingColumn>> existing = backend.columns(session, layout.table());
        if (existing.isEmpty()) {
            session.execute(statements.createTable(layout));
            return new SqlTarget.Place(layout.table(), layout, false, fence, false);
        }
        TableLayout evolved = evolve(layout, existing.get());
        if (!layout.key().isEmpty() && dialect.indexesKeys()) {
            statements.createKeyIndex(evolved, keyIndex(layout)).ifPresent(session::execute);
        }
        return new SqlTarget.Place(layout.table(), evolved, false, fence, false);
    }

    private TableLayout evolve(TableLayout wanted, List<ExistingColumn> existing) {
        TableEvolution evolution = TableEvolution.of(wanted, existing, dialect);
        evolution.statements(statements, dialect).forEach(session::execute);
        return evolution.applyTo(wanted);
    }

    /** The name of the index on the key: the same for a table and its staged successor, which stand in two schemas. */
    static String keyIndex(TableLayout layout) {
        String digest = Identifiers.digest(layout.table().table() + " " + layout.key());
        return "sluice_key_" + digest.substring(0, 16);
    }

    /** Deterministic, so that a run that is taken up again finds its table. */
    private TableName stagedTable(long generation, long syncId) {
        return stagedTable(dialect, layout.table(), generation, syncId);
    }

    /** Where the rows of a run of a table lie as long as they are not its content. */
    static TableName stagedTable(SqlDialect dialect, TableName table, long generation, long syncId) {
        String schema = dialect.movesTablesBetweenSchemas() ? dialect.internalSchema() : table.schema();
        TableName identity = Identifiers.identity(table, dialect);
        String digest = Identifiers.digest(identity + " " + generation + " " + syncId);
        return new TableName(schema, "_sluice_staged_" + digest.substring(0, 16));
    }
}
