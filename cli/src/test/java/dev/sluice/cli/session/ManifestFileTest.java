package dev.sluice.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the manifest of a source is looked for, and what it is called. */
class ManifestFileTest {
    private static final String MANIFEST = """
        version: "6"
        check: {stream_names: [a]}
        streams:
          - name: a
            retriever: {requester: {url_base: "https://example.com"}, record_selector: {extractor: {field_path: []}}}
        spec: {connection_specification: {type: object, properties: {key: {type: string, airbyte_secret: true}}}}
        """;

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void aFileLiesBesideTheProject() throws IOException {
        Files.createDirectories(directory.resolve("hn"));
        Files.writeString(directory.resolve("hn/manifest.yaml"), MANIFEST);
        Files.writeString(directory.resolve("news.yaml"), MANIFEST);
        SourceConnector connector = ManifestFile.connector("hn/manifest.yaml", directory, warnings::add);
        assertThat(connector.name()).isEqualTo("manifest:hn");
        assertThat(connector.spec()).contains("airbyte_secret");
        assertThat(ManifestFile.connector("news.yaml", directory, warnings::add).name())
                .isEqualTo("manifest:news");
    }

    @Test
    void filesBesideItAreReadAndNoneFromElsewhere() throws IOException {
        Path manifest = directory.resolve("a/manifest.yaml");
        Files.createDirectories(directory.resolve("a/schemas"));
        Files.writeString(directory.resolve("a/schemas/s.json"), "{}");
        Files.writeString(directory.resolve("secret.json"), "{}");
        Files.createSymbolicLink(directory.resolve("a/link.json"), directory.resolve("secret.json"));
        assertThat(ManifestFile.beside(manifest, "schemas/s.json")).contains("{}");
        assertThat(ManifestFile.beside(manifest, "../secret.json")).isEmpty();
        assertThat(ManifestFile.beside(manifest, "link.json")).isEmpty();
        assertThat(ManifestFile.beside(
                        manifest, directory.resolve("secret.json").toString()))
                .isEmpty();
        assertThat(ManifestFile.beside(manifest, "schemas")).isEmpty();
        assertThat(ManifestFile.beside(manifest, "none\0.json")).isEmpty();
    }

    @Test
    void oneFromAnAddressIsKeptForDaysWithoutANetwork() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/m/news.yaml", exchange -> {
            byte[] bytes = MANIFEST.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/m/news.yaml";
        Path kept = directory.resolve("kept");
        try {
            assertThat(ManifestFile.connector(address, directory, kept, warnings::add)
                            .name())
                    .isEqualTo("manifest:news");
        } finally {
            server.stop(0);
        }
        assertThat(warnings).isEmpty();
        assertThat(ManifestFile.connector(address, directory, kept, warnings::add)
                        .spec())
                .contains("airbyte_secret");
        assertThat(warnings).singleElement().asString().contains(address, "cannot be reached", "is of 20");
        assertThatThrownBy(
                        () -> ManifestFile.connector(address, directory, directory.resolve("elsewhere"), warnings::add))
                .hasMessageContaining("E_MANIFEST_MISSING");
    }

    @Test
    void oneThatIsMissingOrBrokenIsNamed() throws IOException {
        assertThatThrownBy(() -> ManifestFile.connector("none.yaml", directory, warnings::add))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("E_MANIFEST_MISSING");
                    assertThat(failure.problem().where()).endsWith("none.yaml");
                });
        Files.writeString(directory.resolve("broken.yaml"), "streams: [");
        assertThatThrownBy(() -> ManifestFile.connector("broken.yaml", directory, warnings::add))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().where()).startsWith("broken.yaml:1"));
    }
}
