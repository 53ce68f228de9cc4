package dev.sluice.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.runtime.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionSpecTest {
    private static final OptionSpec SPEC = OptionSpec.of("""
        {"properties": {
          "host": {"type": "string"},
          "password": {"type": "string", "airbyte_secret": true},
          "pin": {"type": "integer", "airbyte_secret": true},
          "path": {"type": "string", "format": "path"},
          "more": {"type": "array", "items": {"type": "string", "format": "path"}},
          "command": {"type": "array", "items": {"type": "string", "format": "command-word"}},
          "named": {"type": "object", "additionalProperties": {"type": "string", "format": "path"}},
          "headers": {"type": "object", "additionalProperties": {"type": "string", "airbyte_secret": true}},
          "tunnel": {"oneOf": [
            {"properties": {"kind": {"const": "none"}, "key": {"type": "string"}}},
            {"properties": {"kind": {"const": "key"}, "key": {"type": "string", "airbyte_secret": true}}}]}}}\
        """);

    @Test
    void findsSecretsAlsoInGroups() {
        Config config = Config.of(
                Map.of("host", "db", "password", "p1", "pin", 4711, "tunnel", Map.of("kind", "key", "key", "k1")));
        assertThat(SPEC.secrets(config)).containsExactlyInAnyOrder("p1", "4711", "k1");
        assertThat(SPEC.secrets(Config.of(Map.of("tunnel", Map.of("kind", "none", "key", "k1")))))
                .isEmpty();
    }

    @Test
    void resolvesPathsAgainstADirectory() {
        assertThat(path("a/b.csv")).isEqualTo("/project/a/b.csv");
        assertThat(path("./x[1]*.csv")).isEqualTo("/project/x[1]*.csv");
        assertThat(path("/abs/x")).isEqualTo("/abs/x");
        assertThat(path("~/x")).isEqualTo(System.getProperty("user.home") + "/x");
    }

    @Test
    void wordsOfACommandAreFilesWhereTheyBeginWithADot() {
        Config config = Config.of(Map.of("command", List.of("./source", "--fast", "../shared/x.json", "python3")));

        assertThat(SPEC.withAbsolutePaths(config, Path.of("/projects/shop")).values())
                .isEqualTo(Map.of(
                        "command",
                        List.of("/projects/shop/source", "--fast", "/projects/shop/../shared/x.json", "python3")));
    }

    @Test
    void pathsAndSecretsMayHaveNamesThatTheUserChose() {
        Config config = Config.of(Map.of(
                "named", Map.of("orders", "data/orders.csv", "path", "/abs.csv"), "headers", Map.of("X-Key", "s1")));
        assertThat(SPEC.withAbsolutePaths(config, Path.of("/project")).values())
                .containsEntry("named", Map.of("orders", "/project/data/orders.csv", "path", "/abs.csv"));
        assertThat(SPEC.secrets(config)).containsExactly("s1");
    }

    @Test
    void leavesAloneWhatIsNoPath() {
        assertThat(path("https://example.org/x.csv")).isEqualTo("https://example.org/x.csv");
        assertThat(path("-")).isEqualTo("-");
        assertThat(path(":memory:")).isEqualTo(":memory:");
        assertThat(SPEC.withAbsolutePaths(Config.of(Map.of("host", "a/b")), Path.of("/project"))
                        .values())
                .containsEntry("host", "a/b");
        assertThat(SPEC.withAbsolutePaths(Config.of(Map.of("more", List.of("a", "/b"))), Path.of("/project"))
                        .values())
                .containsEntry("more", List.of("/project/a", "/b"));
    }

    @Test
    void tellsSystemsApartWithoutTheirSecrets() {
        assertThat(SPEC.publicPart(Config.of(Map.of("host", "db", "password", "one"))))
                .isEqualTo(SPEC.publicPart(Config.of(Map.of("host", "db", "password", "two"))))
                .containsEntry("host", "db");
    }

    private static Object path(String value) {
        Config resolved = SPEC.withAbsolutePaths(Config.of(Map.of("path", value)), Path.of("/project"));
        return String.valueOf(resolved.values().get("path"));
    }
}
