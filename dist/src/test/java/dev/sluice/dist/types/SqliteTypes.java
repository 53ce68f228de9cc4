package dev.sluice.dist.types;

import java.util.List;

/**
 * The declared types of SQLite that mean something, and values of them. What SQLite stores and the type has not is rejected, so it
 * arrives nowhere.
 */
final class SqliteTypes {
    private static final String UNDECLARED = "";

    private SqliteTypes() {}

    static List<NativeColumn> all() {
        return Stock.joined(numbers(), texts(), times(), undeclared());
    }

    private static List<NativeColumn> numbers() {
        return List.of(
                NativeColumn.of("BOOLEAN").made("1", "true").made("0", "false"),
                NativeColumn.of("INTEGER")
                        .made("-9223372036854775807 - 1", "-9223372036854775808")
                        .made("9223372036854775807", "9223372036854775807"),
                NativeColumn.of("SMALLINT").made("-32768", "-32768").made("1000000", "1000000"),
                NativeColumn.of("DECIMAL(12,2)")
                        .made("-9999999999.99", "-9999999999.99")
                        .made("0.01", "0.01"),
                NativeColumn.of("NUMERIC").made("1.5", "1.5").made("9007199254740993", "9007199254740993"),
                NativeColumn.of("DECIMAL_TEXT(38,10)").plain(Stock.DIGITS_38, "-0.0000000001"),
                NativeColumn.of("DECIMAL_TEXT").plain(Stock.DIGITS_60, "1.50"),
                NativeColumn.of("FLOAT4").made("0.10000000149011612", "0.1"),
                NativeColumn.of("REAL")
                        .made("0.0", "0.0")
                        .made("0.1", "0.1")
                        .made("-9007199254740991", "-9.007199254740991E15")
                        .made("9e999", "Infinity")
                        .made("-9e999", "-Infinity"));
    }

    private static List<NativeColumn> texts() {
        return List.of(
                NativeColumn.of("TEXT")
                        .plain(Stock.TEXTS)
                        .made("'a' || char(0) || 'b'", "a\u0000b")
                        .made("replace(hex(zeroblob(20000)), '00', 'long ')", "long ".repeat(20_000)),
                NativeColumn.of("VARCHAR(3)").plain("", "Grüße"),
                NativeColumn.of("BLOB").made("X''", "").made("X'00ff0a5c'", "00ff0a5c"),
                NativeColumn.of("UUID").plain(Stock.UUIDS),
                NativeColumn.of("UUID", "UUID of 16 bytes")
                        .made("X'0191d0a27d1c7cc39a3e1b2c3d4e5f60'", "0191d0a2-7d1c-7cc3-9a3e-1b2c3d4e5f60"),
                NativeColumn.of("JSON_TEXT").plain(Stock.DOCUMENTS),
                NativeColumn.of("JSON").plain("{\"b\": 1,  \"a\": [null]}", "0.1"));
    }

    private static List<NativeColumn> times() {
        return List.of(
                NativeColumn.of("DATE")
                        .plain("0001-01-01", "2024-02-29", "9999-12-31")
                        .made("1709164800", "2024-02-29"),
                NativeColumn.of("TIME").plain("00:00:00", "23:59:59.999999"),
                NativeColumn.of("TIME(9)").plain("23:59:59.999999999"),
                NativeColumn.of("TIMETZ").plain("12:34:56.789012+05:30", "00:00:00Z"),
                NativeColumn.of("DATETIME")
                        .plain("0001-01-01T00:00:00", "2024-02-29T12:34:56.123456")
                        .made("'2024-02-29 12:34:56'", "2024-02-29T12:34:56")
                        .made("'2024-02-29'", "2024-02-29T00:00:00"),
                NativeColumn.of("DATETIME", "DATETIME in seconds since 1970").made("1709210096", "2024-02-29T12:34:56"),
                NativeColumn.of("DATETIME", "DATETIME in Julian days").made("2460370.25", "2024-02-29T18:00:00"),
                NativeColumn.of("TIMESTAMP(9)").plain("2024-02-29T12:34:56.123456789"),
                NativeColumn.of("TIMESTAMPTZ")
                        .plain("2024-02-29T12:34:56.123456Z")
                        .made("'2024-10-27 02:30:00+02:00'", "2024-10-27T00:30:00Z"));
    }

    private static List<NativeColumn> undeclared() {
        return List.of(
                NativeColumn.of(UNDECLARED, "no type, whole numbers").made("-7", "-7"),
                NativeColumn.of(UNDECLARED, "no type, numbers").made("1", "1").made("0.5", "0.5"),
                NativeColumn.of(UNDECLARED, "no type, texts").plain("007"),
                NativeColumn.of(UNDECLARED, "no type, bytes").made("X'00ff'", "00ff"),
                NativeColumn.of(UNDECLARED, "no type, texts and numbers")
                        .plain("007")
                        .made("7", "7"));
    }
}
