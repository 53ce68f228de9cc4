package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.MirrorTarget;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of somebody else's that a run writes rows into as it is (data activation). Nothing of the table is altered, its
 * constraints decide, and no row is taken away but by the method that deletes.
 *
 * <p>The marker of each commit stands in the ledger, in the transaction of the rows (I2), so that no crash inserts a row twice.
 * Several streams may write one table; each has an entry of its own.
 */
final class ObjectTarget implements MirrorTarget {
    private static final int NAME = 32;

    private final SqlBackend backend;
    private final SessionPool<SqlSession> sessions;
    private final SqlSession session;
    private final TargetSpec spec;
    private final ObjectTable table;
    private final LedgerTables ledger;
    private final TableName entry;
    private final long fence;
    private final OpenWriters<ObjectWriter> writers;
    private final @Nullable MirrorKeys mirror;

    private ObjectTarget(
            SqlBackend backend,
            SessionPool<SqlSession> sessions,
            SqlSession session,
            TargetSpec spec,
            ObjectTable table,
            @Nullable MirrorKeys mirror,
            long fence) {
        this.backend = backend;
        this.mirror = mirror;
        this.sessions = sessions;
        this.writers = new OpenWriters<>(sessions);
        this.session = session;
        this.spec = spec;
        this.table = table;
        this.ledger = new LedgerTables(backend.dialect());
        this.entry = entry(spec, backend);
        this.fence = fence;
    }

    /** The name under which the ledger knows what a stream writes into a table. */
    static TableName entry(TargetSpec spec, SqlBackend backend) {
        String object = Objects.requireNonNull(spec.object()).object();
        String digest = Identifiers.digest(object + "\0" + spec.owner().connectionId() + "\0" + spec.stream());
        String head = object.length() > NAME ? object.substring(0, NAME) : object;
        return new TableName(backend.dialect().internalSchema(), head + ":" + digest.substring(0, 16));
    }

    /** Opens a table whose entry the session has locked. */
    static ObjectTarget open(
            SqlBackend backend, SessionPool<SqlSession> sessions, SqlSession session, TargetSpec spec) {
        ObjectTable table = table(backend, session, spec);
        LedgerTables ledger = new LedgerTables(backend.dialect());
        TableName entry = entry(spec, backend);
        MirrorKeys mirror = spec.mode().mode() == DestinationSyncMode.MIRROR
                ? MirrorKeys.open(backend, session, spec, table, entry)
                : null;
        session.begin();
        try {
            Optional<LedgerTables.Entry> known = ledger.find(session, entry);
            boolean goesOn = known.map(LedgerTables.Entry::ledger)
                    .filter(there -> !there.published()
                            && there.generation() == spec.generation().id()
                            && there.syncId() == spec.generation().syncId())
                    .isPresent();
            if (goesOn) {
                long fence = ledger.raiseFence(session, entry);
                session.commit();
                return new ObjectTarget(backend, sessions, session, spec, table, mirror, fence);
            }
            if (known.isPresent()
                    && !known.get().ledger().published()
                    && !spec.owner().takeOver()) {
                requireNothingInserted(ledger.markedRows(session, entry), spec);
            }
            if (known.isEmpty()
                    && spec.mode().mode() == DestinationSyncMode.APPEND
                    && !spec.owner().takeOver()) {
                requireNoNamesake(ledger.namesakes(session, spec), entry, spec);
            }
            ledger.forgetSplits(session, entry);
            if (mirror != null && (known.isEmpty() || spec.generation().truncates())) {
                mirror.forget(session);
            }
            long fence = ledger.enter(session, entry, spec, false, known.isPresent());
            session.commit();
            return new ObjectTarget(backend, sessions, session, spec, table, mirror, fence);
        } catch (ProblemException failure) {
            session.rollback();
            throw failure;
        }
    }

