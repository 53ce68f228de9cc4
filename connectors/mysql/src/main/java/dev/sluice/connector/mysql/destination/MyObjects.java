package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.sql.ObjectTable;
import dev.sluice.cdk.sql.ObjectTables;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a server that rows can be written into as they are: those of engines with transactions, since others could not
 * take back the rows of a batch of which one is refused.
 */
final class MyObjects implements ObjectTables {
    private static final int UNSIGNED_DIGITS = 20;
    private static final int MAX_BITS = 63;
    private static final int MICROS = 6;

    /** The most bytes by which the server orders texts; it would take longer ones for the same. No key is as long. */
    private static final String WHOLE_KEYS = "SET SESSION max_sort_length = 65536";

    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'");

    private final String internal;

    MyObjects(String internal) {
        this.internal = internal;
    }

    /** The columns of a table as they are gathered. */
    private record Gathered(TableName name, List<ObjectTable.Column> columns, List<List<String>> keys) {}

    @Override
    public List<ObjectTable> find(SqlSession session, @Nullable String object) {
        Map<String, Gathered> tables = new LinkedHashMap<>();
        for (SqlRow row : session.query("""
            SELECT c.TABLE_SCHEMA, c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE, c.COLUMN_TYPE, c.NUMERIC_PRECISION,
                   c.NUMERIC_SCALE, c.CHARACTER_SET_NAME, c.COLLATION_NAME, c.IS_NULLABLE = 'NO' AND c.COLUMN_DEFAULT IS NULL,
                   c.EXTRA
              FROM information_schema.COLUMNS AS c
              JOIN information_schema.TABLES AS t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
              JOIN information_schema.ENGINES AS e ON e.ENGINE = t.ENGINE AND e.TRANSACTIONS = 'YES'
             WHERE t.TABLE_TYPE = 'BASE TABLE'
               AND t.TABLE_SCHEMA NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema', ?)
               AND (c.PRIVILEGES LIKE '%insert%' OR c.PRIVILEGES LIKE '%update%')
               AND (? IS NULL OR CONCAT(c.TABLE_SCHEMA, '.', c.TABLE_NAME) = ?)
             ORDER BY c.TABLE_SCHEMA, c.TABLE_NAME, c.ORDINAL_POSITION\
            """, internal, object, object)) {
            TableName name = new TableName(row.requireText(0), row.requireText(1));
            String extra = row.requireText(10).toUpperCase(Locale.ROOT);
            boolean computed = extra.contains("VIRTUAL") || extra.contains("PERSISTENT") || extra.contains("STORED");
            // The catalog compares names without regard to case and accents.
            if (!computed && (object == null || object.equals(name.toString()))) {
                tables.computeIfAbsent(name.toString(), _ -> new Gathered(name, new ArrayList<>(), new ArrayList<>()))
                        .columns()
                        .add(column(row, extra.contains("AUTO_INCREMENT")));
            }
        }
        addKeys(session, object, tables);
        return tables.values().stream()
                .map(table -> new ObjectTable(table.name(), table.columns(), table.keys()))
                .toList();
    }

    private static ObjectTable.Column column(SqlRow row, boolean counts) {
        String declared = row.requireText(4);
        String kind = row.requireText(3).toLowerCase(Locale.ROOT);
        boolean unicode = "utf8mb4".equals(row.text(7));
        return new ObjectTable.Column(
                row.requireText(2),
                unicode && !kind.equals("enum") && !kind.equals("set")
                        ? declared + " COLLATE " + row.requireText(8)
                        : declared,
                type(kind, declared.toLowerCase(Locale.ROOT), (int) row.whole(5), (int) row.whole(6)),
                row.truth(9) && !counts,
                kind.equals("enum") ? labels(declared) : List.of());
    }

    /** The labels of an enum as its declaration has them. */
    private static List<String> labels(String declared) {
        Matcher label = LABEL.matcher(declared);
        return label.results().map(each -> each.group(1).replace("''", "'")).toList();
    }

    /** The type of the values that a column takes; whatever has no type of ours is written as the server reads its text. */
    private static DataType type(String kind, String declared, int precision, int scale) {
        return switch (kind) {
            case "tinyint" -> declared.startsWith("tinyint(1)") ? new DataType.BoolType() : new DataType.IntType(64);
            case "smallint", "mediumint", "int", "year" -> new DataType.IntType(64);
            case "bigint" ->
                declared.contains("unsigned") ? new DataType.DecimalType(UNSIGNED_DIGITS, 0) : new DataType.IntType(64);
            case "bit" -> bits(precision);
            case "decimal" -> new DataType.DecimalType(precision, scale);
            case "float", "double" -> new DataType.FloatType(64);
            case "date" -> new DataType.DateType();
            case "time" -> new DataType.TimeType(MICROS, false);
            case "datetime" -> new DataType.TimestampType(MICROS, false);
            case "timestamp" -> new DataType.TimestampType(MICROS, true);
            case "json" -> new DataType.JsonType();
            case "uuid" -> new DataType.UuidType();
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> new DataType.BinaryType();
            default -> new DataType.TextType();
        };
    }

