package dev.sluice.connector.postgres;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables with the types that only PostgreSQL knows, and what is read from them. */
final class NativeTypes {
    private final List<String> columns = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final List<@Nullable String> texts = new ArrayList<>();

    static List<KnownStream> create(PostgresDatabase database) {
        database.execute(
                "CREATE SCHEMA natives",
                "CREATE TYPE natives.mood AS ENUM ('sad', 'very happy')",
                "CREATE TYPE natives.point3 AS (x int, y numeric, label text)",
                "CREATE DOMAIN natives.price AS numeric(10,2) CHECK (value >= 0)",
                "CREATE DOMAIN natives.asking_price AS natives.price");
        NativeTypes types = new NativeTypes();
        types.addScalars();
        types.addContainers();
        List<KnownStream> streams = new ArrayList<>();
        streams.add(types.table(database));
        streams.addAll(shapes(database));
        return streams;
    }

    private void addScalars() {
        add("mood", "natives.mood", "'very happy'", new DataType.TextType(), "very happy");
        add("price", "natives.price", "12.50", new DataType.DecimalType(10, 2), "12.50");
        add("asking", "natives.asking_price", "0.01", new DataType.DecimalType(10, 2), "0.01");
        add("negative_scale", "numeric(3,-2)", "12300", new DataType.DecimalType(3, -2), "12300");
        add("cash", "money", "1234.56::money", DataType.DecimalType.unconstrained(), "1234.56");
        add("padded", "char(5)", "'ab'", new DataType.TextType(), "ab   ");
        add("limited", "varchar(3)", "'äöü'", new DataType.TextType(), "äöü");
        add("letter", "\"char\"", "'x'", new DataType.TextType(), "x");
        add("object_id", "oid", "4294967295", new DataType.IntType(64), "4294967295");
        add("span", "interval", "'1 year 2 mons -3 days 04:05:06.789'", unknown("interval"), "P1Y2M-3DT4H5M6.789S");
        add("bits", "bit(4)", "B'1010'", unknown("bit"), "1010");
        add("address", "inet", "'192.168.0.1/24'", unknown("inet"), "192.168.0.1/24");
        add("lone_address", "inet", "'10.0.0.1'", unknown("inet"), "10.0.0.1");
        add("range", "int4range", "'[1,5)'", unknown("int4range"), "[1,5)");
        add("place", "point", "'(1.5,-2)'", unknown("point"), "(1.5,-2)");
        add("document", "xml", "'<a>1</a>'", unknown("xml"), "<a>1</a>");
        add("words", "tsvector", "'fat cat'::tsvector", unknown("tsvector"), "'cat' 'fat'");
        add(
                "binary_json",
                "jsonb",
                "'{\"b\": 1.50, \"a\": [true, null]}'",
                new DataType.JsonType(),
                "{\"a\": [true, null], \"b\": 1.50}");
        add(
                "rounded",
                "timestamp(3) with time zone",
                "'2024-02-29T12:00:00.1239Z'",
                new DataType.TimestampType(3, true),
                "2024-02-29T12:00:00.124Z");
        add("generated", "int GENERATED ALWAYS AS (1 + 1) STORED", "DEFAULT", new DataType.IntType(32), "2");
    }

    private void addContainers() {
        add("numbers", "bigint[]", "'{1,NULL,-3}'", new DataType.ArrayType(new DataType.IntType(64)), "[1, null, -3]");
        add(
                "grid",
                "text[][]",
                "'{{a,\"b,c\"},{\"d\\\"e\",NULL}}'",
                new DataType.ArrayType(new DataType.TextType()),
                "[[\"a\", \"b,c\"], [\"d\\\"e\", null]]");
        add("prices", "natives.price[]", "'{1.50}'", new DataType.ArrayType(new DataType.DecimalType(10, 2)), "[1.50]");
        add("moods", "natives.mood[]", "'{sad}'", new DataType.ArrayType(new DataType.TextType()), "[\"sad\"]");
        add(
                "composite",
                "natives.point3",
                "'(1,2.50,\"a b\")'",
                new DataType.ObjectType(List.of()),
                "{\"x\": 1, \"y\": 2.50, \"label\": \"a b\"}");
        add("nothing", "int[]", "NULL", new DataType.ArrayType(new DataType.IntType(32)), null);
    }

