package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.sql.SqlRow;
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
 * are. The cursor only spares the server from looking at the whole table: rows below a low mark are not looked at, and
 * the mark is set so low that no transaction open at the time can write below it. Rows without a cursor value are looked
 * at each time.
 *
 * <p>Where the destination keeps one row a key, a read also takes the versions of transactions above the horizon that are
 * committed already, because having them again next time does no harm.
 *
 * @param horizon where the next read begins: the horizon of the snapshot that was read
 * @param bound the largest cursor value in it, as text; null if there was none. For people, and for {@code low}
 * @param low the low mark of the next read, as text; null to look at all rows
 */
record XidBoundary(
        long horizon, @Nullable String bound, @Nullable String low) {
    /** Beyond this age 32-bit transaction ids can no longer be told apart. */
    private static final long MAX_AGE = 2_000_000_000L;

    /** How many values below the largest one an integer cursor is looked at again. */
    private static final long INTEGER_LOOKBACK = 100_000;

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
        String low = low(baseType(type), settings);
        if (low == null) {
            // Nothing can be subtracted from such a value, so the mark stays one read behind.
            SqlRow row =
                    session.query("SELECT max(" + column + ")::text" + from).getFirst();
            return new XidBoundary(snapshot.horizon(), row.text(0), before == null ? null : before.bound());
        }
        SqlRow row = session.query(
                        "SELECT m::text, (" + low + ")::text FROM (SELECT max(" + column + ") AS m" + from + ") AS s")
                .getFirst();
        boolean sequence = isInteger(baseType(type));
        // Integer keys are given out in order, but an open transaction may hold one for long.
        String mark = sequence && snapshot.hasOpenTransactions() ? (before == null ? null : before.low()) : row.text(1);
        return new XidBoundary(snapshot.horizon(), row.text(0), mark);
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

    /** The low mark in SQL over the largest value {@code m}; null if the type allows no subtraction. */
    private static @Nullable String low(String type, SourceSettings settings) {
        String lookback = "interval '" + settings.lookbackSeconds() + " seconds'";
        return switch (type) {
            case "timestamp with time zone" -> "least(m, " + oldestStart() + ") - " + lookback;
            // Local times may be behind UTC by up to 12 hours.
            case "timestamp without time zone" ->
                "least(m, (" + oldestStart() + " AT TIME ZONE 'UTC') - interval '12 hours') - " + lookback;
            case "date" -> "least(m, (" + oldestStart() + " - interval '12 hours')::date) - 1";
            case "smallint", "integer", "bigint", "numeric" -> "m::numeric - " + INTEGER_LOOKBACK;
            default -> null;
        };
    }

    /** When the oldest open transaction of this database began; an hour ago if this role cannot see the others. */
    private static String oldestStart() {
        return "(SELECT CASE WHEN pg_is_in_recovery() OR NOT pg_has_role('pg_read_all_stats', 'USAGE')"
                + " THEN now() - " + BLIND_LOOKBACK
                + " ELSE coalesce(min(xact_start), now()) END FROM pg_stat_activity"
                + " WHERE xact_start IS NOT NULL AND datname = current_database())";
    }

    private static boolean isInteger(String type) {
        return switch (type) {
            case "smallint", "integer", "bigint", "numeric" -> true;
            default -> false;
        };
    }

    /** The type without its modifiers: {@code timestamp(3) with time zone} counts as one with a time zone. */
    private static String baseType(String spelled) {
        return spelled.replaceAll("\\(.*?\\)", "");
    }
}
