package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A destination in a SQL database.
 *
 * <p>It keeps exactly-once in all modes: the marker of each commit is a row of the ledger in the same transaction. Thread
 * rules are those of {@link Destination}.
 */
public final class SqlDestination implements Destination {
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOCK_RETRY = Duration.ofMillis(50);

    private final SqlBackend backend;
    private final ConnectorContext context;
    private final SessionPool<SqlSession> sessions;
    private final ReentrantLock ledgerLock = new ReentrantLock();
    private boolean ledgerExists;
    private final Set<String> schemas = new HashSet<>();

    /**
     * Makes a destination.
     *
     * @param backend the database; closed with the destination
     * @param context the host
     */
    public SqlDestination(SqlBackend backend, ConnectorContext context) {
        this.backend = backend;
        this.context = context;
        this.sessions = new SessionPool<>(backend::open);
    }

    @Override
    public DestinationTraits traits() {
        return new DestinationTraits(
                Set.of(
                        DestinationSyncMode.APPEND,
                        DestinationSyncMode.OVERWRITE,
                        DestinationSyncMode.APPEND_DEDUP,
                        DestinationSyncMode.OVERWRITE_DEDUP),
                true,
                true,
                false,
                true,
                backend.maxWriters());
    }

    @Override
    public List<ObjectOperation> operations(@Nullable String object) {
        return backend.objects()
                .map(tables -> sessions.with(session -> TableObjects.operations(tables.find(session, object))))
                .orElse(List.of());
    }

    @Override
    public CheckReport check() {
        return backend.check();
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        if (spec.object() != null) {
            return sessions.with(session -> ObjectTarget.plan(backend, session, spec));
        }
        requireMode(spec);
        SqlDialect dialect = backend.dialect();
        TableLayout layout = TableLayout.of(spec, dialect, backend.defaultSchema());
        return sessions.with(session -> {
            Optional<List<ExistingColumn>> existing = backend.columns(session, layout.table());
            List<String> notes = new ArrayList<>();
            if (existing.isPresent() && find(session, layout.table()).isEmpty()) {
                notes.add(requireOurs(layout.table(), existing.get(), spec));
            }
            boolean replaces =
                    spec.mode().mode().overwrites() || spec.generation().truncates();
            TableEvolution evolution = existing.filter(there -> !replaces)
                    .map(there -> TableEvolution.of(layout, there, dialect))
                    .orElseGet(() -> TableEvolution.create(layout, dialect));
            TargetPlan.Action action = action(existing.isPresent(), replaces);
            notes.removeIf(String::isEmpty);
            TableName identity = Identifiers.identity(layout.table(), dialect);
            return new TargetPlan(identity.toString(), action, evolution.columns(), Guarantee.EXACTLY_ONCE, notes);
        });
    }

    private static TargetPlan.Action action(boolean exists, boolean replaces) {
        if (!exists) {
            return TargetPlan.Action.CREATE;
        }
        return replaces ? TargetPlan.Action.REPLACE : TargetPlan.Action.EXTEND;
    }

    /** Refuses to touch a table that no mover of data made, and says so of one that another one made. */
    private static String requireOurs(TableName table, List<ExistingColumn> existing, TargetSpec spec) {
        boolean looksLikeOurs =
                existing.stream().anyMatch(column -> column.name().equalsIgnoreCase(MetaColumn.RAW_ID.column()));
        if (looksLikeOurs) {
            return "the table is there, made by another run of Airbyte or Sluice; this connection goes on with it";
        }
        if (spec.owner().takeOver()) {
            return "the table is there and was not made by Sluice; it is taken over";
        }
        throw Problem.of(
                        "E_TARGET_FOREIGN",
                        ProblemKind.CONFLICT,
                        "the table " + table + " is there and was not made by Sluice")
                .at(table.toString())
                .because("it has no column " + MetaColumn.RAW_ID.column() + ", so it may be somebody's own data")
                .fix("choose another name with `prefix`, `as` or `namespace`, or allow it with --take-over")
                .exception();
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        if (spec.object() != null) {
            return sessions.with(
                    session -> hasLedger(session) ? ObjectTarget.ledger(backend, session, spec) : Optional.empty());
        }
        TableLayout layout = TableLayout.of(spec, backend.dialect(), backend.defaultSchema());
        return sessions.with(session -> find(session, layout.table())).map(LedgerTables.Entry::ledger);
    }

    @Override
    public ReadBack readBack(TargetSpec spec) {
        if (spec.object() != null) {
            // What stands in a table of somebody else's is not a copy that could be held against its source.
            return Destination.super.readBack(spec);
        }
        TableName table =
                TableLayout.of(spec, backend.dialect(), backend.defaultSchema()).table();
        return backend.reader(context)
                .map(source -> new ReadBack(source, backend.stream(table)))
                .orElseGet(() -> Destination.super.readBack(spec));
    }

