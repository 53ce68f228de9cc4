package dev.sluice.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a connector says of signing in. */
class FlowTest {
    private static Flow flow(Map<String, @Nullable Object> state) {
        Map<String, Object> input = Map.of(
                "consent_url", "https://a.example/consent",
                "access_token_url", "https://a.example/token",
                "state", state);
        Map<String, Object> specification = Map.of("oauth_connector_input_specification", input);
        return Flow.of(Map.of("oauth_config_specification", specification)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({", , 43", "7, 24, 24", "64, 100, 64", "1, 2, 16", "50, 10, 16", ", 4, 16", "900, , 128", "-3, -1, 16"})
    void theStateIsAsLongAsTheServiceTakesAndNeverEasyToGuess(
            @Nullable Integer min, @Nullable Integer max, int length) {
        Map<String, @Nullable Object> limits = new HashMap<>();
        limits.put("min", min);
        limits.put("max", max);

        assertThat(flow(limits).stateLength()).isEqualTo(length);
    }

    @Test
    void withoutTheTwoAddressesThereIsNone() {
        assertThat(Flow.of(Map.of())).isEmpty();
        assertThat(Flow.of(null)).isEmpty();
    }
}
