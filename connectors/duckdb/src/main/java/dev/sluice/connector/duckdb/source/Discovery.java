package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks DuckDB's catalog which tables and views there are, with their columns and keys. */
final class Discovery {
    private static final String INTERNAL_SCHEMA = "sluice_internal";

    /** Tables that are built aside, to take the place of others. */
    private static final String STAGED = "_sluice_staged_";

    private final DuckDbConnection connection;
    private final SourceSettings settings;
    private final ConnectorContext context;

    Discovery(DuckDbConnection connection, SourceSettings settings, ConnectorContext context) {
        this.connection = connection;
        this.settings = settings;
        this.context = context;
    }

    /** A relation and what the catalog says of it. */
    record Found(Relation relation, CatalogStream stream) {}

    /** What the catalog lists, before its columns are known. */
    private record Listed(StreamId stream, List<String> path, boolean isTable, long rows) {}

    List<Found> run(DiscoverScope scope) {
        String tables = restriction(scope);
        Map<List<String>, List<FieldPath>> keys = keys(tables);
        List<Found> found = new ArrayList<>();
        Set<StreamId> seen = new HashSet<>();
        for (Listed listed : list(scope, tables)) {
            if (!seen.add(listed.stream)) {
                context.log(
                        Level.WARNING,
                        "left out a second " + listed.stream + ": a dot in a schema's name makes two names one");
                continue;
            }
            describe(listed).ifPresent(relation -> {
                List<FieldPath> key = keys.getOrDefault(listed.path, List.of());
                found.add(new Found(relation, stream(relation, key, listed.rows)));
            });
        }
        return found;
    }

    /** What keeps a look at few of many tables short, given the column that has their names. */
    private static String restriction(DiscoverScope scope) {
        return switch (scope) {
            case DiscoverScope.All ignored -> "TRUE";
            case DiscoverScope.Only(Set<StreamId> streams) ->
                streams.stream()
                        .map(StreamId::name)
                        .filter(name -> name.indexOf('\0') < 0)
                        .map(name -> ", " + DuckDbSql.literal(name))
                        .collect(Collectors.joining("", "table_name IN (''", ")"));
        };
    }

    private List<Listed> list(DiscoverScope scope, String tables) {
        Map<Long, List<String>> schemas = schemas();
        String database = database();
        List<Listed> all = new ArrayList<>();
        for (List<@Nullable Object> row : connection.rows("""
            FROM (SELECT schema_oid, table_name, true, estimated_size FROM duckdb_tables()
                   WHERE database_name = current_database() AND NOT internal AND NOT temporary
                  UNION ALL
                  SELECT schema_oid, view_name AS table_name, false, -1 FROM duckdb_views()
                   WHERE database_name = current_database() AND NOT internal AND NOT temporary)
             WHERE %s
             ORDER BY 1, 2\
            """.formatted(tables))) {
            List<String> schema = schemas.get(whole(row.get(0)));
            if (schema != null) {
                List<String> path = path(database, schema, text(row.get(1)));
                StreamId stream = StreamId.of(String.join(".", schema), text(row.get(1)));
                if (isWanted(stream, scope)) {
                    all.add(new Listed(stream, path, Boolean.TRUE.equals(row.get(2)), whole(row.get(3))));
                }
            }
        }
        return all;
    }

    private boolean isWanted(StreamId stream, DiscoverScope scope) {
        boolean inScope = switch (scope) {
            case DiscoverScope.All ignored -> true;
            case DiscoverScope.Only(Set<StreamId> streams) -> streams.contains(stream);
        };
        return inScope
                && !stream.name().startsWith(STAGED)
                && !INTERNAL_SCHEMA.equals(stream.namespace())
                && (settings.schemas().isEmpty() || settings.schemas().contains(String.valueOf(stream.namespace())));
    }

    private String database() {
        return text(connection.rows("SELECT current_database()").getFirst().getFirst());
    }

    private static List<String> path(String database, List<String> schema, String name) {
        List<String> path = new ArrayList<>(List.of(database));
        path.addAll(schema);
        path.add(name);
        return path;
    }

