package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Field;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each of DuckDB's types becomes a type of ours without loss. */
final class ResultTypesTest {
    private DuckDb database;
    private DuckDbConnection connection;

    @BeforeEach
    void open() {
        database = DuckDb.open(DuckDbOptions.inMemory());
        connection = database.connect();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void integersOfAllWidths() {
        assertColumn("(-128)::TINYINT", new DataType.IntType(8), "-128");
        assertColumn("32767::SMALLINT", new DataType.IntType(16), "32767");
        assertColumn("(-2147483648)::INTEGER", new DataType.IntType(32), "-2147483648");
        assertColumn("9223372036854775807::BIGINT", new DataType.IntType(64), "9223372036854775807");
        assertColumn("255::UTINYINT", new DataType.IntType(16), "255");
        assertColumn("65535::USMALLINT", new DataType.IntType(32), "65535");
        assertColumn("4294967295::UINTEGER", new DataType.IntType(64), "4294967295");
        assertColumn("18446744073709551615::UBIGINT", new DecimalType(20, 0), "18446744073709551615");
        assertColumn(
                "(-170141183460469231731687303715884105728)::HUGEINT",
                new DecimalType(39, 0),
                "-170141183460469231731687303715884105728");
        assertColumn(
                "340282366920938463463374607431768211455::UHUGEINT",
                new DecimalType(39, 0),
                "340282366920938463463374607431768211455");
        String big = "123456789".repeat(12);
        assertColumn("'" + big + "'::BIGNUM", DecimalType.unconstrained(), big);
    }

    @Test
    void decimalsOfEachInternalWidth() {
        assertColumn("(-99.99)::DECIMAL(4,2)", new DecimalType(4, 2), "-99.99");
        assertColumn("9999999.99::DECIMAL(9,2)", new DecimalType(9, 2), "9999999.99");
        assertColumn("(-0.999999999999999999)::DECIMAL(18,18)", new DecimalType(18, 18), "-0.999999999999999999");
        assertColumn(
                "(-99999999999999999999999999999999999.999)::DECIMAL(38,3)",
                new DecimalType(38, 3),
                "-99999999999999999999999999999999999.999");
    }

    @Test
    void floatsWithTheirSpecialValues() {
        assertColumn("'nan'::FLOAT", new DataType.FloatType(32), "NaN");
        assertColumn("'-inf'::DOUBLE", new DataType.FloatType(64), "-Infinity");
        assertColumn("'-0.0'::DOUBLE", new DataType.FloatType(64), "-0.0");
        assertColumn("0.1::FLOAT", new DataType.FloatType(32), "0.1");
    }

    @Test
    void datesAndTimes() {
        assertColumn("DATE '0044-03-15 (BC)'", new DataType.DateType(), "-0043-03-15");
        assertColumn("DATE '-infinity'", new DataType.DateType(), "-infinity");
        assertColumn("TIME '24:00:00'", new DataType.TimeType(6, false), "24:00:00");
        assertColumn("TIME_NS '23:59:59.123456789'", new DataType.TimeType(9, false), "23:59:59.123456789");
        assertColumn("TIMETZ '01:02:03.5-03:30'", new DataType.TimeType(6, true), "01:02:03.5-03:30");
        assertColumn("TIMESTAMP_S '1969-12-31 23:59:59'", new DataType.TimestampType(0, false), "1969-12-31T23:59:59");
        assertColumn(
                "TIMESTAMP_MS '1969-12-31 23:59:59.999'",
                new DataType.TimestampType(3, false),
                "1969-12-31T23:59:59.999");
        assertColumn("TIMESTAMP_MS 'infinity'", new DataType.TimestampType(3, false), "infinity");
        assertColumn("TIMESTAMP_S '-infinity'", new DataType.TimestampType(0, false), "-infinity");
        assertColumn(
                "TIMESTAMP '0001-01-01 (BC) 00:00:00.000001'",
                new DataType.TimestampType(6, false),
                "0000-01-01T00:00:00.000001");
        assertColumn(
                "TIMESTAMP_NS '1677-09-22 00:00:00.000000001'",
                new DataType.TimestampType(9, false),
                "1677-09-22T00:00:00.000000001");
        assertColumn(
                "TIMESTAMPTZ '2024-01-01 00:00:00+05:45'", new DataType.TimestampType(6, true), "2023-12-31T18:15:00Z");
        assertColumn(
                "'2024-01-01 00:00:00.123456789+00'::TIMESTAMPTZ_NS",
                new DataType.TimestampType(9, true),
                "2024-01-01T00:00:00.123456789Z");
    }

    @Test
    void textsAndBytes() {
        assertColumn("'Zażółć' || chr(0) || 'x'", new DataType.TextType(), "Zażółć\u0000x");
        assertColumn("''", new DataType.TextType(), "");
        assertColumn("'\\x00\\xFF'::BLOB", new DataType.BinaryType(), "00ff");
        assertColumn(
                "'ffeeddcc-bbaa-9988-7766-554433221100'::UUID",
                new DataType.UuidType(),
                "ffeeddcc-bbaa-9988-7766-554433221100");
        assertColumn("'b'::ENUM('a', 'b')", new DataType.TextType(), "b");
        assertColumn("'{\"a\": 1, \"a\":2}'::JSON", new DataType.JsonType(), "{\"a\": 1, \"a\":2}");
    }

    @Test
    void whatWeHaveNoWordForComesAsDuckDbsText() {
        assertColumn(
                "INTERVAL '1 year 2 days 3 seconds'", new DataType.UnknownType("INTERVAL"), "1 year 2 days 00:00:03");
        assertColumn("'0101'::BIT", new DataType.UnknownType("BIT"), "0101");
        assertColumn("'POINT(1 2)'::GEOMETRY", new DataType.UnknownType("GEOMETRY"), "POINT (1 2)");
        assertThat(connection.rows("SELECT NULL")).containsExactly(Collections.singletonList(null));
    }

    @Test
    void nestedTypesComeAsJson() {
        assertColumn("[1, NULL, 3]", new DataType.ArrayType(new DataType.IntType(32)), "[1,null,3]");
        assertColumn(
                "[[1.5, NULL]]::DECIMAL(3,1)[2][]",
                new DataType.ArrayType(new DataType.ArrayType(new DecimalType(3, 1))),
                "[[1.5,null]]");
        assertColumn(
                "{'a': 'x\"y', 'b': DATE '2020-01-01'}",
                new DataType.ObjectType(
                        List.of(new Field("a", new DataType.TextType()), new Field("b", new DataType.DateType()))),
                "{\"a\":\"x\\\"y\",\"b\":\"2020-01-01\"}");
        assertColumn("MAP {'k': 1}", new DataType.ObjectType(List.of()), "{\"k\":1}");
        assertColumn("union_value(n := 2)", new DataType.JsonType(), "{\"n\":2}");
        assertColumn("42::VARIANT", new DataType.JsonType(), "42");
        assertColumn("NULL::INTEGER[]", new DataType.ArrayType(new DataType.IntType(32)), null);
        assertColumn(
                "['nan'::DOUBLE, 'inf', '-inf', 1]",
                new DataType.ArrayType(new DataType.FloatType(64)),
                "[\"NaN\",\"Infinity\",\"-Infinity\",1.0]");
    }

    @Test
    void columnsOfOneNameAreToldApart() {
        List<Field> fields =
                connection.describe("SELECT 1 AS a, 2 AS a, 3 AS \"a_1\"").fields();
        assertThat(fields).extracting(Field::name).containsExactly("a", "a_1", "a_1_1");
    }

    @Test
    void aQueryThatEndsWithACommentCanBeConverted() {
        assertThat(connection.rows("SELECT [1] AS v -- that is all")).containsExactly(List.of("[1]"));
    }

    @Test
    void constantsAndDictionariesComeAsPlainRows() {
        List<List<@Nullable Object>> rows =
                connection.rows("SELECT 'constant text of some length', i % 3, ['one','two','three'][1 + i % 3]"
                        + " FROM range(5000) t(i) ORDER BY i");
        assertThat(rows).hasSize(5000);
        assertThat(rows.get(4999)).containsExactly("constant text of some length", 1L, "two");
    }

    private void assertColumn(String expression, DataType type, @Nullable String text) {
        String sql = "SELECT " + expression + " AS v";
        assertThat(connection.describe(sql).field(0).type()).as(expression).isEqualTo(type);
        List<List<@Nullable String>> rows = RoundTripTest.read(connection, sql + " UNION ALL SELECT NULL");
        assertThat(rows).as(expression).hasSize(2);
        assertThat(rows.get(0).getFirst()).as(expression).isEqualTo(text);
        assertThat(rows.get(1).getFirst()).as(expression).isNull();
    }
}