    private Optional<LedgerTables.Entry> find(SqlSession session, TableName table) {
        return hasLedger(session) ? new LedgerTables(backend.dialect()).find(session, table) : Optional.empty();
    }

    private boolean hasLedger(SqlSession session) {
        ledgerLock.lock();
        try {
            if (!ledgerExists) {
                TableName targets = new TableName(backend.dialect().internalSchema(), "targets");
                ledgerExists = backend.columns(session, targets).isPresent();
            }
            return ledgerExists;
        } finally {
            ledgerLock.unlock();
        }
    }

    private void requireMode(TargetSpec spec) {
        DestinationSyncMode mode = spec.mode().mode();
        if (!traits().modes().contains(mode)) {
            throw Problem.of("E_MODE_UNSUPPORTED", ProblemKind.CONFIG, "tables cannot be written in the mode " + mode)
                    .at(spec.stream().toString())
                    .exception();
        }
    }

    @Override
    public Target open(TargetSpec spec) {
        if (spec.object() != null) {
            return openObjects(spec);
        }
        requireMode(spec);
        SqlSession session = sessions.take();
        String lockKey = null;
        try {
            createLedger(session);
            TableLayout layout = TableLayout.of(spec, backend.dialect(), backend.defaultSchema());
            TableName identity = Identifiers.identity(layout.table(), backend.dialect());
            lockKey = identity.toString();
            lock(session, identity);
            createSchema(session, layout.table().schema());
            return SqlTarget.open(backend, sessions, session, spec, layout, context);
        } catch (ProblemException failure) {
            release(session, lockKey);
            throw failure;
        }
    }

    private Target openObjects(TargetSpec spec) {
        SqlSession session = sessions.take();
        String lockKey = null;
        try {
            createLedger(session);
            TableName entry = ObjectTarget.entry(spec, backend);
            lockKey = entry.toString();
            lock(session, entry);
            return ObjectTarget.open(backend, sessions, session, spec);
        } catch (ProblemException failure) {
            release(session, lockKey);
            throw failure;
        }
    }

    @Override
    public boolean remove(TargetSpec spec) {
        if (spec.object() != null) {
            return false;
        }
        TableLayout layout = TableLayout.of(spec, backend.dialect(), backend.defaultSchema());
        TableName identity = Identifiers.identity(layout.table(), backend.dialect());
        SqlSession session = sessions.take();
        String lockKey = null;
        try {
            lockKey = identity.toString();
            lock(session, identity);
            TargetRemoval removal = new TargetRemoval(backend, session, spec, layout.table());
            removal.remove(hasLedger(session));
            if (spec.name().namespace() != null) {
                forgetSchema(layout.table().schema());
                removal.removeEmptySchema();
            }
        } finally {
            release(session, lockKey);
        }
        return true;
    }

    private void forgetSchema(String schema) {
        ledgerLock.lock();
        try {
            schemas.remove(schema);
        } finally {
            ledgerLock.unlock();
        }
    }

    /** Takes the lock of a table; waits a little, because a server notices the death of a run only after a moment. */
    private void lock(SqlSession session, TableName table) {
        long deadline = System.nanoTime() + LOCK_PATIENCE.toNanos();
        while (!backend.tryLock(session, table.toString())) {
            if (System.nanoTime() > deadline || context.cancelled()) {
                throw Problem.of("E_TARGET_BUSY", ProblemKind.CONFLICT, "another run is writing the table " + table)
                        .at(table.toString())
                        .fix("wait until it is done; a killed run lets go within moments")
                        .exception();
            }
            LockSupport.parkNanos(LOCK_RETRY.toNanos());
        }
    }

    private void release(SqlSession session, @Nullable String lockKey) {
        try {
            session.rollback();
            if (lockKey != null) {
                backend.unlock(session, lockKey);
            }
            sessions.giveBack(session);
        } catch (ProblemException broken) {
            sessions.discard(session);
        }
    }

    private void createLedger(SqlSession session) {
        ledgerLock.lock();
        try {
            if (!hasLedger(session)) {
                LedgerTables ledger = new LedgerTables(backend.dialect());
                createOnce(() -> ledger.create(session));
            }
        } finally {
            ledgerLock.unlock();
        }
    }

    /**
     * Creates the schema of a table, in a transaction of its own: streams that open at the same time would wait for each
     * other's whole opening, and the later one would then find a schema that its statement meant to make.
     */
    private void createSchema(SqlSession session, String schema) {
        ledgerLock.lock();
        try {
            if (!schemas.contains(schema)) {
                backend.dialect()
                        .createSchema(schema)
                        .ifPresent(statement -> createOnce(() -> session.execute(statement)));
                schemas.add(schema);
            }
        } finally {
            ledgerLock.unlock();
        }
    }

    /** Another process may create the same in the same moment: the one that fails finds it there the second time. */
    private static void createOnce(Runnable creation) {
        try {
            creation.run();
        } catch (ProblemException clash) {
            creation.run();
        }
    }

    @Override
    public void close() {
        sessions.close();
        backend.close();
    }
}