    /** Tells what opening would do. */
    static TargetPlan plan(SqlBackend backend, SqlSession session, TargetSpec spec) {
        ObjectTable table = table(backend, session, spec);
        List<ColumnPlan> columns = new ArrayList<>();
        for (LoadColumn.Data column : loaded(backend, table, spec)) {
            columns.add(new ColumnPlan(
                    column.field(),
                    column.name(),
                    column(table, column.name(), spec).sqlType(),
                    Fit.EXACT,
                    ColumnPlan.Action.KEEP,
                    null));
        }
        List<String> notes = new ArrayList<>();
        if (!spec.mode().primaryKey().isEmpty()) {
            notes.add("rows are found by "
                    + String.join(
                            " and ",
                            spec.mode().primaryKey().stream()
                                    .map(FieldPath::column)
                                    .toList()));
        }
        return new TargetPlan(table.object(), TargetPlan.Action.EXTEND, columns, Guarantee.EXACTLY_ONCE, notes);
    }

    static ObjectTables tables(SqlBackend backend) {
        return backend.objects().orElseThrow(() -> new IllegalStateException("this database has no objects"));
    }

    private static ObjectTable table(SqlBackend backend, SqlSession session, TargetSpec spec) {
        String object = Objects.requireNonNull(spec.object()).object();
        return tables(backend).find(session, object).stream()
                .findFirst()
                .orElseThrow(() -> Problem.of("E_OBJECT_UNKNOWN", ProblemKind.CONFIG, "there is no table " + object)
                        .at(spec.stream().toString())
                        .because("it is gone, or this user may not write it")
                        .exception());
    }

    /** The columns of the table of loaded rows, without the one that counts them. */
    private static List<LoadColumn.Data> loaded(SqlBackend backend, ObjectTable table, TargetSpec spec) {
        List<LoadColumn.Data> columns = new ArrayList<>();
        for (int i = 0; i < spec.schema().size(); i++) {
            Field field = spec.schema().field(i);
            String usual = backend.dialect().columnType(field.type()).sql();
            String type = tables(backend).loadedType(column(table, field.name(), spec), usual);
            columns.add(new LoadColumn.Data(field.name(), field, i, type));
        }
        return columns;
    }