    /** The path of each schema from the outside in; schemas can lie in schemas. */
    private Map<Long, List<String>> schemas() {
        Map<Long, String> names = new HashMap<>();
        Map<Long, Long> parents = new HashMap<>();
        for (List<@Nullable Object> row :
                connection.rows("SELECT oid, schema_name, parent_schema_oid FROM duckdb_schemas()"
                        + " WHERE database_name = current_database()")) {
            names.put(whole(row.get(0)), text(row.get(1)));
            if (row.get(2) != null) {
                parents.put(whole(row.get(0)), whole(row.get(2)));
            }
        }
        Map<Long, List<String>> paths = new HashMap<>();
        for (Long oid : names.keySet()) {
            List<String> path = new ArrayList<>();
            for (Long at = oid; at != null; at = parents.get(at)) {
                path.add(Objects.requireNonNull(names.get(at)));
            }
            Collections.reverse(path);
            paths.put(oid, path);
        }
        return paths;
    }

    /** The columns as a query has them; empty for a view that cannot be read, such as one of a file that is gone. */
    private Optional<Relation> describe(Listed listed) {
        try {
            Schema schema = connection.describe("SELECT * FROM " + Relation.quoted(listed.path));
            return Optional.of(new Relation(listed.stream, listed.path, schema, listed.isTable));
        } catch (ProblemException unreadable) {
            if (listed.isTable || unreadable.problem().kind() == ProblemKind.CANCELLED) {
                throw unreadable;
            }
            context.log(
                    Level.WARNING,
                    "left out the view " + listed.stream + ", which cannot be read: "
                            + unreadable.problem().why());
            return Optional.empty();
        }
    }

    private static CatalogStream stream(Relation relation, List<FieldPath> key, long rows) {
        boolean incremental =
                relation.schema().fields().stream().map(Field::type).anyMatch(CursorColumn::canBe);
        return new CatalogStream(
                relation.stream(),
                relation.schema(),
                incremental ? Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL) : Set.of(SyncMode.FULL_REFRESH),
                Cursor.NONE,
                key,
                relation.hasRowIds(),
                new Estimate(rows < 0 ? Estimate.UNKNOWN : rows, Estimate.UNKNOWN));
    }

    /** The primary key of each table, or else its first unique constraint over columns that are never null. */
    private Map<List<String>, List<FieldPath>> keys(String tables) {
        Map<Long, List<String>> schemas = schemas();
        String database = database();
        Map<List<String>, Set<String>> neverNull = new HashMap<>();
        Map<List<String>, List<FieldPath>> primary = new HashMap<>();
        Map<List<String>, List<List<String>>> unique = new HashMap<>();
        for (List<@Nullable Object> row : connection.rows("""
            SELECT schema_oid, table_name, constraint_type, to_json(constraint_column_names)
              FROM duckdb_constraints() WHERE database_name = current_database() AND %s ORDER BY constraint_index\
            """.formatted(tables))) {
            List<String> path = path(database, schemas.getOrDefault(whole(row.get(0)), List.of()), text(row.get(1)));
            List<String> columns = names(text(row.get(3)));
            switch (text(row.get(2))) {
                case "PRIMARY KEY" ->
                    primary.put(path, columns.stream().map(FieldPath::of).toList());
                case "UNIQUE" ->
                    unique.computeIfAbsent(path, none -> new ArrayList<>()).add(columns);
                case "NOT NULL" ->
                    neverNull.computeIfAbsent(path, none -> new HashSet<>()).addAll(columns);
                default -> {}
            }
        }
        unique.forEach((path, candidates) -> candidates.stream()
                .filter(neverNull.getOrDefault(path, Set.of())::containsAll)
                .findFirst()
                .ifPresent(columns -> primary.putIfAbsent(
                        path, columns.stream().map(FieldPath::of).toList())));
        return primary;
    }

    private static List<String> names(String json) {
        return Json.read(json) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    private static long whole(@Nullable Object value) {
        return value instanceof Long number ? number : Long.parseLong(String.valueOf(value));
    }
}
