package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.mysql.log.LogColumn;
import dev.sluice.connector.mysql.log.LogShape;
import dev.sluice.connector.mysql.log.LogTable;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.wire.Decoding;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the server's catalog which tables and views can be read, with their columns and keys. */
final class Discovery {
    private static final String SYSTEM =
            "'mysql', 'information_schema', 'performance_schema', 'sys', 'ndbinfo'," + " 'sluice_internal'";

    private final MySession session;
    private final SourceSettings settings;
    private final MyTypes types;
    private final Map<StreamId, List<LogShape.Column>> shapes = new HashMap<>();

    Discovery(MySession session, SourceSettings settings) {
        this.session = session;
        this.settings = settings;
        this.types = new MyTypes(settings);
    }

    /** A relation and what the catalog says of it. */
    record Found(Relation relation, CatalogStream stream) {}

    /** A row of information_schema.TABLES. */
    private record Listed(StreamId id, Relation.Kind kind, boolean isVersioned, Sizes sizes) {}

    /** How much a table holds. */
    private record Sizes(long rows, long bytes, long rowBytes) {}

    /** A column of an index; the prefix is null if the whole column is indexed. */
    private record IndexPart(String column, @Nullable String prefix, boolean nullable) {}

    List<Found> run(DiscoverScope scope) {
        requireDatabases();
        Map<StreamId, Listed> listed = list(scope);
        Map<StreamId, List<Relation.Column>> columns = columns(scope, listed);
        Map<StreamId, Map<String, List<IndexPart>>> indexes = indexes(scope);
        List<Found> found = new ArrayList<>();
        for (Listed each : listed.values()) {
            List<Relation.Column> readable = columns.getOrDefault(each.id(), List.of());
            if (!readable.isEmpty()) {
                found.add(found(each, readable, indexes.getOrDefault(each.id(), Map.of())));
            }
        }
        return found;
    }

