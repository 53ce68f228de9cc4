package dev.sluice.cdk.sql;

import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.ProblemException;
import java.util.Optional;

/** Removes a table that was made for a trial, with its staged rows and all that the ledger says of it. */
final class TargetRemoval {
    private final SqlBackend backend;
    private final SqlSession session;
    private final TargetSpec spec;
    private final TableName table;
    private final TableStatements statements;
    private final LedgerTables ledger;

    /** Prepares to remove a table whose lock the session holds. */
    TargetRemoval(SqlBackend backend, SqlSession session, TargetSpec spec, TableName table) {
        this.backend = backend;
        this.session = session;
        this.spec = spec;
        this.table = table;
        this.statements = new TableStatements(backend.dialect());
        this.ledger = new LedgerTables(backend.dialect());
    }

    /** Removes the table; where that ends transactions, the ledger forgets it last, so that it can be done again. */
    void remove(boolean ledgerExists) {
        inTransaction(() -> {
            Optional<Ledger> known =
                    ledgerExists ? ledger.find(session, table).map(LedgerTables.Entry::ledger) : Optional.empty();
            // I8: what belongs to another connection is not ours to remove.
            known.ifPresent(there -> TargetOpening.requireOwner(there, spec, table));
            known.ifPresent(there -> session.execute(statements.dropTable(
                    TargetOpening.stagedTable(backend.dialect(), table, there.generation(), there.syncId()))));
            if (backend.columns(session, table).isPresent()) {
                session.execute(statements.dropTable(table));
            }
            if (ledgerExists) {
                ledger.forget(session, table);
            }
        });
    }

    /** Drops the schema of the table if the database has such things and nothing is in it. */
    void removeEmptySchema() {
        if (backend.dialect().createSchema(table.schema()).isEmpty()) {
            return;
        }
        inTransaction(() -> {
            boolean empty = session.query(
                            "SELECT 1 FROM information_schema.tables WHERE table_schema = ?", table.schema())
                    .isEmpty();
            boolean exists = !session.query(
                            "SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", table.schema())
                    .isEmpty();
            if (empty && exists) {
                session.execute(statements.dropSchema(table.schema()));
            }
        });
    }

    private void inTransaction(Runnable work) {
        session.begin();
        try {
            work.run();
            session.commit();
        } catch (ProblemException failure) {
            session.rollback();
            throw failure;
        }
    }
}
