package dev.sluice.cdk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One declaration checks a configuration, gives typed values, and writes the form's schema. */
final class ConfigSpecTest {
    private static final Option<String> HOST =
            Option.text("host", "Host").describedAs("Name of the server.").required();
    private static final Option<Long> PORT =
            Option.whole("port", "Port", 1, 65_535).defaultsTo(5432L);
    private static final Option<String> PASSWORD = Option.secret("password", "Password");
    private static final Option<List<String>> SCHEMAS =
            Option.texts("schemas", "Schemas").defaultsTo(List.of("public"));
    private static final Option<String> KEY = Option.secretLines("key", "Key").required();
    private static final Option<Settings> TUNNEL = Option.oneGroup(
            "tunnel", "Tunnel", "method", Map.of("none", ConfigSpec.of("None"), "ssh", ConfigSpec.of("SSH", KEY)));
    private static final Option<String> LEVEL = Option.oneOf("level", "Level", List.of("low", "high"));
    private static final ConfigSpec SPEC = ConfigSpec.of("Test", HOST, PORT, PASSWORD, SCHEMAS, TUNNEL, LEVEL);

    @Test
    void givesTypedValuesAndDefaults() {
        Settings settings = SPEC.read(Config.of(Map.of("host", "db", "schemas", List.of("a", "b"))));
        assertThat(settings.get(HOST)).isEqualTo("db");
        assertThat(settings.get(PORT)).isEqualTo(5432L);
        assertThat(settings.get(SCHEMAS)).containsExactly("a", "b");
        assertThat(settings.find(PASSWORD)).isEmpty();
    }

    @Test
    void numbersAndListsMayComeAsText() {
        Settings settings = SPEC.read(Config.of(Map.of("host", "db", "port", "6543", "schemas", "sales")));
        assertThat(settings.get(PORT)).isEqualTo(6543L);
        assertThat(settings.get(SCHEMAS)).containsExactly("sales");
    }

    @Test
    void readsTheChosenGroup() {
        Settings settings =
                SPEC.read(Config.of(Map.of("host", "db", "tunnel", Map.of("method", "ssh", "key", "secret-key"))));
        assertThat(settings.get(TUNNEL).group()).isEqualTo("ssh");
        assertThat(settings.get(TUNNEL).get(KEY)).isEqualTo("secret-key");
    }

    @Test
    void aMissingOptionIsNamed() {
        Problem problem = problem(Map.of());
        assertThat(problem.kind()).isEqualTo(ProblemKind.CONFIG);
        assertThat(problem.where()).isEqualTo("host");
        assertThat(problem.message()).contains("required");
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearestName() {
        Problem problem = problem(Map.of("host", "db", "pasword", "x"));
        assertThat(problem.where()).isEqualTo("pasword");
        assertThat(problem.fix()).isEqualTo("did you mean password?");
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsPlace() {
        assertThat(problem(Map.of("host", "db", "port", 70_000)).message()).contains("70000");
        assertThat(problem(Map.of("host", "db", "port", "many")).message()).contains("whole number");
        assertThat(problem(Map.of("host", List.of("a"))).message()).contains("takes text");
        assertThat(problem(Map.of("host", "db", "level", "hgh")).fix()).isEqualTo("did you mean high?");
        assertThat(problem(Map.of("host", "db", "tunnel", Map.of("method", "ssh")))
                        .where())
                .isEqualTo("tunnel.key");
        assertThat(problem(Map.of("host", "db", "tunnel", Map.of("method", "rope")))
                        .where())
                .isEqualTo("tunnel.method");
    }

    @Test
    void secretsAppearNowhere() {
        Config config = Config.of(Map.of("host", "db", "password", "canary-1", "port", "x"));
        assertThat(config.toString()).doesNotContain("canary-1");
        assertThat(SPEC.read(Config.of(Map.of("host", "db", "password", "canary-1")))
                        .toString())
                .doesNotContain("canary-1");
        assertThat(problem(config.values()).toString()).doesNotContain("canary-1");
    }

    @Test
    void writesTheSchemaOfAForm() {
        Map<String, @Nullable Object> schema = Json.readObject(SPEC.jsonSchema());
        assertThat(schema).containsEntry("type", "object").containsEntry("required", List.of("host"));
        assertThat(String.valueOf(schema.get("properties")))
                .contains("airbyte_secret=true")
                .contains("minimum=1, maximum=65535, default=5432")
                .contains("multiline=true")
                .contains("enum=[low, high]")
                .contains("const=ssh");
    }

    private static Problem problem(Map<String, ? extends @Nullable Object> values) {
        return catchThrowableOfType(ProblemException.class, () -> SPEC.read(Config.of(values)))
                .problem();
    }
}