    private void requireDatabases() {
        if (settings.databases().isEmpty()) {
            return;
        }
        List<String> known = session.query("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA").stream()
                .map(row -> row.requireText(0))
                .toList();
        for (String wanted : settings.databases()) {
            if (!known.contains(wanted)) {
                throw Problem.of("E_NO_DATABASE", ProblemKind.CONFIG, "there is no database " + wanted)
                        .at(session.place())
                        .because("it does not exist, or the user may see nothing in it")
                        .fix(NearNames.nearest(wanted, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("check the option database"))
                        .exception();
            }
        }
    }

    /** Which rows of a table of the catalog are wanted, by their names. */
    private String restriction(DiscoverScope scope) {
        String databases = settings.databases().isEmpty()
                ? "TABLE_SCHEMA NOT IN (" + SYSTEM + ")"
                : settings.databases().stream()
                        .map(Quoting::literal)
                        .collect(Collectors.joining(", ", "TABLE_SCHEMA IN (", ")"));
        return switch (scope) {
            case DiscoverScope.All ignored -> databases;
            case DiscoverScope.Only(Set<StreamId> streams) -> {
                String names = streams.stream()
                        .filter(stream -> stream.namespace() != null)
                        .map(stream -> "(TABLE_SCHEMA = " + Quoting.literal(String.valueOf(stream.namespace()))
                                + " AND TABLE_NAME = " + Quoting.literal(stream.name()) + ")")
                        .collect(Collectors.joining(" OR "));
                yield databases + (names.isEmpty() ? " AND FALSE" : " AND (" + names + ")");
            }
        };
    }

    /** The catalog compares names without regard to case, so what it found is looked at once more. */
    private static boolean isWanted(StreamId id, DiscoverScope scope) {
        return switch (scope) {
            case DiscoverScope.All ignored -> true;
            case DiscoverScope.Only(Set<StreamId> streams) -> streams.contains(id);
        };
    }

    private Map<StreamId, Listed> list(DiscoverScope scope) {
        Map<StreamId, Listed> all = new LinkedHashMap<>();
        for (SqlRow row :
                session.query("SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, CREATE_OPTIONS, TABLE_ROWS,"
                        + " DATA_LENGTH, AVG_ROW_LENGTH FROM information_schema.TABLES WHERE " + restriction(scope)
                        + " ORDER BY BINARY TABLE_SCHEMA, BINARY TABLE_NAME")) {
            StreamId id = StreamId.of(row.requireText(0), row.requireText(1));
            Relation.Kind kind = kind(row.requireText(2), row.text(3), String.valueOf(row.text(4)));
            if (isWanted(id, scope) && !row.requireText(2).equals("SEQUENCE")) {
                boolean counted = kind != Relation.Kind.VIEW && row.text(5) != null;
                long rows = counted ? row.whole(5) : Estimate.UNKNOWN;
                Sizes sizes = new Sizes(rows, counted ? row.whole(6) : Estimate.UNKNOWN, row.whole(7));
                all.put(id, new Listed(id, kind, row.requireText(2).equals("SYSTEM VERSIONED"), sizes));
            }
        }
        return all;
    }

    private static Relation.Kind kind(String type, @Nullable String engine, String options) {
        if (type.endsWith("VIEW")) {
            return Relation.Kind.VIEW;
        }
        if (!"InnoDB".equalsIgnoreCase(engine)) {
            return Relation.Kind.PLAIN_TABLE;
        }
        return options.toLowerCase(Locale.ROOT).contains("partitioned")
                ? Relation.Kind.PARTITIONED_TABLE
                : Relation.Kind.SNAPSHOT_TABLE;
    }

    private Map<StreamId, List<Relation.Column>> columns(DiscoverScope scope, Map<StreamId, Listed> listed) {
        Map<StreamId, List<Relation.Column>> byRelation = new LinkedHashMap<>();
        Map<StreamId, List<String>> candidates = new LinkedHashMap<>();
        for (SqlRow row : session.query("SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE,"
                + " NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, PRIVILEGES, COLLATION_NAME,"
                + " COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME, EXTRA"
                + " FROM information_schema.COLUMNS WHERE " + restriction(scope)
                + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION")) {
            StreamId id = StreamId.of(row.requireText(0), row.requireText(1));
            if (!listed.containsKey(id)) {
                continue;
            }
            LogShape.Column shaped = LogShape.column(row, 10);
            shapes.computeIfAbsent(id, none -> new ArrayList<>()).add(shaped);
            // The log does not tell what the server computes.
            if (!row.requireText(8).contains("select") || (settings.log().isPresent() && shaped.isComputed())) {
                continue;
            }
            MyTypes.Declared declared = new MyTypes.Declared(
                    row.requireText(3), row.requireText(4), (int) row.whole(5), (int) row.whole(6), (int) row.whole(7));
            if (declared.name().equals("longtext") && "utf8mb4_bin".equals(row.text(9))) {
                candidates.computeIfAbsent(id, none -> new ArrayList<>()).add(row.requireText(2));
            }
            byRelation
                    .computeIfAbsent(id, none -> new ArrayList<>())
                    .add(new Relation.Column(row.requireText(2), types.reading(declared)));
        }
        if (session.version().mariaDb()) {
            candidates.forEach((id, names) -> markJson(id, names, byRelation.getOrDefault(id, List.of())));
        }
        return byRelation;
    }

    /** MariaDB declares JSON as text with a check; only the description of a result tells it apart. */
    private void markJson(StreamId id, List<String> candidates, List<Relation.Column> columns) {
        String selected = candidates.stream().map(Quoting::identifier).collect(Collectors.joining(", "));
        String table = Quoting.table(String.valueOf(id.namespace()), id.name());
        List<String> names = session.columnTypes("SELECT " + selected + " FROM " + table + " LIMIT 0");
        for (int i = 0; i < candidates.size(); i++) {
            String name = candidates.get(i);
            if (names.get(i).equalsIgnoreCase("JSON")) {
                columns.replaceAll(
                        column -> column.name().equals(name) ? new Relation.Column(name, MyTypes.json()) : column);
            }
        }
    }

    /** The unique indexes of each table in the order in which they were made, the primary key first. */
    private Map<StreamId, Map<String, List<IndexPart>>> indexes(DiscoverScope scope) {
        Map<StreamId, Map<String, List<IndexPart>>> byRelation = new LinkedHashMap<>();
        for (SqlRow row : session.query("SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART, NULLABLE"
                + " FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0 AND INDEX_TYPE = 'BTREE' AND "
                + restriction(scope) + " ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX")) {
            byRelation
                    .computeIfAbsent(StreamId.of(row.requireText(0), row.requireText(1)), none -> new LinkedHashMap<>())
                    .computeIfAbsent(row.requireText(2), none -> new ArrayList<>())
                    .add(new IndexPart(String.valueOf(row.text(3)), row.text(4), "YES".equals(row.text(5))));
        }
        return byRelation;
    }

    private Found found(Listed listed, List<Relation.Column> columns, Map<String, List<IndexPart>> indexes) {
        List<String> keyColumns = List.of();
        Relation.Key key = null;
        for (Map.Entry<String, List<IndexPart>> index : indexes.entrySet()) {
            List<IndexPart> parts = index.getValue();
            List<String> names = parts.stream().map(IndexPart::column).toList();
            boolean whole = parts.stream().noneMatch(part -> part.nullable() || part.prefix() != null);
            List<Relation.Column> there = columns.stream()
                    .filter(column -> names.contains(column.name()))
                    .toList();
            // Some columns may not be read, or are expressions.
            if (whole && there.size() == names.size()) {
                keyColumns = names;
                key = key(index.getKey(), names, there);
                break;
            }
        }
        Relation relation = new Relation(
                String.valueOf(listed.id().namespace()),
                listed.id().name(),
                listed.kind(),
                columns,
                key,
                listed.sizes().rowBytes(),
                logged(listed, columns));
        // With the log, what is not in it can only be read whole.
        boolean incremental = settings.log().isPresent()
                ? relation.logged() != null
                : columns.stream().anyMatch(CursorWindow::canBeCursor);
        return new Found(
                relation,
                new CatalogStream(
                        listed.id(),
                        relation.fields(),
                        incremental
                                ? Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL)
                                : Set.of(SyncMode.FULL_REFRESH),
                        relation.logged() == null ? Cursor.NONE : Cursor.KEPT_BY_SOURCE,
                        keyColumns.stream().map(FieldPath::of).toList(),
                        relation.isDivisible(),
                        new Estimate(listed.sizes().rows(), listed.sizes().bytes())));
    }

    /** The table as one whose log is read; null if it is not, or if snapshots do not show it as it was at a place of the log. */
    private @Nullable LogTable logged(Listed listed, List<Relation.Column> columns) {
        boolean hasSnapshots =
                listed.kind() == Relation.Kind.SNAPSHOT_TABLE || listed.kind() == Relation.Kind.PARTITIONED_TABLE;
        if (settings.log().isEmpty() || !hasSnapshots || listed.isVersioned()) {
            return null;
        }
        return new LogTable(
                String.valueOf(listed.id().namespace()),
                listed.id().name(),
                columns.stream()
                        .map(column -> new LogColumn(
                                new Field(column.name(), column.reading().type()),
                                column.reading().decoding(),
                                column.reading().expression()))
                        .toList(),
                new LogShape(shapes.getOrDefault(listed.id(), List.of())));
    }

    /** The key as one by whose ranges the table can be read; null if its values have no order to rely on. */
    private static Relation.@Nullable Key key(String index, List<String> names, List<Relation.Column> columns) {
        List<Relation.Column> ordered = new ArrayList<>();
        for (String name : names) {
            columns.stream().filter(column -> column.name().equals(name)).forEach(ordered::add);
        }
        boolean usable = ordered.stream()
                .map(Relation.Column::reading)
                .noneMatch(reading -> reading.order() == Order.NONE || reading.decoding() == Decoding.FLOAT);
        return usable ? new Relation.Key(index, ordered) : null;
    }
}
