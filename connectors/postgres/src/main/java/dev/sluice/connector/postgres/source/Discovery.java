package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.source.DiscoverScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the server's catalog which tables and views can be read, with their columns and keys. */
final class Discovery {
    private static final int PAGE_BYTES = 8192;

    /** The log does not tell columns that the server computes. */
    private static final String NOT_GENERATED = "a.attgenerated = ''";

    private final PgSession session;
    private final SourceSettings settings;

    Discovery(PgSession session, SourceSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    /** A relation and what the catalog says of it. */
    record Found(Relation relation, CatalogStream stream) {}

    List<Found> run(DiscoverScope scope) {
        String restriction = restriction(scope);
        PgTypes types = PgTypes.load(session);
        Map<Long, List<Relation.Column>> columns = columns(restriction, types);
        Map<Long, List<FieldPath>> keys = keys(restriction);
        List<Found> found = new ArrayList<>();
        for (SqlRow row : session.query("""
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples::int8, c.relpages,
                   c.relkind = 'r' AND c.relpersistence = 'p'
                   AND NOT EXISTS (SELECT 1 FROM pg_inherits AS i WHERE i.inhparent = c.oid)
              FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE %s
             ORDER BY n.nspname, c.relname\
            """.formatted(restriction))) {
            long oid = row.whole(0);
            Relation relation = new Relation(
                    oid,
                    row.requireText(1),
                    row.requireText(2),
                    row.requireText(3).charAt(0),
                    settings.log().isPresent() && row.truth(6),
                    columns.getOrDefault(oid, List.of()));
            found.add(new Found(
                    relation, stream(relation, keys.getOrDefault(oid, List.of()), row.whole(4), row.whole(5))));
        }
        return found;
    }

    private CatalogStream stream(Relation relation, List<FieldPath> key, long rows, long pages) {
        Estimate estimate = relation.kind() == 'r' || relation.kind() == 'm'
                ? new Estimate(rows < 0 ? Estimate.UNKNOWN : rows, pages * PAGE_BYTES)
                : Estimate.NONE;
        // With the log, what is not in it can only be read whole.
        boolean onlyWhole = relation.columns().isEmpty() || (settings.log().isPresent() && !relation.isLogged());
        return new CatalogStream(
                relation.stream(),
                relation.fields(),
                onlyWhole ? Set.of(SyncMode.FULL_REFRESH) : Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL),
                relation.isLogged() ? Cursor.KEPT_BY_SOURCE : Cursor.NONE,
                key,
                relation.isHeap(),
                estimate);
    }

    /** Which rows of pg_class as c, joined with pg_namespace as n, are offered. */
    private String restriction(DiscoverScope scope) {
        String readable = """
            c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND c.relpersistence <> 't'
            AND (c.relkind <> 'm' OR c.relispopulated)
            AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'sluice_internal')
            AND has_schema_privilege(n.oid, 'USAGE')
            AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))\
            """;
        if (!settings.schemas().isEmpty()) {
            readable += settings.schemas().stream()
                    .map(Quoting::literal)
                    .collect(Collectors.joining(", ", "\nAND n.nspname IN (", ")"));
        }
        return switch (scope) {
            case DiscoverScope.All ignored -> readable;
            case DiscoverScope.Only(Set<StreamId> streams) -> {
                String names = streams.stream()
                        .filter(stream -> stream.namespace() != null)
                        .map(stream -> "(" + Quoting.literal(String.valueOf(stream.namespace())) + ", "
                                + Quoting.literal(stream.name()) + ")")
                        .collect(Collectors.joining(", "));
                yield readable + (names.isEmpty() ? "\nAND false" : "\nAND (n.nspname, c.relname) IN (" + names + ")");
            }
        };
    }

    private Map<Long, List<Relation.Column>> columns(String restriction, PgTypes types) {
        Map<Long, List<Relation.Column>> byRelation = new HashMap<>();
        for (SqlRow row :
                session.query("""
                    SELECT a.attrelid, a.attname, a.atttypid, a.atttypmod, format_type(a.atttypid, a.atttypmod)
                      FROM pg_attribute AS a
                      JOIN pg_class AS c ON c.oid = a.attrelid
                      JOIN pg_namespace AS n ON n.oid = c.relnamespace
                     WHERE a.attnum > 0 AND NOT a.attisdropped
                       AND (has_table_privilege(c.oid, 'SELECT') OR has_column_privilege(c.oid, a.attnum, 'SELECT'))
                       AND %s
                       AND %s
                     ORDER BY a.attrelid, a.attnum\
                    """.formatted(settings.log().isPresent() ? NOT_GENERATED : "true", restriction))) {
            byRelation
                    .computeIfAbsent(row.whole(0), oid -> new ArrayList<>())
                    .add(new Relation.Column(
                            row.requireText(1),
                            row.requireText(4),
                            row.whole(2),
                            (int) row.whole(3),
                            types.reading(row.whole(2), (int) row.whole(3))));
        }
        return byRelation;
    }

    /**
     * The primary key of each table, or else its smallest unique index whose columns are all NOT NULL; the order of the
     * columns is that of the index.
     */
    private Map<Long, List<FieldPath>> keys(String restriction) {
        Map<Long, List<FieldPath>> byRelation = new HashMap<>();
        for (SqlRow row : session.query("""
            SELECT DISTINCT ON (k.indrelid) k.indrelid, k.names
              FROM (SELECT i.indrelid, i.indexrelid, i.indisprimary, i.indnkeyatts,
                           json_agg(a.attname ORDER BY position.ordinality)::text AS names,
                           bool_and(a.attnotnull) AS never_null
                      FROM pg_index AS i
                      JOIN pg_class AS c ON c.oid = i.indrelid
                      JOIN pg_namespace AS n ON n.oid = c.relnamespace
                     CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS position (attnum, ordinality)
                      JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = position.attnum
                     WHERE i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL
                       AND i.indexprs IS NULL AND position.ordinality <= i.indnkeyatts
                       AND %s
                     GROUP BY i.indrelid, i.indexrelid, i.indisprimary, i.indnkeyatts) AS k
             WHERE k.never_null
             ORDER BY k.indrelid, k.indisprimary DESC, k.indnkeyatts, k.indexrelid\
            """.formatted(restriction))) {
            byRelation.put(row.whole(0), key(row.requireText(1)));
        }
        return byRelation;
    }

    private static List<FieldPath> key(String names) {
        return Json.read(names) instanceof List<?> list
                ? list.stream().map(String::valueOf).map(FieldPath::of).toList()
                : List.of();
    }
}
