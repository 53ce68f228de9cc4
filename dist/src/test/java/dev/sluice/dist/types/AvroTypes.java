package dev.sluice.dist.types;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** The types of Avro with their logical types, and values of them. */
final class AvroTypes {
    private AvroTypes() {}

    static List<NativeColumn> all() {
        return Stock.joined(numbers(), texts(), times(), others());
    }

    private static List<NativeColumn> numbers() {
        return List.of(
                simple("boolean").made("true", "true").made("false", "false"),
                simple("int").made("-2147483648", "-2147483648").made("2147483647", "2147483647"),
                simple("long")
                        .made("-9223372036854775808", "-9223372036854775808")
                        .made("9223372036854775807", "9223372036854775807"),
                floats("float", Stock.FLOATS),
                floats("double", Stock.DOUBLES),
                decimals(12, 2, "-9999999999.99", "0.01"),
                decimals(38, 10, Stock.DIGITS_38, "-0.0000000001"),
                decimals(60, 20, Stock.DIGITS_60, "0E-20"));
    }

    private static List<NativeColumn> texts() {
        return List.of(
                simple("string").plain(Stock.TEXTS).plain("a\u0000b", "long ".repeat(20_000)),
                simple("bytes").plain("").made("\"\\u0000\\u00ff\\n\\\\\"", "00ff0a5c"),
                NativeColumn.of("{\"type\": \"fixed\", \"name\": \"four\", \"size\": 4}", "fixed")
                        .made("\"\\u0000\\u00ff\\n\\\\\"", "00ff0a5c"),
                NativeColumn.of("{\"type\": \"enum\", \"name\": \"mood\", \"symbols\": [\"sad\", \"glad\"]}", "enum")
                        .plain("sad", "glad"),
                logical("string", "uuid").plain(Stock.UUIDS),
                NativeColumn.of("{\"type\": \"string\", \"sluice.json\": \"true\"}", "string with sluice.json")
                        .plain(Stock.DOCUMENTS));
    }

    private static List<NativeColumn> times() {
        return List.of(
                days("date", "0001-01-01", "2024-02-29", "9999-12-31"),
                days("date, far away", "-4712-01-01", "+99999-12-31"),
                clocks("int", "time-millis", ChronoUnit.MILLIS, "00:00:00", "23:59:59.999"),
                clocks("long", "time-micros", ChronoUnit.MICROS, "00:00:00", "23:59:59.999999"),
                moments("timestamp-millis", ChronoUnit.MILLIS, "2024-02-29T12:34:56.123Z", "0001-01-01T00:00:00Z"),
                moments("timestamp-micros", ChronoUnit.MICROS, "2024-02-29T12:34:56.123456Z", "9999-12-31T00:00:00Z"),
                moments("timestamp-nanos", ChronoUnit.NANOS, "2024-02-29T12:34:56.123456789Z"),
                moments("local-timestamp-millis", ChronoUnit.MILLIS, "2024-02-29T12:34:56.123", "0001-01-01T00:00:00"),
                moments("local-timestamp-micros", ChronoUnit.MICROS, "2024-02-29T12:34:56.123456"),
                moments(
                        "local-timestamp-nanos",
                        ChronoUnit.NANOS,
                        "2024-02-29T12:34:56.123456789",
                        "2261-12-31T23:59:59.999999999"));
    }

    private static List<NativeColumn> others() {
        return List.of(
                NativeColumn.of("{\"type\": \"array\", \"items\": [\"null\", \"int\"]}", "array of int")
                        .made("[{\"int\": 1}, null, {\"int\": -3}]", "[1,null,-3]")
                        .made("[]", "[]"),
                NativeColumn.of("{\"type\": \"map\", \"values\": \"int\"}", "map of int")
                        .made("{\"k\": 1}", "{\"k\":1}"),
                NativeColumn.of(
                                "{\"type\": \"record\", \"name\": \"inner\", \"fields\": [{\"name\": \"a\", \"type\":"
                                        + " \"int\"}, {\"name\": \"b\", \"type\": \"string\"}]}",
                                "record")
                        .made("{\"a\": 1, \"b\": \"x \\\"y\\\"\"}", "{\"a\":1,\"b\":\"x \\\"y\\\"\"}"),
                NativeColumn.of("[\"int\", \"string\"]", "int or string")
                        .made("{\"int\": 1}", "1")
                        .made("{\"string\": \"x\"}", "\"x\""));
    }

    private static NativeColumn simple(String type) {
        return NativeColumn.of("\"" + type + "\"", type);
    }

    private static NativeColumn logical(String physical, String logical) {
        return NativeColumn.of("{\"type\": \"" + physical + "\", \"logicalType\": \"" + logical + "\"}", logical);
    }

    private static NativeColumn floats(String type, String... values) {
        NativeColumn column = simple(type);
        Arrays.stream(values)
                .forEach(each ->
                        column.made(each.endsWith("y") || each.equals("NaN") ? Facts.quoted(each) : each, each));
        return column;
    }

    /** Bytes stand in JSON as characters with their numbers. */
    private static NativeColumn decimals(int precision, int scale, String... values) {
        NativeColumn column = NativeColumn.of(
                "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": " + precision + ", \"scale\": "
                        + scale + "}",
                "decimal(" + precision + "," + scale + ")");
        for (String each : values) {
            byte[] unscaled =
                    new BigDecimal(each).setScale(scale).unscaledValue().toByteArray();
            column.made(Facts.quoted(new String(unscaled, StandardCharsets.ISO_8859_1)), each);
        }
        return column;
    }

    private static NativeColumn days(String label, String... values) {
        NativeColumn column = NativeColumn.of("{\"type\": \"int\", \"logicalType\": \"date\"}", label);
        for (String each : values) {
            column.made(Long.toString(LocalDate.parse(each).toEpochDay()), each);
        }
        return column;
    }

    private static NativeColumn clocks(String physical, String logical, ChronoUnit unit, String... values) {
        NativeColumn column = logical(physical, logical);
        for (String each : values) {
            column.made(Long.toString(unit.between(LocalTime.MIDNIGHT, LocalTime.parse(each))), each);
        }
        return column;
    }

    private static NativeColumn moments(String logical, ChronoUnit unit, String... values) {
        NativeColumn column = logical("long", logical);
        for (String each : values) {
            Instant moment = LocalDateTime.parse(each.replace("Z", "")).toInstant(ZoneOffset.UTC);
            column.made(Long.toString(unit.between(Instant.EPOCH, moment)), each);
        }
        return column;
    }
}
