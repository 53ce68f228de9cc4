package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an incremental read of a view ends and the next one begins. The rows of a view carry no transaction id, so the
 * cursor has to do: a read goes up to a bound that no open transaction can still write below, as far as this role can
 * see, and the rows that stand at the bound itself are remembered by their digests.
 *
 * @param bound the largest cursor value that was read, as text; null if there was none
 * @param ties digests of the rows that have this value and were delivered
 */
record ViewBoundary(@Nullable String bound, List<String> ties) {
    private static final int MAX_TIES = 20_000;

    ViewBoundary {
        ties = List.copyOf(ties);
    }

    static ViewBoundary parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        Object bound = map.get("bound");
        List<String> ties = map.get("ties") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new ViewBoundary(bound == null ? null : bound.toString(), ties);
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("bound", bound);
        map.put("ties", ties);
        return Json.write(map);
    }

    /** The boundary at the end of a read of the session's snapshot. */
    static ViewBoundary end(
            PgSession session, Relation relation, String cursor, boolean deduplicated, ConnectorContext context) {
        String column = "t." + Quoting.identifier(cursor);
        String type = relation.column(cursor).typeName();
        SqlRow row = session.query("SELECT (" + bound(type) + ")::text, nulls FROM (SELECT max(" + column
                        + ") AS m, count(*) FILTER (WHERE " + column + " IS NULL) AS nulls FROM "
                        + relation.quoted() + " AS t) AS s")
                .getFirst();
        if (row.whole(1) > 0) {
            context.log(
                    System.Logger.Level.WARNING,
                    relation.stream() + ": " + row.whole(1) + " rows have no value in the cursor " + cursor
                            + "; later reads do not see such rows");
        }
        String bound = row.text(0);
        return new ViewBoundary(
                bound, bound == null || deduplicated ? List.of() : ties(session, relation, column, type, bound));
    }

    private static String bound(String type) {
        return switch (type.replaceAll("\\(.*?\\)", "")) {
            case "timestamp with time zone" -> "least(m, " + OLDEST_START + ")";
            case "timestamp without time zone" -> "least(m, " + OLDEST_START + " AT TIME ZONE " + SERVER_ZONE + ")";
            default -> "m";
        };
    }

    /** Where others' transactions cannot be seen, a read goes up to now. */
    private static final String OLDEST_START = "(SELECT coalesce(min(xact_start), now()) FROM pg_stat_activity"
            + " WHERE xact_start IS NOT NULL AND datname = current_database() AND pid <> pg_backend_pid())";

    /** Local times are taken for those of the zone that the database has by default. */
    private static final String SERVER_ZONE = "(SELECT reset_val FROM pg_settings WHERE name = 'TimeZone')";

    private static List<String> ties(PgSession session, Relation relation, String column, String type, String bound) {
        List<SqlRow> rows = session.query("SELECT md5(t::text) FROM " + relation.quoted() + " AS t WHERE " + column
                + " = " + Quoting.literal(bound) + "::" + type + " LIMIT " + (MAX_TIES + 1));
        if (rows.size() > MAX_TIES) {
            throw Problem.of(
                            "E_TOO_MANY_TIES",
                            ProblemKind.CONFIG,
                            "more than " + MAX_TIES + " rows of the view share the cursor value " + bound)
                    .at(relation.stream().toString())
                    .fix("choose a finer cursor, or incremental_append_deduped with a primary key")
                    .exception();
        }
        return rows.stream().map(row -> row.requireText(0)).toList();
    }

    /**
     * The conditions of a read from this boundary up to the next one.
     *
     * @param from the boundary at the beginning; null for a first read, which also takes the rows without a value
     */
    static List<String> conditions(
            @Nullable ViewBoundary from, ViewBoundary to, String cursor, String type, boolean deduplicated) {
        String column = "t." + Quoting.identifier(cursor);
        List<String> conditions = new ArrayList<>();
        if (to.bound() != null) {
            String upper = column + " <= " + Quoting.literal(to.bound()) + "::" + type;
            conditions.add(from == null ? "(" + upper + " OR " + column + " IS NULL)" : upper);
        }
        if (from != null && from.bound() != null) {
            String lower = Quoting.literal(from.bound()) + "::" + type;
            conditions.add(column + " >= " + lower);
            if (!deduplicated && !from.ties().isEmpty()) {
                String known = from.ties().stream().map(Quoting::literal).collect(Collectors.joining(", ", "(", ")"));
                conditions.add("NOT (" + column + " = " + lower + " AND md5(t::text) IN " + known + ")");
            }
        }
        return conditions;
    }
}