    private static DataType bits(int count) {
        if (count <= 1) {
            return new DataType.BoolType();
        }
        return count <= MAX_BITS ? new DataType.IntType(64) : new DataType.DecimalType(UNSIGNED_DIGITS, 0);
    }

    /** Unique indexes on whole columns that can be written, the primary one first. */
    private static void addKeys(SqlSession session, @Nullable String object, Map<String, Gathered> tables) {
        Map<String, List<SqlRow>> indexes = new LinkedHashMap<>();
        for (SqlRow row : session.query("""
            SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART
              FROM information_schema.STATISTICS
             WHERE NON_UNIQUE = 0 AND (? IS NULL OR CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) = ?)
             ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX\
            """, object, object)) {
            indexes.computeIfAbsent(
                            row.requireText(0) + "." + row.requireText(1) + "\0" + row.requireText(2),
                            _ -> new ArrayList<>())
                    .add(row);
        }
        Map<String, List<String>> writable = new HashMap<>();
        tables.forEach((name, table) -> writable.put(
                name, table.columns().stream().map(ObjectTable.Column::name).collect(Collectors.toList())));
        indexes.forEach((name, parts) -> {
            String table = name.substring(0, name.indexOf('\0'));
            boolean whole = parts.stream()
                    .allMatch(part -> part.text(4) == null
                            && writable.getOrDefault(table, List.of()).contains(String.valueOf(part.text(3))));
            if (whole) {
                Objects.requireNonNull(tables.get(table))
                        .keys()
                        .add(parts.stream().map(part -> part.requireText(3)).toList());
            }
        });
    }

    @Override
    public List<String> opening() {
        // A delete of several tables looks for one that is known by another name in the database in use, and wants one.
        return List.of(WHOLE_KEYS, "USE " + quoted(internal));
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    public List<String> closing() {
        return List.of("SET SESSION max_sort_length = DEFAULT");
    }

    /** Texts are compared as the column compares them, so that rows are found as its own index finds them. */
    @Override
    public String loadedType(ObjectTable.Column column, String usual) {
        int collation = column.sqlType().indexOf(" COLLATE ");
        return usual.equals(ColumnTypes.TEXT) && collation >= 0
                ? usual + " CHARACTER SET utf8mb4" + column.sqlType().substring(collation)
                : usual;
    }

    /** The server rounds a time to the digits that its column has; said before it is compared, so that it stays unchanged. */
    @Override
    public String cast(String value, ObjectTable.Column column) {
        TypeName declared = TypeName.parse(column.sqlType());
        return switch (declared.name()) {
            case "datetime", "timestamp" -> "CAST(" + value + " AS DATETIME(" + declared.fraction() + "))";
            case "time" -> "CAST(" + value + " AS TIME(" + declared.fraction() + "))";
            default -> value;
        };
    }

    /** A collation may take letters of another case, or blanks at the end, for the same; bytes do not. */
    @Override
    public String isSame(String current, String came, ObjectTable.Column column) {
        boolean byText = column.type() instanceof DataType.TextType || column.type() instanceof DataType.JsonType;
        return byText ? bytes(current) + " <=> " + bytes(came) : current + " <=> " + came;
    }

    private static String bytes(String value) {
        return "CAST(CONVERT(" + value + " USING utf8mb4) AS BINARY)";
    }

    @Override
    public String update(String target, String source, List<ColumnValue> values, String matches, String condition) {
        return "UPDATE " + target + " AS t JOIN " + source + " ON " + matches + " SET "
                + values.stream()
                        .map(each -> "t." + each.column() + " = " + each.value())
                        .collect(Collectors.joining(", "))
                + " WHERE " + condition;
    }

    @Override
    public List<String> createKeys(String table, String index, String columns, String key) {
        return List.of("CREATE TABLE IF NOT EXISTS " + table + " (" + columns + ", INDEX " + index + " (" + key
                + ")) ENGINE=InnoDB");
    }

    @Override
    public String delete(String target, String source, List<ColumnValue> key, String matches) {
        return "DELETE t FROM " + target + " AS t JOIN " + source + " ON " + matches;
    }
}
