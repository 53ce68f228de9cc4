package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowSelection;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into a table of somebody else's. A batch is loaded beside the table and brought into it by a few statements. If
 * the table refuses a row, the batch is halved until the row stands alone; then that row is rejected and all others arrive.
 *
 * <p>One thread uses it, except for {@link #cancel}.
 */
final class ObjectWriter implements Writer {
    private static final Problem LET_FALL = Problem.of(
            "E_VALUE_REFUSED",
            ProblemKind.DATA,
            "a rule or trigger of the table let the row fall, or another program wrote the same row just now");

    private final ObjectTarget target;
    private final String handle;
    private final SqlSession session;
    private final Rows rows;
    private final WriteContext context;
    private final BulkLoad load;
    private final TableName own;
    private final ObjectTables tables;
    private final ObjectStatements statements;

    private boolean inTransaction;
    private boolean closed;
    private long taken;
    private long rejected;
    private long unchanged;
    private long bytes;

    /**
     * What the rows are.
     *
     * @param loaded the columns beside the table
     * @param columns the columns of the table that they go to
     * @param key those that rows are found by
     */
    record Rows(
            List<LoadColumn.Data> loaded, List<ObjectStatements.Written> columns, List<ObjectStatements.Written> key) {}

    ObjectWriter(ObjectTarget target, String handle, SqlSession session, Rows rows, WriteContext context) {
        this.target = target;
        this.handle = handle;
        this.session = session;
        this.rows = rows;
        this.context = context;
        SqlBackend backend = target.backend();
        this.tables = ObjectTarget.tables(backend);
        this.load = backend.load(session);
        this.own = backend.mergeTable(session, handle);
        SqlDialect dialect = backend.dialect();
        this.statements = new ObjectStatements(
                dialect.qualified(target.table().table()),
                dialect.qualified(own),
                rows.columns(),
                rows.key(),
                dialect,
                tables);
        tables.opening().forEach(session::execute);
    }

    SqlSession session() {
        return session;
    }

    @Override
    public void write(RecordBatch batch) {
        UnchangedValues.refuse(batch);
        begin();
        RecordBatch fitting = withoutDeletes(withoutMisfits(batch));
        bytes += fitting.payloadBytes();
        if (fitting.rows() > 0) {
            loadBeside(fitting);
            bring(fitting, 0, fitting.rows());
            target.mirror().ifPresent(keys -> keys.meet(session, statements.matched(0, fitting.rows())));
            session.execute(target.backend().dialect().dropMergeTable(statements.loaded()));
        }
    }

    /** A value that the load would alter is one that the table does not hold. */
    private RecordBatch withoutMisfits(RecordBatch batch) {
        TreeMap<Integer, ValueChange> first = new TreeMap<>();
        load.misfits(rows.loaded(), batch).forEach(change -> first.putIfAbsent(change.row(), change));
        first.forEach((row, change) -> reject(
                batch,
                row,
                "VALUE_DOES_NOT_FIT",
                "the column " + change.field() + " cannot hold the value",
                change.field()));
        return first.isEmpty()
                ? batch
                : RowSelection.of(
                        batch,
                        IntStream.range(0, batch.rows())
                                .filter(row -> !first.containsKey(row))
                                .toArray());
    }

    /** That a row is gone at its source changes nothing of what was made of it. */
    private RecordBatch withoutDeletes(RecordBatch batch) {
        if (!batch.hasOperations()) {
            return batch;
        }
        int[] left = IntStream.range(0, batch.rows())
                .filter(row -> batch.operation(row) != Operation.DELETE)
                .toArray();
        taken += batch.rows() - left.length;
        unchanged += batch.rows() - left.length;
        return left.length == batch.rows() ? batch : RowSelection.of(batch, left);
    }

    private void loadBeside(RecordBatch batch) {
        SqlDialect dialect = target.backend().dialect();
        LoadColumn.Data counter = new LoadColumn.Data(
                ObjectStatements.ROW,
                new Field(ObjectStatements.ROW, new DataType.IntType(64)),
                batch.schema().size(),
                dialect.columnType(new DataType.IntType(64)).sql());
        List<LoadColumn> columns = new ArrayList<>(rows.loaded());
        columns.add(counter);
        // A bulk load makes rows that end in Airbyte's columns; they go no further than the table beside.
        for (MetaColumn meta : MetaColumn.values()) {
            columns.add(new LoadColumn.Meta(meta));
        }
        TableStatements tables = new TableStatements(dialect);
        session.execute(dialect.dropMergeTable(statements.loaded()));
        session.execute(dialect.createMergeTable(statements.loaded(), tables.columnList(columns)));
        load.start(own, columns, new RowStamp(0, 0), context);
        load.write(counted(batch, counter.field()));
        long loaded = load.finish();
        if (loaded != batch.rows()) {
            throw Problem.of(
                            "E_IMBALANCE", ProblemKind.INTEGRITY, "of " + batch.rows() + " rows " + loaded + " arrived")
                    .at(target.table().object())
                    .exception();
        }
        dialect.beforeMerge(statements.loaded()).forEach(session::execute);
    }

    /** The rows with their places, as plain rows. */
    private static RecordBatch counted(RecordBatch batch, Field counter) {
        List<Field> fields = new ArrayList<>(batch.schema().fields());
        fields.add(counter);
        List<Column> columns = new ArrayList<>(batch.columns());
        LongColumn.Builder places = new LongColumn.Builder(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            places.append(row);
        }
        columns.add(places.build());
        return RecordBatch.of(new Schema(fields), batch.rows(), columns, batch.extractedAt());
    }

    private void bring(RecordBatch batch, int from, int to) {
        switch (attempt(from, to)) {
            case Attempt.Done done -> settle(batch, to - from, done);
            case Attempt.Refused ignored
            when to - from > 1 -> {
                int middle = (from + to) >>> 1;
                bring(batch, from, middle);
                bring(batch, middle, to);
            }
            case Attempt.Refused(Problem why) -> bringAlone(batch, from, why);
        }
    }

    /** Somebody else may have inserted the same key just before: then it is there now, and is updated. */
    private void bringAlone(RecordBatch batch, int row, Problem why) {
        if (!rows.key().isEmpty() && attempt(row, row + 1) instanceof Attempt.Done done) {
            settle(batch, 1, done);
        } else {
            reject(batch, row, "REFUSED", why.message(), null);
        }
    }

    private void settle(RecordBatch batch, int range, Attempt.Done done) {
        done.missing().forEach(row -> reject(batch, row, "NOT_FOUND", "there is no such object to be updated", null));
        taken += range - done.missing().size();
        unchanged += done.same();
    }

    /** What came of bringing a range of rows into the table. */
    private sealed interface Attempt {
        /**
         * They are there.
         *
         * @param missing those that nothing in the table matches, so that there was nothing to update
         * @param same how many the table had just so
         */
        record Done(List<Integer> missing, long same) implements Attempt {}

        /** The table is as it was before. */
        record Refused(Problem why) implements Attempt {}
    }

    private Attempt attempt(int from, int to) {
        session.execute("SAVEPOINT sluice_rows");
        try {
            List<Integer> missing =
                    method() == DestinationSyncMode.UPDATE ? rows(statements.unmatched(from, to)) : List.of();
            Expected expected = expected(from, to);
            long changed = 0;
            for (String statement : statements.of(method(), from, to)) {
                changed += session.update(statement);
            }
            if (changed != expected.changes()) {
                return refused(LET_FALL);
            }
            session.execute("RELEASE SAVEPOINT sluice_rows");
            return new Attempt.Done(missing, expected.same());
        } catch (ProblemException failure) {
            if (failure.problem().kind() != ProblemKind.DATA) {
                throw failure;
            }
            return refused(failure.problem());
        }
    }

    private Attempt refused(Problem why) {
        session.execute("ROLLBACK TO SAVEPOINT sluice_rows");
        session.execute("RELEASE SAVEPOINT sluice_rows");
        return new Attempt.Refused(why);
    }

    /**
     * What bringing rows into the table has to do: I7: a rule or trigger of the table that lets a row fall says nothing of it, and the
     * row must not count as written.
     *
     * @param changes how many rows of the table are inserted, changed or deleted
     * @param same for how many nothing has to be done
     */
    private record Expected(long changes, long same) {}

    private Expected expected(int from, int to) {
        DestinationSyncMode method = method();
        if (method == DestinationSyncMode.APPEND || method == DestinationSyncMode.OVERWRITE) {
            return new Expected(to - (long) from, 0);
        }
        SqlRow census = session.query(statements.census(from, to)).getFirst();
        long counting = census.whole(0);
        long there = census.whole(1);
        long same = census.whole(2);
        return switch (method) {
            case APPEND_DEDUP, OVERWRITE_DEDUP, MIRROR -> new Expected(counting - same, same);
            case UPDATE -> new Expected(there - same, same);
            case SOFT_DELETE -> new Expected(there - same, counting - there + same);
            case DELETE -> new Expected(there, counting - there);
            case APPEND, OVERWRITE -> throw new IllegalArgumentException("no such method: " + method);
        };
    }

    private DestinationSyncMode method() {
        return target.spec().mode().mode();
    }

    private List<Integer> rows(String query) {
        return session.query(query).stream().map(row -> (int) row.whole(0)).toList();
    }

    private void reject(RecordBatch batch, int row, String code, String reason, @Nullable String field) {
        context.reject(batch, row, code, reason, field);
        rejected++;
    }

    @Override
    public Committable prepare(Marker marker) {
        begin();
        Committable prepared = new Committable(marker, taken, rejected, bytes, unchanged, handle);
        taken = 0;
        rejected = 0;
        unchanged = 0;
        bytes = 0;
        return prepared;
    }

    /** I2: the marker goes into the transaction of the rows. */
    void commit(Marker marker) {
        begin();
        target.requireFence(session, target.backend().dialect().lockForShare());
        target.ledger().mark(session, target.entry(), marker);
        Cut.at("before-object-commit");
        session.commit();
        inTransaction = false;
    }

    private void begin() {
        if (!inTransaction) {
            session.begin();
            tables.beginning().forEach(session::execute);
            inTransaction = true;
        }
    }

    @Override
    public void cancel() {
        load.cancel();
        session.cancel();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean reusable = true;
        try {
            load.close();
            session.rollback();
            tables.closing().forEach(session::execute);
        } catch (ProblemException broken) {
            reusable = false;
        }
        target.forget(this, handle, reusable);
    }
}
