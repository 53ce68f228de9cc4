package dev.sluice.dist.types;

import java.util.List;

/** What columns of text files can hold; the type is empty where it is found by looking. */
final class TextTypes {
    private static final String FOUND = "";

    private TextTypes() {}

    static List<NativeColumn> csv() {
        return Stock.joined(
                looks(),
                List.of(
                        found("texts").plain(Stock.TEXTS).made("long ".repeat(1000), "long ".repeat(1000)),
                        found("leading zeros").made("007", "007"),
                        NativeColumn.of("json").plain("{\"a\": [1, null]}", "0.10")),
                declared());
    }

    /** What a line of places cannot hold: blanks at an edge, ends of lines, and an empty text, which is null there. */
    static List<NativeColumn> fixed() {
        return Stock.joined(
                looks(),
                List.of(
                        found("texts")
                                .plain(
                                        "null",
                                        "\\N",
                                        "tab\tinside",
                                        "quote\" apostrophe' comma, semicolon;",
                                        "Gr\u00FC\u00DFe",
                                        "\uD83D\uDE80 e\u0301"),
                        found("leading zeros").made("007", "007"),
                        NativeColumn.of("json").plain("{\"a\": [1, null]}", "0.10"),
                        NativeColumn.of("int64", "whole numbers with zeros in front")
                                .made("0007", "7")),
                declared().stream()
                        .filter(column -> !column.type().equals("binary"))
                        .toList(),
                List.of(NativeColumn.of("binary").plainAs("AP8KXA==", "00ff0a5c")));
    }

    /** No XML holds a bell, and what is not escaped may be written in other ways. */
    static List<NativeColumn> xml() {
        return Stock.joined(
                looks(),
                List.of(
                        found("texts")
                                .plain(
                                        "",
                                        " ",
                                        "null",
                                        "tab\tnewline\nreturn\r",
                                        "quote\" apostrophe' less < more > and &amp;",
                                        "Gr\u00FC\u00DFe",
                                        "\uD83D\uDE80 e\u0301")
                                .made("<![CDATA[<b>&amp;</b>]]>", "<b>&amp;</b>")
                                .made("&#228;&#x1F680;", "\u00E4\uD83D\uDE80"),
                        found("leading zeros").made("007", "007"),
                        found("elements with children").made("<b>1</b><a x='2'/>", "{\"b\":\"1\",\"a\":{\"x\":\"2\"}}"),
                        NativeColumn.of("json")
                                .plainAs("{\"a\": [1, null]}", "\"{\\\"a\\\": [1, null]}\"")
                                .plainAs("0.10", "\"0.10\"")),
                declared());
    }

    /** Types that are found by the looks of the texts. */
    private static List<NativeColumn> looks() {
        return List.of(
                found("whole numbers")
                        .made("-9223372036854775808", "-9223372036854775808")
                        .made("7", "7"),
                found("whole numbers of 19 to 38 digits")
                        .made("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
                found("whole numbers of more digits")
                        .made(
                                "123456789012345678901234567890123456789012345",
                                "123456789012345678901234567890123456789012345"),
                found("decimals").made("12.50", "12.50").made("-0.01", "-0.01"),
                found("decimals of more than 38 digits").made(Stock.DIGITS_60, Stock.DIGITS_60),
                found("floats").made("1e300", "1e300").made("0.1", "0.1"),
                found("true, false").made("true", "true").made("false", "false"),
                found("dates").made("2024-02-29", "2024-02-29").made("0001-01-01", "0001-01-01"),
                found("dates and times").made("2024-02-29 12:34:56.123456", "2024-02-29T12:34:56.123456"),
                found("dates and times, nanoseconds")
                        .made("2024-02-29T12:34:56.123456789", "2024-02-29T12:34:56.123456789"),
                found("points in time").made("2024-02-29T12:34:56+02:00", "2024-02-29T10:34:56Z"),
                found("UUIDs").plain(Stock.UUIDS));
    }

    static List<NativeColumn> json() {
        return Stock.joined(
                List.of(
                        found("whole numbers")
                                .made("-9223372036854775808", "-9223372036854775808")
                                .made("7", "7"),
                        found("decimals").made("12.50", "12.50").made("-0.01", "-0.01"),
                        found("decimals of more than 38 digits").made(Stock.DIGITS_60, Stock.DIGITS_60),
                        found("floats").made("1e300", "1e300").made("0.1", "0.1"),
                        found("true, false").made("true", "true").made("false", "false"),
                        found("strings").plain(Stock.TEXTS).made("\"a\\u0000b\"", "a\u0000b"),
                        found("strings that are dates").plain("2024-02-29", "0001-01-01"),
                        found("strings that are dates and times").plain("2024-02-29T12:34:56.123456"),
                        found("strings that are points in time").plain("2024-02-29T12:34:56+02:00"),
                        found("strings that are UUIDs").plain(Stock.UUIDS),
                        found("arrays")
                                .made("[1, null, \"x\"]", "[1, null, \"x\"]")
                                .made("[]", "[]"),
                        found("objects").made("{\"b\": 1.50, \"a\": {}}", "{\"b\": 1.50, \"a\": {}}"),
                        found("values of several kinds")
                                .made("1", "1")
                                .made("\"x\"", "\"x\"")
                                .made("[]", "[]"),
                        NativeColumn.of("json")
                                .made("{\"a\": [1, null]}", "{\"a\": [1, null]}")
                                .made("0.10", "0.10")),
                declared());
    }

    private static NativeColumn found(String what) {
        return NativeColumn.of(FOUND, what);
    }

    /** Types that the project file has to name. */
    static List<NativeColumn> declared() {
        return List.of(
                NativeColumn.of("int8").plain("-128", "127"),
                NativeColumn.of("int32").plain("2147483647"),
                NativeColumn.of("binary").plain("").plainAs("AP8KXA==", "00ff0a5c"),
                NativeColumn.of("decimal(12,2)").plain("-9999999999.99"),
                NativeColumn.of("float32").plain("0.1", "3.4028235E38", "NaN", "Infinity"),
                NativeColumn.of("float64").plain("NaN", "Infinity", "-Infinity", "0.1"),
                NativeColumn.of("date").plain("-4712-01-01", "+99999-12-31"),
                NativeColumn.of("time(9)").plain("23:59:59.999999999"),
                NativeColumn.of("timestamp(9)").plain("2024-02-29T12:34:56.123456789", "0001-01-01T00:00:00"));
    }
}
