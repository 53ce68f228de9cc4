package dev.sluice.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service answered is given again in the same order, and nothing secret lies in the file. */
class RecordedHttpTest {
    @TempDir
    Path folder;

    private static String ask(String address, String target) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + target))
                    .header("Authorization", "Bearer canary-token")
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }

    @Test
    void whatWasRecordedIsReplayedWithoutTheService() throws IOException, InterruptedException {
        Path file = folder.resolve("deep/recording.json");
        AtomicInteger times = new AtomicInteger();
        HttpServer real = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        real.createContext("/v1/", exchange -> {
            String answer = exchange.getRequestHeaders().getFirst("Authorization") + " " + times.incrementAndGet();
            exchange.getResponseHeaders().set("Set-Cookie", "session=canary-cookie");
            exchange.getResponseHeaders().set("Link", "</next>");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        real.start();
        URI address = URI.create("http://127.0.0.1:" + real.getAddress().getPort() + "/v1");
        try (RecordedHttp recording = RecordedHttp.recording(file, address).hiding("canary-token")) {
            assertThat(ask(recording.address(), "/a?b=1&api_key=canary-key")).isEqualTo("200 Bearer canary-token 1");
            assertThat(ask(recording.address(), "/a?b=1&api_key=canary-key")).isEqualTo("200 Bearer canary-token 2");
        } finally {
            real.stop(0);
        }
        assertThat(Files.readString(file)).contains("\"link\":\"</next>\"").doesNotContain("canary");
        try (RecordedHttp replay = RecordedHttp.replaying(file)) {
            assertThat(ask(replay.address(), "/a?api_key=another&b=1")).isEqualTo("200 Bearer hidden 1");
            assertThat(ask(replay.address(), "/a?b=1&api_key=another")).isEqualTo("200 Bearer hidden 2");
            assertThat(ask(replay.address(), "/a?b=1&api_key=another")).isEqualTo("200 Bearer hidden 2");
            replay.assertNothingElseWasAsked();
            assertThat(ask(replay.address(), "/a?b=2")).startsWith("501");
            assertThatThrownBy(replay::assertNothingElseWasAsked)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("GET /a?b=2")
                    .hasMessageContaining("GET /a?api_key=hidden&b=1");
        }
    }

    @Test
    void aFileThatIsMissingOrDamagedIsSaid() throws IOException {
        Path file = folder.resolve("recording.json");
        assertThatThrownBy(() -> RecordedHttp.replaying(file)).hasMessageContaining(RecordedHttp.RECORD);
        Files.writeString(file, "[{\"method\":\"GET\"}]");
        assertThatThrownBy(() -> RecordedHttp.replaying(file)).isInstanceOf(IllegalArgumentException.class);
    }
}
