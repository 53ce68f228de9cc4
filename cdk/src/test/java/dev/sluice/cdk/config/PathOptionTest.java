package dev.sluice.cdk.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.runtime.Config;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PathOptionTest {
    private static final Option<String> PATH = Option.path("path", "Path").required();
    private static final Option<String> NOTE = Option.text("note", "Note");
    private static final ConfigSpec SPEC = ConfigSpec.of("Files", PATH, NOTE);

    @Test
    void tellsTheHostThatATextIsAPath() {
        Map<?, ?> properties = (Map<?, ?>)
                Objects.requireNonNull(Json.readObject(SPEC.jsonSchema()).get("properties"));

        assertThat(properties.get("path"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("format", "path");
        assertThat(properties.get("note"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .doesNotContainKey("format");
    }

    @Test
    void readsAPathAsText() {
        assertThat(SPEC.read(Config.of(Map.of("path", "/data/a b.csv"))).get(PATH))
                .isEqualTo("/data/a b.csv");
    }
}
