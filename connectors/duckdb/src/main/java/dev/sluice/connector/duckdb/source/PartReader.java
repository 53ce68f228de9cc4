package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.cursor.RowDigest;
import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.cdk.sql.Condition;
import dev.sluice.duckdb.BatchReader;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.duckdb.ReadOptions;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one split. A range of row ids is read in their order, so that it can go on after any batch. */
final class PartReader implements SplitReader {
    private final Snapshot snapshot;
    private final DuckDbConnection connection;
    private final Relation relation;
    private final Schema schema;
    private final boolean byRowId;
    private final Condition condition;
    private final SeenRows.@Nullable Filter seen;
    private final BatchReader reader;
    private final RowDigest digest = new RowDigest();
    private long lastRowId = -1;
    private boolean ended;

    private PartReader(
            Snapshot snapshot,
            DuckDbConnection connection,
            Relation relation,
            Schema schema,
            Selection selection,
            BatchReader reader) {
        this.snapshot = snapshot;
        this.connection = connection;
        this.relation = relation;
        this.schema = schema;
        this.byRowId = selection.byRowId;
        this.condition = selection.condition;
        this.seen = selection.seen == null ? null : selection.seen.filter();
        this.reader = reader;
    }

    /**
     * What a reader reads.
     *
     * @param condition the rows
     * @param byRowId true if they come in the order of their row ids
     * @param seen the rows that are left out; null if none are
     */
    record Selection(
            Condition condition, boolean byRowId, @Nullable SeenRows seen) {}

    static PartReader open(
            Snapshot snapshot,
            Relation relation,
            Schema schema,
            Selection selection,
            ReadContext context,
            Clock clock) {
        List<String> columns = new ArrayList<>(schema.fields().stream()
                .map(Field::name)
                .map(DuckDbSql::identifier)
                .toList());
        if (selection.byRowId) {
            columns.add(Relation.ROW_ID);
        } else if (columns.isEmpty()) {
            columns.add("NULL");
        }
        String sql = columns.stream().collect(Collectors.joining(", ", "SELECT ", " FROM ")) + relation.quoted()
                + " WHERE " + selection.condition.sql();
        ReadOptions options =
                new ReadOptions(context.batchSize(), () -> micros(clock.instant()), context::admitLargeValue);
        DuckDbConnection connection = snapshot.borrow();
        boolean opened = false;
        try {
            connection.execute("SET SESSION preserve_insertion_order = true");
            BatchReader reader = connection.read(sql, options, selection.condition.arguments());
            opened = true;
            return new PartReader(snapshot, connection, relation, schema, selection, reader);
        } finally {
            if (!opened) {
                snapshot.giveBack(connection);
            }
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    @Override
    public @Nullable RecordBatch read() {
        while (true) {
            RecordBatch batch = reader.read();
            if (batch == null) {
                ended = true;
                return null;
            }
            if (byRowId) {
                advance((LongColumn) batch.column(schema.size()), batch.rows());
            }
            RecordBatch rows = Rows.of(batch, schema, seen == null ? null : this::wasSeen);
            if (rows.rows() > 0) {
                return rows;
            }
        }
    }

    private boolean wasSeen(RecordBatch batch, int row) {
        return seen != null && seen.takesOut(digest.of(batch, row, schema.size()));
    }

    /** The order is what makes a position one; it is checked rather than believed. */
    private void advance(LongColumn rowIds, int rows) {
        long[] values = rowIds.values();
        for (int row = 0; row < rows; row++) {
            if (values[row] <= lastRowId) {
                throw Problem.of(
                                "E_ROW_ORDER", ProblemKind.INTEGRITY, "the rows did not come in the order of their ids")
                        .at(relation.stream().toString())
                        .exception();
            }
            lastRowId = values[row];
        }
    }

    @Override
    public @Nullable String position() {
        // Rows that were left out once may be rows to deliver the next time, so such a split is read as a whole.
        return byRowId && seen == null && lastRowId >= 0 ? Long.toString(lastRowId + 1) : null;
    }

    /** I7: counted by DuckDB in the same moment by a statement of its own. */
    @Override
    public long reportedRows() {
        if (!ended) {
            return NOT_REPORTED;
        }
        reader.close();
        Object count = connection
                .rows("SELECT count(*) FROM " + relation.quoted() + " WHERE " + condition.sql(), condition.arguments())
                .getFirst()
                .getFirst();
        return (count instanceof Long rows ? rows : NOT_REPORTED) - (seen == null ? 0 : seen.matches());
    }

    @Override
    public void cancel() {
        connection.interrupt();
    }

    @Override
    public void close() {
        reader.close();
        snapshot.giveBack(connection);
    }
}
