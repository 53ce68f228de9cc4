package dev.sluice.cdk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class NamedTextsTest {
    private static final Option<Map<String, String>> STREAMS = Option.namedPaths("streams", "Streams");
    private static final Option<Map<String, String>> TYPES = Option.namedTexts("types", "Types");
    private static final ConfigSpec SPEC = ConfigSpec.of("Files", STREAMS, TYPES);

    @Test
    void readsTextsInTheirOrder() {
        Map<String, Object> streams = new LinkedHashMap<>();
        streams.put("weather", "data/weather-*.csv");
        streams.put("airports", "data/airports.csv");
        streams.put("42", 7);

        Settings settings = SPEC.read(Config.of(Map.of("streams", streams)));

        assertThat(settings.get(STREAMS).entrySet())
                .containsExactly(
                        Map.entry("weather", "data/weather-*.csv"),
                        Map.entry("airports", "data/airports.csv"),
                        Map.entry("42", "7"));
        assertThat(settings.find(TYPES)).isEmpty();
    }

    @Test
    void refusesWhatIsNoMapOfTexts() {
        for (Object wrong : List.of("text", List.of("text"), Map.of("a", List.of()), Map.of("a", Map.of()))) {
            assertThatThrownBy(() -> SPEC.read(Config.of(Map.of("types", wrong))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("takes texts by name");
        }
    }

    @Test
    void describesTheTextsInTheSchema() {
        Map<?, ?> properties = (Map<?, ?>)
                Objects.requireNonNull(Json.readObject(SPEC.jsonSchema()).get("properties"));

        assertThat(properties.get("streams"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("type", "object")
                .containsEntry("additionalProperties", Map.of("type", "string", "format", "path"));
        assertThat(properties.get("types"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("additionalProperties", Map.of("type", "string"));
    }
}
