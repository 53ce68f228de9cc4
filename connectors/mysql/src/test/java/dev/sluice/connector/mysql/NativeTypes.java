package dev.sluice.connector.mysql;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables with the types that only MySQL and MariaDB know, or that have ways of their own. */
final class NativeTypes {
    private static final DataType TEXT = new DataType.TextType();

    private final MyDatabase database;
    private final List<KnownStream> streams = new ArrayList<>();

    private NativeTypes(MyDatabase database) {
        this.database = database;
    }

    static List<KnownStream> create(MyDatabase database) {
        NativeTypes types = new NativeTypes(database);
        types.numbers();
        types.texts();
        types.times();
        types.others();
        return types.streams;
    }

    private void numbers() {
        one("tiny_unsigned", "tinyint unsigned", new DataType.IntType(16), "0", "0", "255", "255");
        one("small_unsigned", "smallint unsigned", new DataType.IntType(32), "65535", "65535");
        one("medium", "mediumint", new DataType.IntType(32), "-8388608", "-8388608", "8388607", "8388607");
        one("medium_unsigned", "mediumint unsigned", new DataType.IntType(32), "16777215", "16777215");
        one("int_unsigned", "int unsigned", new DataType.IntType(64), "4294967295", "4294967295");
        DataType twenty = new DataType.DecimalType(20, 0);
        one("big_unsigned", "bigint unsigned", twenty, "18446744073709551615", "18446744073709551615", "0", "0");
        one("filled", "int(9) zerofill", new DataType.IntType(64), "42", "42", "0", "0");
        one("filled_big", "bigint(20) zerofill", twenty, "42", "42");
        one("tiny_one", "tinyint(1)", new DataType.IntType(8), "2", "2", "-128", "-128");
        one("truth", "boolean", new DataType.IntType(8), "true", "1");
        one("bits", "bit(9)", new DataType.IntType(16), "b'101010101'", "341", "511", "511");
        one("bits_64", "bit(64)", twenty, "18446744073709551615", "18446744073709551615");
        one("year_column", "year", new DataType.IntType(16), "2026", "2026", "'0000'", "0", "1901", "1901");
        String widest = "-12345678901234567890123456789012345.123456789012345678901234567890";
        one(
                "widest_decimal",
                "decimal(65,30)",
                new DataType.DecimalType(65, 30),
                widest,
                widest,
                "0",
                "0." + "0".repeat(30));
        one("odd_float", "float", new DataType.FloatType(32), "16777217", "1.6777216E7", "0.1", "0.1");
    }

    private void texts() {
        one("enumerated", "enum('a','b''c','','Ünï')", TEXT, "'b''c'", "b'c", "''", "", "'Ünï'", "Ünï");
        one("several", "set('x','y','z')", TEXT, "'z,x'", "x,z", "''", "");
        one("latin", "varchar(20) character set latin1", TEXT, "'Grüße €'", "Grüße €");
        one("two_bytes", "text character set ucs2", TEXT, "'日本語'", "日本語");
        one("german", "varchar(9) collate utf8mb4_german2_ci", TEXT, "'straße '", "straße ");
        one("fixed", "char(5)", TEXT, "'ab  '", "ab");
        one("fixed_bytes", "binary(4)", new DataType.BinaryType(), "'ab'", "61620000");
        one("bytes", "varbinary(9)", new DataType.BinaryType(), "X'00FF0A5C09'", "00ff0a5c09", "''", "");
        one(
                "json_column",
                "json",
                new DataType.JsonType(),
                "'{\"b\": 1,  \"a\": [null]}'",
                isMariaDb() ? "{\"b\": 1,  \"a\": [null]}" : "{\"a\": [null], \"b\": 1}");
        one("not_json", "longtext collate utf8mb4_bin", TEXT, "'{\"a\": 1}'", "{\"a\": 1}");
    }

