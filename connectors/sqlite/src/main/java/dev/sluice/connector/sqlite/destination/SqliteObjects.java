package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.sql.ObjectTable;
import dev.sluice.cdk.sql.ObjectTables;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.sqlite.session.DeclaredTypes;
import dev.sluice.connector.sqlite.session.SqliteFile;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of a file that rows can be written into as they are. */
final class SqliteObjects implements ObjectTables {
    /** In numbers of SQLite so many digits are exact. */
    private static final int EXACT_DIGITS = 15;

    private static final String BINARY = "BINARY";

    private final SqliteFile file;

    SqliteObjects(SqliteFile file) {
        this.file = file;
    }

    @Override
    public List<ObjectTable> find(SqlSession session, @Nullable String object) {
        if (!file.exists()) {
            return List.of();
        }
        List<ObjectTable> tables = new ArrayList<>();
        for (SqlRow row : session.query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")) {
            String physical = row.requireText(0);
            TableName name = name(physical);
            boolean own = name.schema().equals(new SqliteDialect().internalSchema());
            if (!own && (object == null || object.equals(name.toString()))) {
                tables.add(table(session, physical, name));
            }
        }
        return tables;
    }

    /** The name whose {@link SqliteDialect#physical} it is. */
    private static TableName name(String physical) {
        int dot = physical.indexOf('.');
        return dot < 0
                ? new TableName(SqliteDialect.MAIN, physical)
                : new TableName(
                        physical.substring(0, dot).replace("%2E", ".").replace("%25", "%"),
                        physical.substring(dot + 1));
    }

    private static ObjectTable table(SqlSession session, String physical, TableName name) {
        Map<List<String>, List<String>> keys = keys(session, physical);
        Map<String, String> collations = new LinkedHashMap<>();
        keys.forEach((key, how) -> {
            for (int i = 0; i < key.size(); i++) {
                collations.putIfAbsent(key.get(i), how.get(i));
            }
        });
        List<ObjectTable.Column> columns = new ArrayList<>();
        List<String> primary = new ArrayList<>();
        for (SqlRow row : session.query(
                "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0"
                        + " ORDER BY cid",
                physical)) {
            String column = row.requireText(0);
            if (row.whole(4) > 0) {
                primary.add(column);
            }
            boolean counts = row.whole(4) > 0 && row.requireText(1).equalsIgnoreCase("INTEGER");
            String collation = collations.getOrDefault(column, BINARY);
            columns.add(new ObjectTable.Column(
                    column,
                    row.requireText(1) + (collation.equals(BINARY) ? "" : " COLLATE " + collation),
                    type(row.requireText(1)),
                    row.truth(2) && row.text(3) == null && !counts,
                    List.of()));
        }
        // The number of a row is a key without an index.
        if (primary.size() == 1) {
            keys.putIfAbsent(primary, List.of(BINARY));
        }
        Set<String> writable = columns.stream().map(ObjectTable.Column::name).collect(Collectors.toSet());
        return new ObjectTable(
                name,
                columns,
                keys.keySet().stream().filter(writable::containsAll).toList());
    }

    /** The columns of each unique index that is about all rows, with how it compares them. */
    private static Map<List<String>, List<String>> keys(SqlSession session, String physical) {
        Map<String, List<SqlRow>> indexes = new LinkedHashMap<>();
        for (SqlRow row : session.query(
                "SELECT i.name, c.name, c.coll FROM pragma_index_list(?, 'main') AS i"
                        + " JOIN pragma_index_xinfo(i.name, 'main') AS c ON c.key = 1"
                        + " WHERE i.\"unique\" = 1 AND i.partial = 0 ORDER BY i.origin <> 'pk', i.seq DESC, c.seqno",
                physical)) {
            indexes.computeIfAbsent(row.requireText(0), _ -> new ArrayList<>()).add(row);
        }
        Map<List<String>, List<String>> keys = new LinkedHashMap<>();
        for (List<SqlRow> parts : indexes.values()) {
            // What is computed has no name.
            if (parts.stream().allMatch(part -> part.text(1) != null)) {
                keys.putIfAbsent(
                        parts.stream().map(part -> part.requireText(1)).toList(),
                        parts.stream().map(part -> part.requireText(2)).toList());
            }
        }
        return keys;
    }

    /** Numbers beyond what SQLite's numbers keep are those that it makes of them. */
    private static DataType type(String declared) {
        DataType type = DeclaredTypes.of(declared).orElseGet(DataType.TextType::new);
        return switch (type) {
            case DataType.FloatType ignored -> new DataType.FloatType(64);
            case DataType.DecimalType decimal
            when decimal.isUnconstrained() || decimal.precision() > EXACT_DIGITS -> new DataType.FloatType(64);
            default -> type;
        };
    }

    /** A file checks no foreign keys unless it is told to. */
    @Override
    public List<String> opening() {
        return List.of("PRAGMA foreign_keys = ON");
    }

    @Override
    public List<String> closing() {
        return List.of("PRAGMA foreign_keys = OFF");
    }

    @Override
    public String loadedType(ObjectTable.Column column, String usual) {
        int collation = column.sqlType().indexOf(" COLLATE ");
        return collation < 0 ? usual : usual + column.sqlType().substring(collation);
    }

    /** A column's own collation may take letters of another case for the same. */
    @Override
    public String isSame(String current, String came, ObjectTable.Column column) {
        return current + " IS " + came + " COLLATE BINARY";
    }

    /** The schema of an index is told by its own name, and not by that of its table. */
    @Override
    public List<String> createKeys(String table, String index, String columns, String key) {
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + table + " (" + columns + ")",
                "CREATE INDEX IF NOT EXISTS " + SqliteDialect.IN_MAIN + index + " ON "
                        + table.substring(SqliteDialect.IN_MAIN.length()) + " (" + key + ")");
    }

    /** Values are looked for one by one in the index of the key, whatever number of rows the table has. */
    @Override
    public String delete(String target, String source, List<ColumnValue> key, String matches) {
        return "DELETE FROM " + target + " WHERE ("
                + key.stream().map(ColumnValue::column).collect(Collectors.joining(", ")) + ") IN (SELECT "
                + key.stream().map(ColumnValue::value).collect(Collectors.joining(", ")) + " FROM " + source + ")";
    }
}