    private static DataType unknown(String name) {
        return new DataType.UnknownType(name);
    }

    private void add(String column, String sqlType, String value, DataType type, @Nullable String text) {
        columns.add(column + " " + sqlType);
        values.add(value);
        fields.add(new Field(column, type));
        texts.add(text);
    }

    private KnownStream table(PostgresDatabase database) {
        database.execute(
                "CREATE TABLE natives.types (" + String.join(", ", columns) + ")",
                "INSERT INTO natives.types VALUES (" + String.join(", ", values) + ")");
        return new KnownStream(StreamId.of("natives", "types"), new Schema(fields), List.of(), List.of(Row.of(texts)));
    }

    /** Partitioned and inherited tables, views, dropped columns, and keys of other kinds. */
    private static List<KnownStream> shapes(PostgresDatabase database) {
        database.execute(
                "CREATE TABLE natives.parts (id int, region text, PRIMARY KEY (region, id)) PARTITION BY LIST (region)",
                "CREATE TABLE natives.parts_n PARTITION OF natives.parts FOR VALUES IN ('n')",
                // A partition may have its columns in another order, and partitions of its own.
                "CREATE TABLE natives.parts_s (region text NOT NULL, extra int, id int NOT NULL) PARTITION BY RANGE"
                        + " (id)",
                "ALTER TABLE natives.parts_s DROP COLUMN extra",
                "CREATE TABLE natives.parts_s_low PARTITION OF natives.parts_s FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE natives.parts_s_rest PARTITION OF natives.parts_s DEFAULT",
                "ALTER TABLE natives.parts ATTACH PARTITION natives.parts_s FOR VALUES IN ('s')",
                "INSERT INTO natives.parts VALUES (1, 'n'), (2, 's'), (30, 's')",
                "CREATE TABLE natives.parent (id int, UNIQUE (id))",
                "CREATE TABLE natives.child (more text) INHERITS (natives.parent)",
                "INSERT INTO natives.parent VALUES (1)",
                "INSERT INTO natives.child VALUES (2, 'two')",
                "CREATE VIEW natives.looking AS SELECT id * 2 AS twice FROM natives.parent",
                "CREATE MATERIALIZED VIEW natives.kept AS SELECT count(*) AS count FROM natives.parent",
                "CREATE TABLE natives.keyed (gone int, a int NOT NULL, b text NOT NULL, c int)",
                "ALTER TABLE natives.keyed DROP COLUMN gone",
                "CREATE UNIQUE INDEX ON natives.keyed (c)",
                "CREATE UNIQUE INDEX ON natives.keyed (b, a)",
                "INSERT INTO natives.keyed VALUES (1, 'x', NULL)");
        DataType int32 = new DataType.IntType(32);
        DataType text = new DataType.TextType();
        return List.of(
                new KnownStream(
                        StreamId.of("natives", "parts"),
                        Schema.of(new Field("id", int32), new Field("region", text)),
                        List.of("region", "id"),
                        List.of(Row.of("1", "n"), Row.of("2", "s"), Row.of("30", "s"))),
                new KnownStream(
                        StreamId.of("natives", "parent"),
                        Schema.of(new Field("id", int32)),
                        List.of(),
                        List.of(Row.of("1"), Row.of("2"))),
                new KnownStream(
                        StreamId.of("natives", "looking"),
                        Schema.of(new Field("twice", int32)),
                        List.of(),
                        List.of(Row.of("2"), Row.of("4"))),
                new KnownStream(
                        StreamId.of("natives", "kept"),
                        Schema.of(new Field("count", new DataType.IntType(64))),
                        List.of(),
                        List.of(Row.of("2"))),
                new KnownStream(
                        StreamId.of("natives", "keyed"),
                        Schema.of(new Field("a", int32), new Field("b", text), new Field("c", int32)),
                        List.of("b", "a"),
                        List.of(Row.of("1", "x", null))));
    }
}
