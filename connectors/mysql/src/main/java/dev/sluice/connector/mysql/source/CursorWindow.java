package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.source.Relation.Column;
import dev.sluice.connector.mysql.wire.RawRows;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds where an incremental read ends, in the snapshot in which its rows are read.
 *
 * <p>Rows carry no number of the transaction that wrote them, so the next read has to look again at every row that may
 * have become visible since. Those are the rows of transactions that were open at the snapshot. By a time cursor they lie
 * after the oldest of these began, less a look-back. By any other cursor, which counts up, they lie above the greatest
 * values of the last snapshot of which all transactions are finished by now, less a thousand rows. The window from that
 * mark on is remembered by digests, up to {@value #MAX_SEEN} rows.
 */
final class CursorWindow {
    /** About two megabytes in a position. */
    static final int MAX_SEEN = 200_000;

    static final int MAX_WITHOUT_VALUE = 20_000;

    /** How many of the greatest values a window has at least. */
    private static final int RANK = 1_000;

    /** The same while transactions are open of which nothing is known. */
    private static final int DEEP_RANK = 50_000;

    /** How long a transaction that this user cannot see may have been open. */
    private static final long BLIND_SECONDS = 3_600;

    /** No local clock is further behind UTC. */
    private static final int HOURS_BEHIND = 12;

    private final MySession session;
    private final Relation relation;
    private final StreamRead read;
    private final Column cursor;
    private final SourceSettings settings;
    private final ConnectorContext context;

    CursorWindow(
            MySession session,
            Relation relation,
            StreamRead read,
            Column cursor,
            SourceSettings settings,
            ConnectorContext context) {
        this.session = session;
        this.relation = relation;
        this.read = read;
        this.cursor = cursor;
        this.settings = settings;
        this.context = context;
    }

    /** True if the values of a column have an order by which one tells what is new. */
    static boolean canBeCursor(Column column) {
        return column.reading().order() != Order.NONE;
    }

    /**
     * The position after a read.
     *
     * @param before the position at its beginning; null if it reads everything
     * @param open the transactions that were open when the snapshot was taken
     */
    CursorPosition end(@Nullable CursorPosition before, OpenTransactions open) {
        String rank = valueAt(RANK);
        String low = rank == null ? null : low(rank, before, open);
        long rows = rowsFrom(low);
        boolean remembers = true;
        if (rows > MAX_SEEN) {
            low = valueAt(MAX_SEEN - 1);
            rows = rowsFrom(low);
            remembers = rows <= 2L * MAX_SEEN;
            if (!remembers && !read.deduplicated()) {
                throw tooManyTies(rows, low);
            }
            context.log(
                    Level.WARNING,
                    relation.stream() + ": the next read finds rows that are committed late only if they are among the "
                            + MAX_SEEN + " with the greatest values of " + cursor.name());
        }
        List<String> columns = read.schema().names();
        SeenRows seen = remembers ? digests(columns, from(low), (int) rows) : null;
        long nulls = number("SELECT COUNT(*) FROM " + relation.quoted() + " WHERE " + cursor.quoted() + " IS NULL");
        boolean fewNulls = nulls <= MAX_WITHOUT_VALUE;
        SeenRows withoutValue = fewNulls ? digests(columns, cursor.quoted() + " IS NULL", (int) nulls) : null;
        reportNulls(before, nulls, fewNulls);
        return new CursorPosition(
                cursor.name(),
                low,
                rank,
                open.newest(),
                columns,
                seen,
                new CursorPosition.Valueless(withoutValue, nulls));
    }

    private @Nullable String low(String rank, @Nullable CursorPosition before, OpenTransactions open) {
        if (cursor.reading().order() == Order.TIME) {
            return earlier(rank, open);
        }
        if (open.none()) {
            return rank;
        }
        if (before == null || !open.visible() || before.rank() == null) {
            return valueAt(DEEP_RANK);
        }
        // What is open now began after the last read, at values beyond its own.
        return open.isPast(before.openUpTo())
                ? before.rank()
                : before.low() == null ? valueAt(DEEP_RANK) : before.low();
    }

    /** The earlier of the rank and the time from which on open transactions may have written. */
    private String earlier(String rank, OpenTransactions open) {
        long seconds = settings.lookbackSeconds() + (open.visible() ? open.seconds() : BLIND_SECONDS);
        boolean zoned =
                cursor.reading().type() instanceof DataType.TimestampType(int ignored, boolean isZoned) && isZoned;
        String time = "UTC_TIMESTAMP(6) - INTERVAL " + seconds + " SECOND"
                + (zoned ? "" : " - INTERVAL " + HOURS_BEHIND + " HOUR");
        String type = cursor.reading().type() instanceof DataType.DateType ? "DATE" : "DATETIME(6)";
        String known = "CAST(" + cursor.literal(rank) + " AS " + type + ")";
        String bound = "CAST(" + time + " AS " + type + ")";
        return session.query("SELECT CAST(LEAST(" + known + ", " + bound + ") AS CHAR)")
                .getFirst()
                .requireText(0);
    }

    /** The value with so many greater or equal ones before it; null if there are fewer. */
    private @Nullable String valueAt(int rank) {
        return session
                .query("SELECT " + cursor.orderText() + " FROM " + relation.quoted() + " WHERE " + cursor.quoted()
                        + " IS NOT NULL ORDER BY " + cursor.quoted() + " DESC LIMIT 1 OFFSET " + rank)
                .stream()
                .map(row -> row.requireText(0))
                .findFirst()
                .orElse(null);
    }

    private String from(@Nullable String low) {
        return low == null ? cursor.quoted() + " IS NOT NULL" : cursor.quoted() + " >= " + cursor.literal(low);
    }

    private long rowsFrom(@Nullable String low) {
        return number("SELECT COUNT(*) FROM (SELECT 1 FROM " + relation.quoted() + " WHERE " + from(low) + " LIMIT "
                + (2 * MAX_SEEN + 1) + ") AS w");
    }

    private long number(String sql) {
        return session.query(sql).getFirst().whole(0);
    }

    private SeenRows digests(List<String> columns, String condition, int expected) {
        if (expected == 0) {
            return SeenRows.NONE;
        }
        String selected =
                columns.stream().map(name -> relation.column(name).expression()).collect(Collectors.joining(", "));
        long[] digests = new long[expected];
        int count = 0;
        RowDigest digest = new RowDigest();
        try {
            RawRows rows = new RawRows(
                    session.wire(), "SELECT " + selected + " FROM " + relation.quoted() + " WHERE " + condition);
            while (rows.next()) {
                if (count == digests.length) {
                    digests = Arrays.copyOf(digests, 2 * count);
                }
                digests[count++] = digest.of(rows.bytes(), rows.from(), rows.to());
            }
        } catch (IOException failure) {
            throw session.failed(failure);
        }
        return SeenRows.of(Arrays.copyOf(digests, count));
    }

    private RuntimeException tooManyTies(long rows, @Nullable String low) {
        return Problem.of(
                        "E_TOO_MANY_TIES",
                        ProblemKind.CONFIG,
                        rows + " rows or more have the cursor value " + low + " or a greater one")
                .at(relation.stream() + "." + cursor.name())
                .because("at most " + 2 * MAX_SEEN + " can be told from rows that come later with the same value")
                .fix("choose a finer cursor, or incremental_append_deduped with a primary key")
                .exception();
    }

    private void reportNulls(@Nullable CursorPosition before, long nulls, boolean fewNulls) {
        String rows = relation.stream() + ": " + nulls + " rows have no value in the cursor " + cursor.name();
        if (before != null && before.valueless().rows() == null && nulls > 0) {
            context.log(
                    Level.WARNING,
                    rows + ", and " + before.valueless().count()
                            + " had none at the last read; this read does not look at them, a full refresh does");
        } else if (!fewNulls) {
            context.log(
                    Level.WARNING, rows + ", too many to tell later ones from them; later reads count such rows only");
        } else if (nulls > 0 && before == null) {
            context.log(Level.INFO, rows + "; they are read now, and later ones when they come");
        }
    }
}