    private void times() {
        database.execute("SET GLOBAL sql_mode = ''"); // zero dates are stored by servers that are not strict
        try {
            one("dates", "date", new DataType.DateType(), "'0000-00-00'", null, "'2024-00-15'", null);
            one(
                    "moments",
                    "datetime(6)",
                    new DataType.TimestampType(6, false),
                    "'0000-00-00 00:00:00'",
                    null,
                    "'9999-12-31 23:59:59.999999'",
                    "9999-12-31T23:59:59.999999");
        } finally {
            database.execute("SET GLOBAL sql_mode = DEFAULT");
        }
        one(
                "spans",
                "time(3)",
                new DataType.TimeType(3, false),
                "'23:59:59.999'",
                "23:59:59.999",
                "'24:00:00'",
                "24:00:00",
                "'-00:00:01'",
                null,
                "'838:59:59'",
                null);
        // The server's zone is three and a half hours behind UTC, and it is a point in time all the same.
        one(
                "points",
                "timestamp(3) null",
                new DataType.TimestampType(3, true),
                "'2024-10-27 02:30:00.5'",
                "2024-10-27T06:00:00.5Z");
    }

    private void others() {
        one("places", "point", new DataType.UnknownType("point"), "POINT(3, 4)", "POINT(3 4)");
        if (isMariaDb()) {
            ofMariaDb();
        } else {
            ofMySql();
        }
    }

    private boolean isMariaDb() {
        return database.product() == MyProduct.MARIADB;
    }

    private void ofMariaDb() {
        String uuid = "0191d0a2-7d1c-7cc3-9a3e-1b2c3d4e5f60";
        one("uuids", "uuid", new DataType.UuidType(), "'0191D0A2-7d1c-7cc3-9a3e-1b2c3d4e5f60'", uuid);
        one("addresses", "inet6", new DataType.UnknownType("inet6"), "'2001:db8::1'", "2001:db8::1");
        one(
                "shapes",
                "geometry",
                new DataType.UnknownType("geometry"),
                "ST_GeomFromText('POINT(1 2)')",
                "POINT(1 2)",
                "ST_GeomFromText('LINESTRING(0 0,1 1)', 4326)",
                "SRID=4326;LINESTRING(0 0,1 1)");
    }

    /** The axes of the world's usual system of places are latitude and longitude here, as it defines them. */
    private void ofMySql() {
        one(
                "shapes",
                "geometry",
                new DataType.UnknownType("geometry"),
                "ST_GeomFromText('POINT(1 2)')",
                "POINT(1 2)",
                "ST_GeomFromText('LINESTRING(0 0,1 2)', 4326)",
                "SRID=4326;LINESTRING(0 0,1 2)");
        one(
                "documents",
                "json",
                new DataType.JsonType(),
                "'{\"b\": 1e2, \"a\": [1.0, -0, 18446744073709551615, 1e-7, 1e300]}'",
                "{\"a\": [1.0, 0, 18446744073709551615, 0.0000001, 1e300], \"b\": 100.0}",
                "JSON_OBJECT('d', CAST('1.10' AS DECIMAL(9,3)), 't', TIME '10:11:12.5', 'b', X'00FF')",
                "{\"b\": \"base64:type15:AP8=\", \"d\": 1.100, \"t\": \"10:11:12.500000\"}");
    }

    /** A table of one column with these values: for each, what the server is told and what has to come out. */
    private void one(String name, String columnType, DataType type, @Nullable String... values) {
        List<Row> rows = new ArrayList<>(List.of(Row.of(Arrays.asList((String) null))));
        database.execute(
                "CREATE TABLE " + name + " (value " + columnType + ")", "INSERT INTO " + name + " VALUES (NULL)");
        for (int i = 0; i < values.length; i += 2) {
            database.execute("INSERT INTO " + name + " VALUES (" + values[i] + ")");
            rows.add(Row.of(Arrays.asList(values[i + 1])));
        }
        streams.add(new KnownStream(
                StreamId.of(database.name(), name), Schema.of(new Field("value", type)), List.of(), rows));
    }
}
