package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.cursor.RowDigest;
import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.cdk.sql.Condition;
import dev.sluice.duckdb.BatchReader;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.duckdb.LargeValues;
import dev.sluice.duckdb.ReadOptions;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds where an incremental read ends, in the same moment of the database in which its rows are read.
 *
 * <p>The read ends at the greatest value of the cursor that lies not in the future. The rows at that value and beyond it
 * are remembered by their digests, so that the next read can tell those that came since. Rows without a value have no place
 * in the order: they are remembered as well as long as they are few, and are delivered when they are new; when they are
 * many, later ones are counted and reported, and a full refresh delivers them.
 */
final class CursorBoundary {
    /** About two megabytes in a position. */
    static final int MAX_SEEN = 200_000;

    static final int MAX_WITHOUT_VALUE = 20_000;

    private static final ReadOptions PLAIN = new ReadOptions(BatchSize.DEFAULT, () -> 0, LargeValues.ALL);

    private final DuckDbConnection connection;
    private final Relation relation;
    private final StreamRead read;
    private final CursorColumn cursor;
    private final ConnectorContext context;

    CursorBoundary(
            DuckDbConnection connection,
            Relation relation,
            StreamRead read,
            CursorColumn cursor,
            ConnectorContext context) {
        this.connection = connection;
        this.relation = relation;
        this.read = read;
        this.cursor = cursor;
        this.context = context;
    }

    /**
     * The position after a read.
     *
     * @param before the position at its beginning; null if it reads everything
     */
    CursorPosition end(@Nullable CursorPosition before) {
        return endAt(endValue(before), before, false);
    }

    /**
     * The position after a read beside somebody who writes the file. A later commit can bring smaller values of the cursor
     * than some that are there already, so the position does not move on; the next read leaves out the rows that this one
     * delivered, or delivers them once more to a destination that keeps one row a key.
     *
     * @param before the position at its beginning; null if it reads everything
     */
    CursorPosition endBesideWriters(@Nullable CursorPosition before) {
        return endAt(before == null ? null : before.value(), before, true);
    }

    private CursorPosition endAt(@Nullable String value, @Nullable CursorPosition before, boolean besideWriters) {
        Condition from = value == null
                ? Condition.of(cursor.quoted() + " IS NOT NULL")
                : Condition.of(cursor.quoted() + " >= " + cursor.parameter(), value);
        List<@Nullable Object> counts = row(
                "SELECT count(*) FILTER (WHERE " + from.sql() + "), CAST(max(" + cursor.quoted()
                        + ") AS VARCHAR), count(*) FILTER (WHERE " + cursor.quoted() + " IS NULL)",
                from);
        long ties = (Long) counts.get(0);
        long nulls = (Long) counts.get(2);
        SeenRows seen = read.deduplicated() ? SeenRows.NONE : seen(from, ties, value, besideWriters);
        String beyond = seen.size() == 0 ? null : (String) counts.get(1);
        boolean fewNulls = nulls <= MAX_WITHOUT_VALUE;
        SeenRows withoutValue = fewNulls ? digests(Condition.of(cursor.quoted() + " IS NULL"), (int) nulls) : null;
        reportNulls(before, nulls, fewNulls);
        return new CursorPosition(cursor.name(), value, beyond, seen, withoutValue, nulls);
    }

    private @Nullable String endValue(@Nullable CursorPosition before) {
        String last = before == null ? null : before.value();
        Condition allowed =
                cursor.endCondition(context.clock()).map(Condition::of).orElse(Condition.ALWAYS);
        Condition from =
                last == null ? allowed : allowed.and(Condition.of(cursor.quoted() + " >= " + cursor.parameter(), last));
        Object found = row(
                        "SELECT CAST(max(" + cursor.quoted() + ") FILTER (WHERE " + from.sql() + ") AS VARCHAR)", from)
                .getFirst();
        // Rows may have been deleted since; the order goes on from where it was.
        return found == null ? last : (String) found;
    }

    private SeenRows seen(Condition from, long ties, @Nullable String value, boolean besideWriters) {
        if (ties > MAX_SEEN && besideWriters) {
            throw Problem.of(
                            "E_DUCKDB_BEING_WRITTEN",
                            ProblemKind.CONFLICT,
                            "another sync is writing the database, and may bring smaller values of the cursor yet")
                    .at(relation.stream() + "." + cursor.name())
                    .because("until it is done, " + ties + " rows would have to be told from later ones, and at most "
                            + MAX_SEEN + " can be")
                    .fix("run it again when the other sync is done")
                    .exception();
        }
        if (ties > MAX_SEEN) {
            throw Problem.of(
                            "E_TOO_MANY_TIES",
                            ProblemKind.CONFIG,
                            ties + " rows have the cursor value " + value + " or one in the future")
                    .at(relation.stream() + "." + cursor.name())
                    .because("at most " + MAX_SEEN + " can be told from rows that come later with the same value")
                    .fix("choose a finer cursor, or incremental_append_deduped with a primary key")
                    .exception();
        }
        return digests(from, (int) ties);
    }

    private SeenRows digests(Condition rows, int expected) {
        if (expected == 0) {
            return SeenRows.NONE;
        }
        String columns = read.schema().fields().stream()
                .map(Field::name)
                .map(DuckDbSql::identifier)
                .collect(Collectors.joining(", "));
        long[] digests = new long[expected];
        int count = 0;
        RowDigest digest = new RowDigest();
        String sql = "SELECT " + columns + " FROM " + relation.quoted() + " WHERE " + rows.sql();
        try (BatchReader reader = connection.read(sql, PLAIN, rows.arguments())) {
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                for (int row = 0; row < batch.rows(); row++) {
                    if (count == digests.length) {
                        digests = Arrays.copyOf(digests, 2 * count);
                    }
                    digests[count++] = digest.of(batch, row, batch.columns().size());
                }
            }
        }
        return SeenRows.of(Arrays.copyOf(digests, count));
    }

    private void reportNulls(@Nullable CursorPosition before, long nulls, boolean fewNulls) {
        String rows = relation.stream() + ": " + nulls + " rows have no value in the cursor " + cursor.name();
        if (before != null && before.withoutValue() == null && nulls > 0) {
            long more = nulls - before.rowsWithoutValue();
            context.log(
                    Level.WARNING,
                    rows + ", " + (more >= 0 ? more + " more" : -more + " fewer")
                            + " than at the last read; this read does not look at them, a full refresh does");
        } else if (!fewNulls) {
            context.log(
                    Level.WARNING, rows + ", too many to tell later ones from them; later reads count such rows only");
        } else if (nulls > 0 && before == null) {
            context.log(Level.INFO, rows + "; they are read now, and later ones when they come");
        }
    }

    private List<@Nullable Object> row(String select, Condition parameters) {
        return connection
                .rows(select + " FROM " + relation.quoted(), parameters.arguments())
                .getFirst();
    }
}
