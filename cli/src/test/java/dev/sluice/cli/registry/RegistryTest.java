package dev.sluice.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries of connectors: how each connector runs here, and where an index comes from. */
class RegistryTest {
    private static final String INDEX = """
        {"sources": [
          {"name": "Jira", "dockerRepository": "airbyte/source-jira", "dockerImageTag": "4.1.0",
           "supportLevel": "certified", "tags": ["cdk:low-code", "language:manifest-only"],
           "spec": {"connectionSpecification": {"type": "object"}}},
          {"name": "Faker", "dockerRepository": "airbyte/source-faker", "dockerImageTag": "7.2.1", "supportLevel": "community",
           "language": "python", "remoteRegistries": {"pypi": {"enabled": true, "packageName": "airbyte-source-faker"}}},
          {"name": "Plain", "dockerRepository": "airbyte/source-plain", "dockerImageTag": "1.0.0",
           "tags": ["language:manifest-only"]},
          {"broken": true}],
         "destinations": [
          {"name": "Postgres", "dockerRepository": "airbyte/destination-postgres", "dockerImageTag": "3.0.1",
           "supportLevel": "certified", "language": "java", "supportsRefreshes": true,
           "remoteRegistries": {"pypi": {"enabled": false, "packageName": "no"}}}]}
        """;
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private RegistryPlace place(Instant now) {
        return new RegistryPlace(folder, folder.resolve("cache"), Clock.fixed(now, ZoneOffset.UTC), warnings::add);
    }

    @Test
    void eachConnectorRunsInTheLightestWay() throws IOException {
        Files.writeString(folder.resolve("oss_registry.json"), INDEX);
        Registry registry = place(NOW).read(".");
        assertThat(registry.entries())
                .extracting(RegistryEntry::name)
                .containsExactly("destination-postgres", "source-faker", "source-jira", "source-plain");
        assertThat(registry.named("source-faker").origin().connector())
                .isEqualTo(Map.of("pypi", "airbyte-source-faker==7.2.1"));
        assertThat(registry.named("airbyte/destination-postgres").origin().connector())
                .isEqualTo(Map.of("docker", "airbyte/destination-postgres:3.0.1", "generations", true));
        assertThat(registry.named("source-jira").origin().connector().get("manifest"))
                .asString()
                .startsWith(folder.toString())
                .endsWith("/metadata/airbyte/source-jira/4.1.0/manifest.yaml");
        assertThat(registry.named("source-jira").origin().words())
                .isEqualTo("natively, from its manifest and ports of its Python classes");
        assertThat(registry.named("source-plain").origin().words()).isEqualTo("natively, from its manifest");
        Path metadata = Files.createDirectories(folder.resolve("metadata/airbyte/source-plain/1.0.0"));
        Files.writeString(metadata.resolve("components.py"), "class Plain: pass");
        assertThat(place(NOW).read(".").named("source-plain").origin().words()).contains("official runner");
        assertThat(registry.named("source-jira").spec()).isEqualTo(Map.of("type", "object"));
        assertThat(registry.named("source-faker").spec()).isNull();
        assertThatThrownBy(() -> registry.named("source-jria")).hasMessageContaining("E_CONNECTOR_UNKNOWN");
    }

    @Test
    void wordsNarrowTheSearch() throws IOException {
        Path file = Files.writeString(folder.resolve("r.json"), INDEX);
        Registry registry = place(NOW).read(file.toString());
        assertThat(registry.search(List.of("CERTIFIED"))).hasSize(2);
        assertThat(registry.search(List.of("certified", "manifest"))).hasSize(1);
        assertThat(registry.search(List.of("nothing"))).isEmpty();
        assertThat(registry.search(List.of())).hasSize(4);
    }

    @Test
    void anAnswerIsKeptForADayAndLongerWhileThereIsNone() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/files/registries/v0/oss_registry.json", exchange -> {
            asked.incrementAndGet();
            byte[] bytes = INDEX.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/files";
        String address = base + "/registries/v0/oss_registry.json";
        try {
            Registry registry = place(NOW).read(address);
            assertThat(registry.named("source-jira").origin().connector())
                    .isEqualTo(Map.of("manifest", base + "/metadata/airbyte/source-jira/4.1.0/manifest.yaml"));
            place(NOW.plus(Duration.ofHours(23))).read(address);
            assertThat(asked).hasValue(1);
            place(NOW.plus(Duration.ofHours(25))).read(address);
            assertThat(asked).hasValue(2);
        } finally {
            server.stop(0);
        }
        assertThat(warnings).isEmpty();
        assertThat(place(NOW.plus(Duration.ofDays(9))).read(address).entries()).hasSize(4);
        assertThat(warnings).singleElement().asString().contains("cannot be reached");
    }

    @Test
    void whatIsNoRegistryIsSaid() throws IOException {
        Files.writeString(folder.resolve("bad.json"), "{\"sources\": 1}");
        Files.writeString(folder.resolve("text.json"), "no json");
        Files.createDirectory(folder.resolve("empty"));
        for (String place : List.of(
                "bad.json", "text.json", "empty", "missing.json", "http://example.com/r.json", "ftp://x/r.json")) {
            assertThatThrownBy(() -> place(NOW).read(place)).as(place).hasMessageContaining("E_REGISTRY");
        }
    }
}
