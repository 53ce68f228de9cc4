package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is believed of what a proxy says. */
class ForwardedTest {
    private static Map<String, String> headers(String host, String from) {
        return new HashMap<>(Map.of("x-forwarded-host", host, "x-forwarded-proto", "https", "x-forwarded-for", from));
    }

    @Test
    void onlyATrustedProxyIsBelieved() {
        Map<String, String> headers = headers("data.example.org", "10.9.9.9, 192.0.2.7");
        assertThat(Forwarded.address(headers, true, "127.0.0.1")).isEqualTo("192.0.2.7");
        assertThat(Forwarded.address(headers, false, "127.0.0.1")).isEqualTo("127.0.0.1");
        Forwarded.clean(headers, true);
        assertThat(headers).containsKeys("x-forwarded-host", "x-forwarded-proto");
        Forwarded.clean(headers, false);
        assertThat(headers).doesNotContainKeys("x-forwarded-host", "x-forwarded-proto");
    }

    @Test
    void nonsenseIsNotBelievedFromAnybody() {
        Map<String, String> headers = headers("evil\r\nx: y", "<script>");
        assertThat(Forwarded.address(headers, true, "127.0.0.1")).isEqualTo("127.0.0.1");
        Forwarded.clean(headers, true);
        assertThat(headers).doesNotContainKey("x-forwarded-host");
    }
}
