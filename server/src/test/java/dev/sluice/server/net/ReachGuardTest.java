package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sets up sources on a shared server reads neither its files nor what answers only to its machine. */
class ReachGuardTest {
    private static final String SPEC = """
        {"properties": {
          "path": {"type": "string", "format": "path"},
          "name": {"type": "string"},
          "streams": {"type": "object", "additionalProperties": {"type": "string", "format": "path"}},
          "login": {"oneOf": [
            {"properties": {"method": {"const": "key"}, "key_file": {"type": "string", "format": "path"}}}]}}}\
        """;

    @TempDir
    Path folder;

    private Path files;
    private ReachGuard guard;

    @BeforeEach
    void open() throws IOException {
        folder = folder.toRealPath();
        files = Files.createDirectory(folder.resolve("files"));
        guard = ReachGuard.shared(List.of(files), EgressGuard.strict(host -> new InetAddress[] {
            InetAddress.getByName(host.equals("public.example") ? "93.184.215.14" : "169.254.169.254")
        }));
    }

    private void assertOpens(Map<String, ?> config) {
        assertThatCode(() -> guard.require(SPEC, Config.of(config))).doesNotThrowAnyException();
    }

    private void assertRefused(Map<String, ?> config) {
        assertThatThrownBy(() -> guard.require(SPEC, Config.of(config)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("E_PLACE"));
    }

    @Test
    void opensWhatLiesBelowItsFolders() {
        assertOpens(Map.of("path", files + "/2026/*.csv"));
        assertOpens(Map.of("path", files.resolve("new.sqlite").toString(), "name", "/etc/passwd"));
        assertOpens(Map.of("path", ":memory:"));
        assertOpens(Map.of("path", "s3://bucket/orders/*.parquet"));
        assertOpens(Map.of("path", "https://public.example/a.csv"));
        assertOpens(Map.of("streams", Map.of("orders", files + "/orders.csv")));
    }

    @Test
    void refusesEverythingElse() {
        assertRefused(Map.of("path", "/etc/passwd"));
        assertRefused(Map.of("path", "file:///etc/passwd"));
        assertRefused(Map.of("path", "~/.sluice/secret-keys.json"));
        assertRefused(Map.of("path", "relative.csv"));
        assertRefused(Map.of("path", files + "/../secret-keys.json"));
        assertRefused(Map.of("path", files + "-beside/a.csv"));
        assertRefused(Map.of("path", folder + "/*/a.csv"));
        assertRefused(Map.of("streams", Map.of("orders", "/etc/passwd")));
        assertRefused(Map.of("login", Map.of("method", "key", "key_file", "/root/.ssh/id_ed25519")));
        assertRefused(Map.of("path", "http://metadata.internal/latest/*.json"));
    }

    @Test
    void aLinkLeadsWhereItLeads() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(files.resolve("link"), outside);
        assertRefused(Map.of("path", files + "/link/a.csv"));
    }

    @Test
    void withoutFoldersNoFileIsOpened() {
        guard = ReachGuard.shared(List.of(), Reach.PUBLIC);
        assertRefused(Map.of("path", files + "/a.csv"));
    }

    @Test
    void whoIsAloneOpensEverything() {
        guard = ReachGuard.open();
        assertOpens(Map.of("path", "/etc/passwd"));
    }
}
