package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class NotFiniteTest {
    @Test
    void quotesTheNumbersThatJsonLacks() {
        assertThat(quoted("[NaN,Infinity,-Infinity,-1.5]")).isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\",-1.5]");
        assertThat(quoted("NaN")).isEqualTo("\"NaN\"");
        assertThat(quoted("{\"a\":NaN}")).isEqualTo("{\"a\":\"NaN\"}");
    }

    @Test
    void leavesTextsAlone() {
        String texts = "{\"NaN\":\"Infinity \\\" NaN\",\"b\":\"\\\\\"}";
        byte[] json = texts.getBytes(StandardCharsets.UTF_8);
        assertThat(NotFinite.quoted(json)).isSameAs(json);
    }

    @Test
    void endsWithTheTextWhereATextDoesNotEnd() {
        assertThat(quoted("\"NaN")).isEqualTo("\"NaN");
        assertThat(quoted("\"\\")).isEqualTo("\"\\");
        assertThat(quoted("-Inf")).isEqualTo("-Inf");
        assertThat(quoted("")).isEmpty();
    }

    private static String quoted(String json) {
        return new String(NotFinite.quoted(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
