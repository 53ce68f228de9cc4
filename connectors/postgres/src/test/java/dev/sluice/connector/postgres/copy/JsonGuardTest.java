package dev.sluice.connector.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What jsonb refuses is found, and only that. */
final class JsonGuardTest {
    @Test
    void findsTheEscapeOfNulAndTakesItOut() {
        assertThat(verdict("{\"a\": \"x\\u0000y\"}")).isEqualTo(TextEncoders.Verdict.TO_BE_CLEANED);
        assertThat(cleaned("{\"a\": \"x\\u0000y\"}")).isEqualTo("{\"a\": \"xy\"}");
    }

    @Test
    void findsHalvesOfSurrogatePairs() {
        assertThat(verdict("\"\\ud83d\\ude00\"")).isEqualTo(TextEncoders.Verdict.FINE);
        assertThat(verdict("\"\\ud83d\"")).isEqualTo(TextEncoders.Verdict.TO_BE_CLEANED);
        assertThat(verdict("\"\\ude00\\ud83d\"")).isEqualTo(TextEncoders.Verdict.TO_BE_CLEANED);
        assertThat(cleaned("\"a\\ud83d\\n\\ud83d\\ude00b\"")).isEqualTo("\"a\\n\\ud83d\\ude00b\"");
    }

    @Test
    void anEscapedBackslashIsNoEscapeOfWhatFollows() {
        assertThat(verdict("\"\\\\u0000\"")).isEqualTo(TextEncoders.Verdict.FINE);
        assertThat(cleaned("\"\\\\u0000\\u0000\"")).isEqualTo("\"\\\\u0000\"");
    }

    @Test
    void bracketsInTextsDoNotCountAsNesting() {
        assertThat(verdict("\"" + "[".repeat(10_000) + "\"")).isEqualTo(TextEncoders.Verdict.FINE);
        assertThat(verdict("[".repeat(6_000) + "]".repeat(6_000))).isEqualTo(TextEncoders.Verdict.REFUSED);
        assertThat(verdict("[".repeat(4_000) + "]".repeat(4_000))).isEqualTo(TextEncoders.Verdict.FINE);
    }

    @Test
    void theQuickLookFindsAllEscapes() {
        assertThat(mayHoldEscapes("{\"a\": [1, 2, \"x\\n\\\\\"]}")).isFalse();
        assertThat(mayHoldEscapes("{\"a\": \"\\\\ and \\u0000\"}")).isTrue();
        assertThat(JsonGuard.mayBeDeep(9_999)).isFalse();
        assertThat(JsonGuard.mayBeDeep(10_001)).isTrue();
    }

    private static TextEncoders.Verdict verdict(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return JsonGuard.check(bytes, 0, bytes.length);
    }

    private static String cleaned(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new String(JsonGuard.clean(bytes, 0, bytes.length), StandardCharsets.UTF_8);
    }

    private static boolean mayHoldEscapes(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return JsonGuard.mayHoldEscapes(bytes, bytes.length);
    }
}
