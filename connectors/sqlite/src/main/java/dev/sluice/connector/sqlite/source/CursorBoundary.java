package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.cursor.RowDigest;
import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.cdk.sql.Condition;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.StreamRead;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds where an incremental read ends, in the snapshot in which its rows are read.
 *
 * <p>It ends at the greatest value that lies not in the future. SQLite has one writer at a time, so no commit comes late;
 * rows with the same value may come, and are told from those that were delivered by digests. Rows without a value are
 * remembered too, as long as they are few.
 */
final class CursorBoundary {
    /** About two megabytes in a position. */
    private static final int MAX_SEEN = 200_000;

    private static final int MAX_WITHOUT_VALUE = 20_000;

    private final Snapshot snapshot;
    private final Relation relation;
    private final StreamRead read;
    private final CursorColumn cursor;
    private final ConnectorContext context;

    CursorBoundary(
            Snapshot snapshot, Relation relation, StreamRead read, CursorColumn cursor, ConnectorContext context) {
        this.snapshot = snapshot;
        this.relation = relation;
        this.read = read;
        this.cursor = cursor;
        this.context = context;
    }

    /** Values become null here where the read would reject them; nothing is told. */
    private static final class Quiet implements ReadContext {
        @Override
        public BatchSize batchSize() {
            return BatchSize.DEFAULT;
        }

        @Override
        public boolean admitLargeValue(long bytes) {
            return true;
        }

        @Override
        public boolean annotates() {
            return true;
        }

        @Override
        public void reject(RejectedRecord record) {
            throw new IllegalStateException(record.reason());
        }
    }

    /**
     * The position after a read.
     *
     * @param before the position at its beginning; null if it reads everything
     */
    CursorPosition end(@Nullable CursorPosition before) {
        String kind = query("SELECT typeof(max(" + cursor.order() + "))", Condition.ALWAYS)
                .requireText(0);
        requireOrder(kind);
        String last = before == null ? null : before.value();
        Condition allowed = cursor.ending(context.clock(), kind);
        Object found = query(
                        "SELECT max(" + cursor.order() + ")", last == null ? allowed : allowed.and(cursor.from(last)))
                .values()
                .getFirst();
        // Rows may have been deleted since; the order goes on from where it was.
        String value = found == null ? last : Stored.text(found);
        Condition from = value == null ? Condition.of(cursor.column() + " IS NOT NULL") : cursor.from(value);
        Condition without = Condition.of(cursor.column() + " IS NULL");
        long nulls = count(without);
        boolean few = nulls <= MAX_WITHOUT_VALUE;
        report(before, nulls, few);
        SeenRows seen = read.deduplicated() ? SeenRows.NONE : seen(from, value);
        return new CursorPosition(cursor.name(), value, null, seen, few ? digests(without, nulls) : null, nulls);
    }

    private void requireOrder(String kind) {
        if (kind.equals("null")) {
            return;
        }
        long misplaced = count(Condition.of(cursor.misplaced(kind)));
        if (misplaced > 0) {
            throw Problem.of(
                            "E_CURSOR_MIXED",
                            ProblemKind.DATA,
                            misplaced + " values of the cursor have no place in the order of the others")
                    .at(relation.stream() + "." + cursor.name())
                    .because("a value of another kind, or a time with an offset, would never be found as a new one")
                    .fix("choose another cursor, or store all values in one form, such as 2026-01-31 10:00:00")
                    .exception();
        }
    }

    private SeenRows seen(Condition from, @Nullable String value) {
        long ties = count(from);
        if (ties > MAX_SEEN) {
            throw Problem.of(
                            "E_TOO_MANY_TIES",
                            ProblemKind.CONFIG,
                            ties + " rows have the last value of the cursor or one in the future")
                    .at(relation.stream() + "." + cursor.name())
                    .because("at most " + MAX_SEEN + " can be told from later ones; the value is "
                            + (value == null ? "in the future" : value.substring(2)))
                    .fix("choose a finer cursor, or incremental_append_deduped with a primary key")
                    .exception();
        }
        return digests(from, ties);
    }

    private SeenRows digests(Condition rows, long expected) {
        if (expected == 0) {
            return SeenRows.NONE;
        }
        long[] digests = new long[Math.toIntExact(expected)];
        int count = 0;
        RowDigest digest = new RowDigest();
        PartReader.Task task = new PartReader.Task(rows, false, null, cursor.milliseconds());
        try (PartReader reader =
                new PartReader(snapshot, relation, read.schema(), task, new Quiet(), context.clock())) {
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                for (int row = 0; row < batch.rows(); row++) {
                    digests[count++] = digest.of(batch, row, read.schema().size());
                }
            }
        }
        return SeenRows.of(Arrays.copyOf(digests, count));
    }

    private void report(@Nullable CursorPosition before, long nulls, boolean few) {
        String rows = relation.stream() + ": " + nulls + " rows have no value in the cursor " + cursor.name();
        if (before != null && before.withoutValue() == null && nulls > 0) {
            context.log(
                    Level.WARNING, rows + "; this read leaves them to a full refresh, for they were too many before");
        } else if (!few) {
            context.log(Level.WARNING, rows + ", too many to tell later ones from them");
        }
    }

    private long count(Condition condition) {
        return query("SELECT count(*)", condition).whole(0);
    }

    private SqlRow query(String select, Condition condition) {
        return snapshot.session()
                .query(select + " FROM " + relation.from() + " WHERE " + condition.sql(), condition.arguments())
                .getFirst();
    }
}
