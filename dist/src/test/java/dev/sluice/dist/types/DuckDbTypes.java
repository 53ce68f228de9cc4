package dev.sluice.dist.types;

import java.util.List;

/** The types of DuckDB and values of them. */
final class DuckDbTypes {
    private DuckDbTypes() {}

    static List<NativeColumn> all() {
        return Stock.joined(common(), numbers(), times(), others());
    }

    /** Those that Parquet files that DuckDB writes have as well. */
    static List<NativeColumn> common() {
        return List.of(
                NativeColumn.of("BOOLEAN").plain("true", "false"),
                NativeColumn.of("TINYINT").plain("-128", "127"),
                NativeColumn.of("SMALLINT").plain("-32768", "32767"),
                NativeColumn.of("INTEGER").plain("-2147483648", "2147483647"),
                NativeColumn.of("BIGINT").plain("-9223372036854775808", "9223372036854775807"),
                NativeColumn.of("UTINYINT").plain("0", "255"),
                NativeColumn.of("USMALLINT").plain("65535"),
                NativeColumn.of("UINTEGER").plain("4294967295"),
                NativeColumn.of("UBIGINT").plain("18446744073709551615"),
                NativeColumn.of("DECIMAL(4,1)").plain("-999.9"),
                NativeColumn.of("DECIMAL(12,2)").plain("-9999999999.99", "0.01"),
                NativeColumn.of("DECIMAL(38,10)").plain(Stock.DIGITS_38, "-0.0000000001"),
                NativeColumn.of("FLOAT").plain(Stock.FLOATS),
                NativeColumn.of("DOUBLE").plain(Stock.DOUBLES),
                NativeColumn.of("VARCHAR")
                        .plain(Stock.TEXTS)
                        .made("'a' || chr(0) || 'b'", "a\u0000b")
                        .made("repeat('long ', 20000)", "long ".repeat(20_000)),
                NativeColumn.of("BLOB").made("''::BLOB", "").made("unhex('00ff0a5c')", "00ff0a5c"),
                NativeColumn.of("UUID").plain(Stock.UUIDS),
                NativeColumn.of("DATE").plain("0001-01-01", "2024-02-29", "9999-12-31"),
                NativeColumn.of("TIME").plain("00:00:00", "23:59:59.999999"),
                NativeColumn.of("TIMESTAMP").plain("2024-02-29T12:34:56.123456", "0001-01-01T00:00:00"),
                NativeColumn.of("TIMESTAMP_MS").plain("2024-02-29T12:34:56.123"),
                NativeColumn.of("TIMESTAMP_NS").plain("2024-02-29T12:34:56.123456789", "2261-12-31T23:59:59.999999999"),
                NativeColumn.of("TIMESTAMPTZ").plain("2024-02-29T12:34:56.123456Z", "0001-01-01T00:00:00Z"),
                NativeColumn.of("JSON").plain(Stock.DOCUMENTS),
                NativeColumn.of("INTEGER[]")
                        .made("[1, NULL, -3]", "[1,null,-3]")
                        .made("[]", "[]"),
                NativeColumn.of("STRUCT(a INTEGER, b VARCHAR)")
                        .made("{'a': 1, 'b': 'x \"y\"'}", "{\"a\":1,\"b\":\"x \\\"y\\\"\"}"),
                NativeColumn.of("MAP(VARCHAR, INTEGER)").made("MAP {'k': 1}", "{\"k\":1}"));
    }

    private static List<NativeColumn> numbers() {
        return List.of(
                NativeColumn.of("HUGEINT")
                        .plain("-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
                NativeColumn.of("UHUGEINT").plain("340282366920938463463374607431768211455"),
                NativeColumn.of("BIGNUM")
                        .made(
                                "'123456789012345678901234567890123456789012345'::BIGNUM",
                                "123456789012345678901234567890123456789012345"),
                NativeColumn.of("DOUBLE[]").made("['NaN'::DOUBLE, 0.1]", "[\"NaN\",0.1]"));
    }

    private static List<NativeColumn> times() {
        return List.of(
                NativeColumn.of("DATE", "DATE, far away")
                        .plain("infinity", "-infinity")
                        .made("'4713-01-01 (BC)'", "-4712-01-01")
                        .made("'5874897-12-31'", "+5874897-12-31"),
                NativeColumn.of("TIME_NS").plain("23:59:59.999999999"),
                NativeColumn.of("TIMETZ").plain("12:34:56.789012+05:30", "00:00:00+00:00"),
                NativeColumn.of("TIMESTAMP", "TIMESTAMP, far away")
                        .plain("infinity", "-infinity")
                        .made("'290000-01-01 (BC) 00:00:00'", "-289999-01-01T00:00:00")
                        .made("'294246-12-31 23:59:59.999999'", "+294246-12-31T23:59:59.999999"),
                NativeColumn.of("TIMESTAMP_S").plain("2024-02-29T12:34:56"),
                NativeColumn.of("TIMESTAMPTZ", "TIMESTAMPTZ, far away")
                        .plain("infinity", "-infinity")
                        .made("'294246-12-31 23:59:59.999999+00'", "+294246-12-31T23:59:59.999999Z"),
                NativeColumn.of("INTERVAL").made("INTERVAL '1 year 2 months 3 days'", "1 year 2 months 3 days"));
    }

    private static List<NativeColumn> others() {
        return List.of(
                NativeColumn.of("ENUM('sad', 'very happy')").plain("sad", "very happy"),
                NativeColumn.of("BIT").plain("10101"),
                NativeColumn.of("INTEGER[2]").made("[1, 2]", "[1,2]"),
                NativeColumn.of("UNION(n INTEGER, s VARCHAR)").made("union_value(n := 1)", "{\"n\":1}"));
    }
}
