package dev.sluice.dist.types;

import java.util.List;

/** The types of PostgreSQL and values of them. */
final class PostgresTypes {
    /** What has to be there before the columns. */
    static final List<String> PREPARATION = List.of(
            "CREATE SCHEMA origin",
            "CREATE TYPE origin.mood AS ENUM ('sad', 'very happy')",
            "CREATE TYPE origin.pair AS (x int, label text)",
            "CREATE DOMAIN origin.price AS numeric(10,2)");

    private PostgresTypes() {}

    static List<NativeColumn> all() {
        return Stock.joined(numbers(), texts(), times(), documents(), others());
    }

    private static List<NativeColumn> numbers() {
        return List.of(
                NativeColumn.of("boolean").plain("true", "false"),
                NativeColumn.of("smallint").plain("-32768", "0", "32767"),
                NativeColumn.of("integer").plain("-2147483648", "0", "2147483647"),
                NativeColumn.of("bigint").plain("-9223372036854775808", "0", "9223372036854775807"),
                NativeColumn.of("oid").plain("0", "4294967295"),
                NativeColumn.of("numeric(12,2)").plain("-9999999999.99", "0.00", "0.01", "NaN"),
                NativeColumn.of("numeric(38,10)").plain(Stock.DIGITS_38, "-0.0000000001", "NaN"),
                NativeColumn.of("numeric(60,20)").plain(Stock.DIGITS_60, "-0.00000000000000000001", "NaN"),
                NativeColumn.of("numeric(3,-2)").plain("12300", "-99900"),
                NativeColumn.of("numeric")
                        .plain(Stock.DIGITS_60, "1.50", "1e400", "-1e-60", "NaN", "Infinity", "-Infinity"),
                NativeColumn.of("origin.price", "domain over numeric(10,2)").plain("12.50", "-0.01"),
                NativeColumn.of("money").made("(-92233720368547758.08)::numeric::money", "-92233720368547758.08"),
                NativeColumn.of("real").plain(Stock.FLOATS),
                NativeColumn.of("double precision").plain(Stock.DOUBLES));
    }

    private static List<NativeColumn> texts() {
        return List.of(
                NativeColumn.of("text").plain(Stock.TEXTS).made("repeat('long ', 20000)", "long ".repeat(20_000)),
                NativeColumn.of("varchar(20)").plain("", "Grüße", "trailing   "),
                NativeColumn.of("char(5)").made("'ab'", "ab   "),
                NativeColumn.of("\"char\"").plain("x"),
                NativeColumn.of("name").plain("a name"),
                NativeColumn.of("origin.mood", "enum").plain("sad", "very happy"),
                NativeColumn.of("bytea").made("''", "").made("'\\x00ff0a5c'", "00ff0a5c"),
                NativeColumn.of("uuid").plain(Stock.UUIDS));
    }

    private static List<NativeColumn> times() {
        return List.of(
                NativeColumn.of("date")
                        .plain("2024-02-29", "0001-01-01", "9999-12-31", "infinity", "-infinity")
                        .made("'4713-01-01 BC'", "-4712-01-01")
                        .made("'5874897-12-31'", "+5874897-12-31"),
                NativeColumn.of("time").plain("00:00:00", "23:59:59.999999", "24:00:00"),
                NativeColumn.of("time(3)").plain("12:34:56.789"),
                NativeColumn.of("timetz").plain("12:34:56.789012+05:30", "23:59:59.999999-15:59", "00:00:00Z"),
                NativeColumn.of("timestamp")
                        .plain("2024-02-29T12:34:56.123456", "1970-01-01T00:00:00", "0001-01-01T00:00:00")
                        .plain("9999-12-31T23:59:59.999999", "infinity", "-infinity")
                        .made("'4713-01-01 00:00:00 BC'", "-4712-01-01T00:00:00")
                        .made("'294276-12-31 23:59:59.999999'", "+294276-12-31T23:59:59.999999"),
                NativeColumn.of("timestamp(3)").plain("2024-02-29T12:34:56.123"),
                NativeColumn.of("timestamptz")
                        .plain("2024-02-29T12:34:56.123456Z", "1970-01-01T00:00:00Z", "infinity", "-infinity")
                        .made("'2024-10-27 02:30:00+02'", "2024-10-27T00:30:00Z")
                        .made("'4713-01-01 00:00:00+00 BC'", "-4712-01-01T00:00:00Z")
                        .made("'294276-12-31 23:59:59.999999+00'", "+294276-12-31T23:59:59.999999Z"),
                NativeColumn.of("interval")
                        .made("'1 year 2 mons -3 days 04:05:06.789'", "P1Y2M-3DT4H5M6.789S")
                        .made("'0'", "PT0S"));
    }

    private static List<NativeColumn> documents() {
        return List.of(
                NativeColumn.of("json").plain(Stock.DOCUMENTS).plain("{\"b\": 1,  \"a\": 2, \"a\": 3}"),
                NativeColumn.of("jsonb").plain(Stock.DOCUMENTS),
                NativeColumn.of("integer[]")
                        .made("'{1,NULL,-3}'", "[1,null,-3]")
                        .made("'{}'", "[]"),
                NativeColumn.of("text[]")
                        .made("'{{a,\"b,c\"},{\"d\\\"e\",NULL}}'", "[[\"a\",\"b,c\"],[\"d\\\"e\",null]]"),
                NativeColumn.of("double precision[]").made("'{NaN,Infinity,0.1}'", "[\"NaN\",\"Infinity\",0.1]"),
                NativeColumn.of("origin.pair", "composite").made("'(1,\"a b\")'", "{\"x\":1,\"label\":\"a b\"}"));
    }

    private static List<NativeColumn> others() {
        return List.of(
                NativeColumn.of("bit(4)").made("B'1010'", "1010"),
                NativeColumn.of("varbit").made("B'101'", "101").made("B''", ""),
                NativeColumn.of("inet").plain("192.168.0.1/24", "2001:db8::1"),
                NativeColumn.of("cidr").plain("10.0.0.0/8"),
                NativeColumn.of("macaddr").plain("08:00:2b:01:02:03"),
                NativeColumn.of("int4range").plain("[1,5)", "empty"),
                NativeColumn.of("int4multirange").plain("{[1,3),[7,9)}"),
                NativeColumn.of("point").plain("(1.5,-2)"),
                NativeColumn.of("xml").plain("<a>1 &amp; 2</a>"),
                NativeColumn.of("tsvector").plain("'cat' 'fat'"),
                NativeColumn.of("pg_lsn").plain("16/B374D848"));
    }
}
