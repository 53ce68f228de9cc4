package dev.sluice.testkit.contract;

import java.util.List;

/** Names that break what is quoted, cut or compared carelessly. Each is a legal name for a table in most databases. */
public final class HostileNames {
    private static final List<String> NAMES = List.of(
            "two words",
            "MixedCase",
            "1starts_with_a_digit",
            "select",
            "user",
            "with\"double\"quotes",
            "with'single'quotes",
            "with`back`ticks",
            "with[brackets]",
            "back\\slash",
            "semi;colon",
            "dots.in.it",
            "percent%s %d %n",
            "dollar$1 ${name}",
            "question?mark",
            "robert'); DROP TABLE users; --",
            "robert\"); DROP TABLE users; --",
            "/* comment */ -- comment",
            "Ελληνικά",
            "日本語の表",
            "e\u0301 and \u00E9",
            "emoji \uD83D\uDE80",
            "<img src=x onerror=alert(1)>",
            "sixty_three_bytes_are_the_most_that_postgresql_allows_for_names");

    private HostileNames() {}

    /** All of them. */
    public static List<String> all() {
        return NAMES;
    }
}
