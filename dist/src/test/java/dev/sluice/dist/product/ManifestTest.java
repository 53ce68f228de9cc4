package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product reads an API of this machine by a manifest, and goes on from its state. */
class ManifestTest {
    private static final String MANIFEST = """
        version: "6"
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [issues]}
        streams:
          - type: DeclarativeStream
            name: issues
            primary_key: id
            incremental_sync:
              type: DatetimeBasedCursor
              cursor_field: updated
              datetime_format: "%Y-%m-%dT%H:%M:%SZ"
              start_datetime: "2024-01-01T00:00:00Z"
              start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: since}
            retriever:
              type: SimpleRetriever
              requester:
                type: HttpRequester
                url_base: "{{ config['url'] }}"
                path: /issues
                authenticator: {type: BearerAuthenticator, api_token: "{{ config['token'] }}"}
              record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [issues]}}
            schema_loader:
              type: InlineSchemaLoader
              schema: {properties: {id: {type: integer}, title: {type: string}, updated: {type: string, format: date-time}}}
        spec:
          type: Spec
          connection_specification:
            type: object
            required: [token]
            properties: {token: {type: string, title: Token, airbyte_secret: true}, url: {type: string, title: Address}}
        """;

    @TempDir
    Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = newServer();

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server.createContext("/issues", exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI().getQuery()));
            boolean known = "Bearer 0x1f".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String body = known
                    ? "{\"issues\": [{\"id\": 7, \"title\": \"Grüße\", \"updated\": \"2024-05-01T10:00:00Z\"}]}"
                    : "{\"message\": \"who are you\"}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        Files.writeString(directory.resolve("issues.yaml"), MANIFEST);
        Files.writeString(directory.resolve("sluice.yaml"), """
            sources:
              tracker:
                connector: {manifest: issues.yaml}
                config: {url: "http://localhost:%d", token: "${TOKEN}"}
            destinations:
              lake: {connector: duckdb, config: {path: lake.duckdb}}
            connections:
              copy: {source: tracker, destination: lake, streams: {issues: {mode: incremental_append_deduped}}}
            """.formatted(
                        server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Sluice sluice(String token) {
        return Sluice.in(directory).with("TOKEN", token);
    }

    @Test
    void anApiIsReadByItsManifestAndGoesOnFromItsState() {
        assertThat(sluice("0x1f")
                        .run("connectors", "spec", "--manifest", "issues.yaml")
                        .expect(0)
                        .out())
                .contains("token", "secret", "url");
        sluice("0x1f").run("sync").expect(0);
        assertThat(sluice("0x1f").run("preview", "duckdb:lake.duckdb").expect(0).out())
                .contains("Grüße");
        sluice("0x1f").run("sync").expect(0);
        assertThat(asked).first().isEqualTo("since=2024-01-01T00:00:00Z");
        assertThat(asked).last().isEqualTo("since=2024-05-01T10:00:00Z");
    }

    @Test
    void aRefusedTokenIsToldAndNotShown() {
        Sluice.Result check = sluice("4711-secret").run("check");
        assertThat(check.out() + check.err())
                .contains("E_AUTH_REFUSED", "who are you")
                .doesNotContain("4711-secret");
    }
}
