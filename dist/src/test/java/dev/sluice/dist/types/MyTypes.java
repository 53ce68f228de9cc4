package dev.sluice.dist.types;

import dev.sluice.testkit.mysql.MyProduct;
import java.util.List;

/** The types of MySQL and MariaDB and values of them. */
final class MyTypes {
    private MyTypes() {}

    /** Those of a product. */
    static List<NativeColumn> of(MyProduct product) {
        return Stock.joined(
                integers(), numbers(), texts(), times(), product == MyProduct.MARIADB ? ofMariaDb() : ofMySql());
    }

    private static List<NativeColumn> integers() {
        return List.of(
                NativeColumn.of("tinyint").plain("-128", "127"),
                NativeColumn.of("tinyint(1)").plain("0", "1", "127"),
                NativeColumn.of("tinyint unsigned").plain("0", "255"),
                NativeColumn.of("smallint").plain("-32768", "32767"),
                NativeColumn.of("smallint unsigned").plain("0", "65535"),
                NativeColumn.of("mediumint").plain("-8388608", "8388607"),
                NativeColumn.of("mediumint unsigned").plain("0", "16777215"),
                NativeColumn.of("int").plain("-2147483648", "2147483647"),
                NativeColumn.of("int unsigned").plain("0", "4294967295"),
                NativeColumn.of("int(9) zerofill").plain("42"),
                NativeColumn.of("bigint").plain("-9223372036854775808", "9223372036854775807"),
                NativeColumn.of("bigint unsigned").plain("0", "18446744073709551615"),
                NativeColumn.of("bit(1)").made("b'1'", "true").made("b'0'", "false"),
                NativeColumn.of("bit(9)").made("b'111111111'", "511"),
                NativeColumn.of("bit(64)").made("18446744073709551615", "18446744073709551615"),
                NativeColumn.of("year").plain("1901", "2155").made("'0000'", "0"));
    }

    private static List<NativeColumn> numbers() {
        return List.of(
                NativeColumn.of("decimal(12,2)").plain("-9999999999.99", "0.01"),
                NativeColumn.of("decimal(38,10)").plain(Stock.DIGITS_38, "-0.0000000001"),
                NativeColumn.of("decimal(65,30)")
                        .plain("-12345678901234567890123456789012345.123456789012345678901234567890"),
                NativeColumn.of("float")
                        .made("3.4028234663852886e38", "3.4028235E38")
                        .plain("0.1", "-1.5", "16777216"),
                NativeColumn.of("double")
                        .plain("0.30000000000000004", "1.7976931348623157E308", "2.2250738585072014E-308"));
    }

    private static List<NativeColumn> texts() {
        return List.of(
                NativeColumn.of("char(5)").plain("ab"),
                NativeColumn.of("varchar(20)").plain("", "Grüße", "trailing   "),
                NativeColumn.of("longtext")
                        .plain(Stock.TEXTS)
                        .made("CONCAT('a', CHAR(0), 'b')", "a\u0000b")
                        .made("REPEAT('long ', 20000)", "long ".repeat(20_000)),
                NativeColumn.of("varchar(20) character set latin1").plain("Grüße €"),
                NativeColumn.of("enum('sad','very happy')").plain("sad", "very happy"),
                NativeColumn.of("set('x','y','z')").made("'z,x'", "x,z").plain(""),
                NativeColumn.of("binary(4)").made("'ab'", "61620000"),
                NativeColumn.of("varbinary(9)")
                        .made("X'00FF0A5C09'", "00ff0a5c09")
                        .plain(""),
                NativeColumn.of("longblob").made("X'00FF'", "00ff"));
    }

    private static List<NativeColumn> times() {
        return List.of(
                NativeColumn.of("date")
                        .plain("0001-01-01", "2024-02-29", "9999-12-31")
                        .lost("'0000-00-00'"),
                NativeColumn.of("datetime").plain("0001-01-01T00:00:00", "9999-12-31T23:59:59"),
                NativeColumn.of("datetime(6)")
                        .plain("2024-02-29T12:34:56.123456", "9999-12-31T23:59:59.999999")
                        .lost("'0000-00-00 00:00:00'"),
                NativeColumn.of("timestamp(6)")
                        .made("'1970-01-01 00:00:01'", "1970-01-01T00:00:01Z")
                        .made("'2024-10-27 02:30:00.123456'", "2024-10-27T02:30:00.123456Z")
                        .made("'2038-01-19 03:14:07.999999'", "2038-01-19T03:14:07.999999Z"),
                NativeColumn.of("time")
                        .plain("00:00:00", "23:59:59")
                        .lost("'-00:00:01'")
                        .lost("'838:59:59'"),
                NativeColumn.of("time(6)").plain("12:34:56.789012"));
    }

    /** MySQL spells documents itself, and has no type of its own for what has one in MariaDB. */
    private static List<NativeColumn> ofMySql() {
        return List.of(
                NativeColumn.of("json")
                        .plain(
                                "{}",
                                "[]",
                                "null",
                                "\"text\"",
                                "{\"a\": [null, 0.00000015], \"b\": 18446744073709551615}"),
                NativeColumn.of("geometry")
                        .made("ST_GeomFromText('POINT(1 2)')", "POINT(1 2)")
                        .made("ST_GeomFromText('POINT(1 2)', 4326)", "SRID=4326;POINT(1 2)"));
    }

    private static List<NativeColumn> ofMariaDb() {
        return List.of(
                NativeColumn.of("json")
                        .plain("{}", "[]", "null", "\"text\"", "{\"b\": 1,  \"a\": [null]}")
                        .plain("123456789012345678901234567890.12345678901234567890"),
                NativeColumn.of("uuid").plain(Stock.UUIDS),
                NativeColumn.of("inet6").plain("2001:db8::1"),
                NativeColumn.of("geometry")
                        .made("ST_GeomFromText('POINT(1 2)')", "POINT(1 2)")
                        .made("ST_GeomFromText('POINT(1 2)', 4326)", "SRID=4326;POINT(1 2)"));
    }
}
