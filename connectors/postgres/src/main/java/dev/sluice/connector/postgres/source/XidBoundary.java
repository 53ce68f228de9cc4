package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an incremental read of a table ends and the next one begins, so that each row version is delivered once.
 *
 * <p>A cursor alone loses rows: a transaction may set its cursor early and commit late, and rows with equal values may be
 * committed on both sides of a read. Each row version, however, carries the id of the transaction that wrote it. A read
 * delivers the versions whose transaction is older than the snapshot's horizon, below which all transactions are
 * finished; the next read begins at that id. So every transaction falls into exactly one read, whatever its cursor values
 * are.
 *
 * <p>The cursor only spares the server from looking at the whole table, and only if an index begins with it: rows below a
 * low mark are not looked at. The mark lies below the largest thousand values, so that a few values in the future do not
 * hide what comes, and so low that no transaction open at the time can write below it. Rows without a cursor value are
 * looked at each time.
 *
 * <p>Where the destination keeps one row a key, a read also takes the versions of transactions above the horizon that are
 * committed already, because having them again next time does no harm.
 *
 * @param horizon where the next read begins: the horizon of the snapshot that was read
 * @param bound the largest cursor value in it, as text; null if there was none. For people
 * @param low the low mark of the next read, as text; null to look at all rows
 */
record XidBoundary(
        long horizon, @Nullable String bound, @Nullable String low) {
    /** Beyond this age 32-bit transaction ids can no longer be told apart. */
    private static final long MAX_AGE = 2_000_000_000L;

    /** How many values below the largest one an integer cursor is looked at again. */
    private static final long INTEGER_LOOKBACK = 100_000;

    /** How many of the largest values may be out of order, such as dates in the far future. */
    private static final int OUTLIERS = 1_000;

    /** How far back a transaction that this role cannot see may have begun. */
    private static final String BLIND_LOOKBACK = "interval '1 hour'";

    static XidBoundary parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        Object horizon = map.get("xid");
        if (!(horizon instanceof Number number)) {
            throw new IllegalArgumentException("the position has no number named xid");
        }
        return new XidBoundary(number.longValue(), text(map.get("bound")), text(map.get("low")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("xid", horizon);
        map.put("bound", bound);
        map.put("low", low);
        return Json.write(map);
    }

    /**
     * The boundary at the end of a read of the session's snapshot.
     *
     * @param before the boundary at its beginning; null for a first read
     */
    static XidBoundary end(
            PgSession session,
            Relation relation,
            String cursor,
            Snapshot snapshot,
            @Nullable XidBoundary before,
            SourceSettings settings) {
        String type = relation.column(cursor).typeName();
        String column = "t." + Quoting.identifier(cursor) + (type.equals("uuid") ? "::text" : "");
        String from = " FROM " + relation.quoted() + " AS t";
        String bound = session.query("SELECT max(" + column + ")::text" + from)
                .getFirst()
                .text(0);
        String low = null;
        if (hasIndex(session, relation, cursor)) {
            boolean keepsMark = snapshot.hasOpenTransactions() && !isTime(baseType(type));
            String below = "(SELECT " + column + from + " WHERE " + column + " IS NOT NULL ORDER BY 1 DESC OFFSET "
                    + OUTLIERS + " LIMIT 1)";
            low = keepsMark
                    ? (before == null ? null : before.low())
                    : session.query("SELECT (" + low(baseType(type), before, settings) + ")::text FROM (SELECT " + below
                                    + " AS v) AS b")
                            .getFirst()
                            .text(0);
        }
        return new XidBoundary(snapshot.horizon(), bound, low);
    }

    private static boolean hasIndex(PgSession session, Relation relation, String cursor) {
        return session.query("""
            SELECT EXISTS (
                SELECT 1
                  FROM pg_index AS i
                  JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  JOIN pg_class AS c ON c.oid = i.indexrelid
                  JOIN pg_am AS m ON m.oid = c.relam
                 WHERE i.indrelid = ? AND a.attname = ? AND i.indisvalid AND i.indpred IS NULL
                   AND m.amname = 'btree')\
            """, relation.oid(), cursor).getFirst().truth(0);
    }

    /** The rows of the next read. */
    RowWindow window(Snapshot snapshot, String cursor, String cursorType, boolean deduplicated) {
        if (snapshot.next() - horizon > MAX_AGE) {
            throw Problem.of(
                            "E_POSITION_TOO_OLD",
                            ProblemKind.INTEGRITY,
                            "the last read lies more than two billion transactions back")
                    .because("older rows can no longer be told from newer ones")
                    .fix("copy the stream from the beginning: `sluice state rewind`")
                    .exception();
        }
        return new RowWindow(horizon, deduplicated ? null : snapshot.horizon(), cursor, low, cursorType);
    }

    /** The low mark in SQL, given the value v below the outliers; null where v is, which means that rows are few. */
    private static String low(String type, @Nullable XidBoundary before, SourceSettings settings) {
        String lookback = " - interval '" + settings.lookbackSeconds() + " seconds'";
        return switch (type) {
            case "timestamp with time zone" -> smaller(oldestStart()) + lookback;
            // Local times may be behind UTC by up to 12 hours.
            case "timestamp without time zone" ->
                smaller("(" + oldestStart() + " AT TIME ZONE 'UTC' - interval '12 hours')") + lookback;
            case "date" -> smaller("(" + oldestStart() + " - interval '12 hours')::date") + " - 1";
            case "smallint", "integer", "bigint", "numeric" -> "v::numeric - " + INTEGER_LOOKBACK;
            // Nothing can be subtracted from such a value, so the mark also stays one read behind.
            default ->
                before == null || before.bound() == null
                        ? "NULL"
                        : smaller(Quoting.literal(before.bound()) + "::" + (type.equals("uuid") ? "text" : type));
        };
    }

    /** The smaller of v and another value; null if v is, unlike the server's own function. */
    private static String smaller(String other) {
        return "CASE WHEN v IS NULL THEN NULL WHEN v < " + other + " THEN v ELSE " + other + " END";
    }

    /** When the oldest open transaction of this database began; an hour ago if this role cannot see the others. */
    private static String oldestStart() {
        return "(SELECT CASE WHEN pg_is_in_recovery() OR NOT pg_has_role('pg_read_all_stats', 'USAGE')"
                + " THEN now() - " + BLIND_LOOKBACK
                + " ELSE coalesce(min(xact_start), now()) END FROM pg_stat_activity"
                + " WHERE xact_start IS NOT NULL AND datname = current_database())";
    }

    private static boolean isTime(String type) {
        return switch (type) {
            case "timestamp with time zone", "timestamp without time zone", "date" -> true;
            default -> false;
        };
    }

    /** The type without its modifiers: {@code timestamp(3) with time zone} counts as one with a time zone. */
    private static String baseType(String spelled) {
        return spelled.replaceAll("\\(.*?\\)", "");
    }
}
