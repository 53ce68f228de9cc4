package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.sqlite.session.DeclaredTypes;
import dev.sluice.connector.sqlite.session.FileSession;
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
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks SQLite's catalog which tables and views there are, with their columns and keys. */
final class Discovery {
    /** So many rows are looked at where a column declares no type. */
    private static final int SAMPLE = 1_000;

    private static final List<String> ROW_IDS = List.of("rowid", "_rowid_", "oid");

    private final FileSession session;
    private final SourceSettings settings;
    private final ConnectorContext context;

    Discovery(FileSession session, SourceSettings settings, ConnectorContext context) {
        this.session = session;
        this.settings = settings;
        this.context = context;
    }

    /** A column as the catalog has it; the place in the key is 0 if it is not in it. */
    private record Listed(String name, String type, boolean neverNull, long inKey) {}

    List<Relation> run(DiscoverScope scope) {
        List<Relation> found = new ArrayList<>();
        for (SqlRow row : listed(scope)) {
            String name = row.requireText(0);
            if (isWanted(StreamId.of(null, name), scope)) {
                describe(name, row.requireText(1), row.truth(2)).ifPresent(found::add);
            }
        }
        return found;
    }

    /** One table is asked for by its name: listing all of them for each of thousands would take hours. */
    private List<SqlRow> listed(DiscoverScope scope) {
        return scope instanceof DiscoverScope.Only(Set<StreamId> streams) && streams.size() == 1
                ? session.query(
                        listing("pragma_table_list(?)"),
                        streams.iterator().next().name())
                : session.query(listing("pragma_table_list"));
    }

    private static String listing(String tables) {
        return "SELECT name, type, wr FROM " + tables + " WHERE schema = 'main'"
                + " AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                + " AND name NOT LIKE 'sluice\\_internal.%' ESCAPE '\\' ORDER BY name COLLATE BINARY";
    }

    private static boolean isWanted(StreamId stream, DiscoverScope scope) {
        return switch (scope) {
            case DiscoverScope.All ignored -> true;
            case DiscoverScope.Only(Set<StreamId> streams) -> streams.contains(stream);
        };
    }

    static CatalogStream stream(Relation relation) {
        boolean incremental =
                relation.schema().fields().stream().map(Field::type).anyMatch(CursorColumn::canBe);
        return new CatalogStream(
                relation.stream(),
                relation.schema(),
                incremental ? Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL) : Set.of(SyncMode.FULL_REFRESH),
                Cursor.NONE,
                relation.key().stream().map(FieldPath::of).toList(),
                !relation.order().isEmpty(),
                Estimate.NONE);
    }

    /** Empty for a view that cannot be read, such as one of a table that is gone. */
    private Optional<Relation> describe(String name, String type, boolean withoutRowId) {
        try {
            List<Listed> columns = columns(name);
            List<Field> fields = new ArrayList<>();
            for (Listed column : columns) {
                fields.add(new Field(column.name(), type(name, column)));
            }
            boolean table = type.equals("table");
            List<String> key = key(name, columns);
            List<String> order = table ? order(columns, withoutRowId) : List.of();
            return Optional.of(new Relation(name, new Schema(fields), key, order, table));
        } catch (ProblemException unreadable) {
            if (type.equals("table") || unreadable.problem().kind() == ProblemKind.CANCELLED) {
                throw unreadable;
            }
            context.log(
                    Level.WARNING,
                    "left out " + name + ", which cannot be read: "
                            + unreadable.problem().why());
            return Optional.empty();
        }
    }

    private List<Listed> columns(String table) {
        List<Listed> columns = new ArrayList<>();
        for (SqlRow row : session.query(
                "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?, 'main') WHERE hidden <> 1 ORDER BY cid",
                table)) {
            columns.add(new Listed(row.requireText(0), row.requireText(1), row.truth(2), row.whole(3)));
        }
        return columns;
    }

    private DataType type(String table, Listed column) {
        if (settings.asText().contains(table + "." + column.name())) {
            return new DataType.TextType();
        }
        return DeclaredTypes.of(column.type()).orElseGet(() -> stored(table, column.name()));
    }

    /** The type that holds what the first rows have in a column that declares none. */
    private DataType stored(String table, String column) {
        Relation any = new Relation(table, Schema.of(), List.of(), List.of(), false);
        SqlRow counts = session.query(
                        "SELECT count(*) FILTER (WHERE c = 'integer'), count(*) FILTER (WHERE c = 'real'), count(*)"
                                + " FILTER (WHERE c = 'blob'), count(*) FILTER (WHERE c <> 'null') FROM (SELECT typeof("
                                + Relation.column(column) + ") AS c FROM " + any.from() + " LIMIT " + SAMPLE + ")")
                .getFirst();
        long all = counts.whole(3);
        if (all == 0) {
            return new DataType.TextType();
        }
        if (counts.whole(0) == all) {
            return new DataType.IntType(64);
        }
        if (counts.whole(1) == all) {
            return new DataType.FloatType(64);
        }
        if (counts.whole(2) == all) {
            return new DataType.BinaryType();
        }
        return counts.whole(0) + counts.whole(1) == all
                ? DataType.DecimalType.unconstrained()
                : new DataType.TextType();
    }

    /** A key may hold nulls, each of which is another one, unless somebody forbids them; then it tells nothing apart. */
    private List<String> key(String table, List<Listed> columns) {
        List<Listed> key = columns.stream()
                .filter(column -> column.inKey() > 0)
                .sorted(Comparator.comparingLong(Listed::inKey))
                .toList();
        Relation any = new Relation(table, Schema.of(), List.of(), List.of(), false);
        for (Listed column : key) {
            boolean nulls = !column.neverNull()
                    && !session.query("SELECT 1 FROM " + any.from() + " WHERE " + Relation.column(column.name())
                                    + " IS NULL LIMIT 1")
                            .isEmpty();
            if (nulls) {
                return List.of();
            }
        }
        return key.stream().map(Listed::name).toList();
    }

    private static List<String> order(List<Listed> columns, boolean withoutRowId) {
        if (withoutRowId) {
            return columns.stream()
                    .filter(column -> column.inKey() > 0)
                    .sorted(Comparator.comparingLong(Listed::inKey))
                    .map(column -> Relation.column(column.name()))
                    .toList();
        }
        return ROW_IDS.stream()
                .filter(id -> columns.stream().map(Listed::name).noneMatch(id::equalsIgnoreCase))
                .findFirst()
                .map(id -> List.of(Relation.ALIAS + id))
                .orElse(List.of());
    }
}