    static ObjectTable.Column column(ObjectTable table, String name, TargetSpec spec) {
        return table.columns().stream()
                .filter(there -> there.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                "E_OBJECT_FIELD",
                                ProblemKind.CONFIG,
                                table.object() + " has no column " + name + " that can be written")
                        .at(spec.stream().toString())
                        .exception());
    }

    /**
     * A connection of this name has inserted rows of this stream before, under another identity: its state is lost, or it is another
     * one. Either way its rows would be there twice.
     */
    private static void requireNoNamesake(List<String> entries, TableName entry, TargetSpec spec) {
        String head = entry.table().substring(0, entry.table().lastIndexOf(':') + 1);
        if (entries.stream().anyMatch(other -> other.startsWith(head))) {
            String object = Objects.requireNonNull(spec.object()).object();
            throw Problem.of(
                            "E_OBJECT_INSERTED",
                            ProblemKind.CONFLICT,
                            "a connection of the same name has inserted rows of this stream into " + object + " before")
                    .at(object)
                    .because("nothing is remembered of it here, so that its rows would be inserted once more")
                    .fix("bring its state back; or remove those rows and run again with --take-over; `upsert` in"
                            + " place of `insert` never has this trouble")
                    .exception();
        }
    }

    /** What was inserted cannot be told from other rows any more, so it cannot be taken back. */
    private static void requireNothingInserted(long rows, TargetSpec spec) {
        if (rows > 0 && spec.mode().mode() == DestinationSyncMode.APPEND) {
            throw Problem.of(
                            "E_OBJECT_INSERTED",
                            ProblemKind.CONFLICT,
                            "a read that did not come to its end has inserted " + rows + " rows, which would be"
                                    + " inserted once more")
                    .at(String.valueOf(
                            spec.object() == null ? null : spec.object().object()))
                    .because("what is known of that read is gone or fits no more, so that it cannot go on")
                    .fix("remove those rows, then run again with --take-over; `upsert` in place of `insert` never has"
                            + " this trouble")
                    .exception();
        }
    }

    @Override
    public Writer writer(WriteContext context) {
        Set<String> kept = Objects.requireNonNull(spec.object()).kept();
        List<LoadColumn.Data> loaded = loaded(backend, table, spec);
        List<ObjectStatements.Written> columns = loaded.stream()
                .map(each -> new ObjectStatements.Written(column(table, each.name(), spec), kept.contains(each.name())))
                .toList();
        List<ObjectStatements.Written> key = spec.mode().primaryKey().stream()
                .map(path -> columns.stream()
                        .filter(column -> column.name().equals(path.column()))
                        .findFirst()
                        .orElseThrow())
                .toList();
        ObjectWriter.Rows rows = new ObjectWriter.Rows(loaded, columns, key);
        return writers.open((handle, own) -> new ObjectWriter(this, handle, own, rows, context));
    }

    @Override
    public void commit(Committable committable) {
        writers.whoPrepared(committable).commit(committable.marker());
    }

    @Override
    public void publish(long expectedRows, @Nullable Position end) {
        session.begin();
        try {
            requireFence(session, backend.dialect().lockForUpdate());
            long marked = ledger.markedRows(session, entry);
            if (marked != expectedRows) {
                throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "not all rows arrived in " + table.object())
                        .because("the ledger has " + marked + " rows and the run committed " + expectedRows)
                        .exception();
            }
            ledger.publish(session, entry, end);
            session.commit();
        } catch (ProblemException failure) {
            session.rollback();
            throw failure;
        }
    }

    @Override
    public Gone gone() {
        return keys().gone(session);
    }

    @Override
    public Removed removeGone() {
        tables(backend).opening().forEach(session::execute);
        session.begin();
        try {
            tables(backend).beginning().forEach(session::execute);
            requireFence(session, backend.dialect().lockForUpdate());
            Removed removed = keys().remove(session);
            Cut.at("before-removal-commit");
            session.commit();
            return removed;
        } catch (ProblemException failure) {
            session.rollback();
            throw failure;
        } finally {
            tables(backend).closing().forEach(session::execute);
        }
    }

    private MirrorKeys keys() {
        if (mirror == null) {
            throw new IllegalStateException("this target is no mirror");
        }
        return mirror;
    }

    Optional<MirrorKeys> mirror() {
        return Optional.ofNullable(mirror);
    }

    @Override
    public void discard() {
        session.begin();
        try {
            requireFence(session, backend.dialect().lockForUpdate());
            requireNothingInserted(ledger.markedRows(session, entry), spec);
            ledger.forgetSplits(session, entry);
            session.commit();
        } catch (ProblemException failure) {
            session.rollback();
            throw failure;
        }
    }

    void requireFence(SqlSession any, String lock) {
        ledger.requireFence(any, entry, fence, lock);
    }

    LedgerTables ledger() {
        return ledger;
    }

    TableName entry() {
        return entry;
    }

    ObjectTable table() {
        return table;
    }

    SqlBackend backend() {
        return backend;
    }

    TargetSpec spec() {
        return spec;
    }

    void forget(ObjectWriter writer, String handle, boolean reusable) {
        writers.forget(handle, writer.session(), reusable);
    }

    @Override
    public void close() {
        writers.close();
        try {
            backend.unlock(session, entry.toString());
            sessions.giveBack(session);
        } catch (ProblemException broken) {
            sessions.discard(session);
        }
    }

    /** What the ledger knows of it. */
    static Optional<Ledger> ledger(SqlBackend backend, SqlSession session, TargetSpec spec) {
        return new LedgerTables(backend.dialect())
                .find(session, entry(spec, backend))
                .map(LedgerTables.Entry::ledger);
    }
}
