package dev.sluice.connector.postgres.destination;

import dev.sluice.cdk.sql.ObjectTable;
import dev.sluice.cdk.sql.ObjectTables;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database that rows can be written into as they are, from the catalog of the server: what may be inserted, what
 * is unique (a constraint or an index without a condition, on columns that can be written), what an enum allows.
 */
final class PgObjects implements ObjectTables {
    /** Which tables as c, in schemas as n; the two parameters are the name of one, or nulls for all. */
    private static final String WRITABLE = """
        c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'sluice_internal')
        AND has_schema_privilege(n.oid, 'USAGE')
        AND (has_table_privilege(c.oid, 'INSERT') OR has_table_privilege(c.oid, 'UPDATE'))
        AND (CAST(? AS text) IS NULL OR n.nspname || '.' || c.relname = ?)\
        """;

    @Override
    public List<ObjectTable> find(SqlSession session, @Nullable String object) {
        Map<Long, List<List<String>>> keys = keys(session, object);
        Map<Long, TableName> names = new LinkedHashMap<>();
        Map<Long, List<ObjectTable.Column>> columns = new HashMap<>();
        for (SqlRow row : session.query("""
            SELECT c.oid, n.nspname, c.relname, a.attname,
                   format_type(coalesce(b.oid, t.oid), CASE WHEN t.typname LIKE 'time%%' THEN a.atttypmod ELSE -1 END),
                   coalesce(b.typname, t.typname), coalesce(b.typtype, t.typtype),
                   CASE WHEN t.typtype = 'd' AND a.atttypmod = -1 THEN t.typtypmod ELSE a.atttypmod END,
                   a.attnotnull AND NOT a.atthasdef AND a.attidentity = '',
                   (SELECT string_agg(e.enumlabel, E'\\x01' ORDER BY e.enumsortorder)
                      FROM pg_enum AS e WHERE e.enumtypid = coalesce(b.oid, t.oid))
              FROM pg_class AS c
              JOIN pg_namespace AS n ON n.oid = c.relnamespace
              JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND a.attgenerated = '' AND a.attidentity <> 'a'
              JOIN pg_type AS t ON t.oid = a.atttypid
              LEFT JOIN pg_type AS b ON t.typtype = 'd' AND b.oid = t.typbasetype
             WHERE %s
             ORDER BY n.nspname, c.relname, a.attnum\
            """.formatted(WRITABLE), object, object)) {
            long table = row.whole(0);
            names.putIfAbsent(table, new TableName(row.requireText(1), row.requireText(2)));
            columns.computeIfAbsent(table, _ -> new ArrayList<>()).add(column(row));
        }
        List<ObjectTable> found = new ArrayList<>();
        names.forEach((table, name) -> found.add(
                new ObjectTable(name, columns.getOrDefault(table, List.of()), keys.getOrDefault(table, List.of()))));
        return found;
    }

    private static ObjectTable.Column column(SqlRow row) {
        String labels = row.text(9);
        return new ObjectTable.Column(
                row.requireText(3),
                row.requireText(4),
                type(row.requireText(5), row.requireText(6), (int) row.whole(7)),
                row.truth(8),
                labels == null ? List.of() : Arrays.asList(labels.split("\u0001")));
    }

    /** The type of the values that a column takes; whatever has no type of ours is written as the server reads its text. */
    private static DataType type(String name, String kind, int modifier) {
        if (!kind.equals("b")) {
            return new DataType.TextType();
        }
        return switch (name) {
            case "bool" -> new DataType.BoolType();
            case "int2", "int4", "int8" -> new DataType.IntType(64);
            case "float4", "float8" -> new DataType.FloatType(64);
            case "numeric" -> numeric(modifier);
            case "bytea" -> new DataType.BinaryType();
            case "json", "jsonb" -> new DataType.JsonType();
            case "uuid" -> new DataType.UuidType();
            case "date" -> new DataType.DateType();
            case "time" -> new DataType.TimeType(6, false);
            case "timetz" -> new DataType.TimeType(6, true);
            case "timestamp" -> new DataType.TimestampType(6, false);
            case "timestamptz" -> new DataType.TimestampType(6, true);
            default -> new DataType.TextType();
        };
    }

    /** The modifier of numeric holds the precision above 16 bits and the scale in 11 bits with a sign (numeric.c). */
    private static DecimalType numeric(int modifier) {
        if (modifier < 4) {
            return DecimalType.unconstrained();
        }
        int packed = modifier - 4;
        int scale = ((packed & 0x7FF) ^ 1024) - 1024;
        return scale < 0 ? DecimalType.unconstrained() : new DecimalType((packed >> 16) & 0xFFFF, scale);
    }

    private static Map<Long, List<List<String>>> keys(SqlSession session, @Nullable String object) {
        Map<Long, List<List<String>>> keys = new HashMap<>();
        for (SqlRow row : session.query("""
            SELECT i.indrelid, string_agg(a.attname, E'\\x01' ORDER BY k.place)
              FROM pg_index AS i
              JOIN pg_class AS c ON c.oid = i.indrelid
              JOIN pg_namespace AS n ON n.oid = c.relnamespace
              JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place) ON k.place <= i.indnkeyatts
              LEFT JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
             WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND %s
             GROUP BY i.indrelid, i.indexrelid, i.indisprimary
            HAVING bool_and(a.attgenerated = '' AND a.attidentity <> 'a')
             ORDER BY i.indisprimary DESC, i.indexrelid\
            """.formatted(WRITABLE), object, object)) {
            keys.computeIfAbsent(row.whole(0), _ -> new ArrayList<>())
                    .add(Arrays.asList(row.requireText(1).split("\u0001")));
        }
        return keys;
    }

    @Override
    public List<String> beginning() {
        return List.of("SET CONSTRAINTS ALL IMMEDIATE");
    }

    @Override
    public String cast(String value, ObjectTable.Column column) {
        return "CAST(" + value + " AS " + column.sqlType() + ")";
    }

    /** Some types have no equality, such as json, and some take values for equal that differ, such as citext: their texts tell. */
    @Override
    public String isSame(String current, String came, ObjectTable.Column column) {
        boolean byText =
                column.type() instanceof DataType.TextType || column.sqlType().equals("json");
        return byText
                ? asText(current) + " IS NOT DISTINCT FROM " + asText(came)
                : current + " IS NOT DISTINCT FROM " + came;
    }

    private static String asText(String value) {
        return "CAST(" + value + " AS text) COLLATE \"C\"";
    }
}
