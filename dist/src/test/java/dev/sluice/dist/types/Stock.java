package dev.sluice.dist.types;

import java.util.ArrayList;
import java.util.List;

/** Values that break something somewhere, which more than one source knows. */
final class Stock {
    static final String DIGITS_38 = "-1234567890123456789012345678.0123456789";
    static final String DIGITS_60 = "9876543210987654321098765432109876543210.01234567890123456789";

    static final String[] FLOATS = {
        "0.0", "-0.0", "0.1", "1.6777216E7", "3.4028235E38", "1.4E-45", "NaN", "Infinity", "-Infinity"
    };

    static final String[] DOUBLES = {
        "0.0",
        "-0.0",
        "0.30000000000000004",
        "9.007199254740993E15",
        "1.7976931348623157E308",
        "4.9E-324",
        "NaN",
        "Infinity",
        "-Infinity"
    };

    static final String[] TEXTS = {
        "",
        " ",
        "null",
        "\\N",
        "tab\tnewline\nreturn\rbell\u0007",
        "quote\" apostrophe' backslash\\ comma, semicolon;",
        "Grüße, Здравствуй",
        "\uD83D\uDE80 e\u0301 \u202E",
        "2024-01-01",
        "007"
    };

    static final String[] UUIDS = {
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "0191d0a2-7d1c-7cc3-9a3e-1b2c3d4e5f60"
    };

    static final String[] DOCUMENTS = {
        "{}",
        "[]",
        "null",
        "\"text\"",
        "0.1",
        "{\"a\": [1, null, true, {\"b\": \"\u00FC \uD83D\uDE80 \\\" \\\\\"}]}",
        "123456789012345678901234567890.12345678901234567890",
        nested(40)
    };

    private Stock() {}

    /** An array in an array and so on. */
    static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    /** Several lists as one. */
    @SafeVarargs
    static <T> List<T> joined(List<T>... lists) {
        List<T> all = new ArrayList<>();
        for (List<T> each : lists) {
            all.addAll(each);
        }
        return all;
    }
}
