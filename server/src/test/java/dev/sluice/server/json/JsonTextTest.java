package dev.sluice.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON from outside. */
class JsonTextTest {
    @Test
    void valuesComeBackAsTheyWereWritten() {
        String text = "{\"z\":1.50,\"a\":[null,true,\"\\u0000\"],\"n\":123456789012345678901234567890}";
        assertThat(JsonText.write(JsonText.read(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":2}", "{} {}", "[1]", "\"canary\"", "canary", "{\"a\":NaN}"})
    void whatIsNoObjectIsRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.object(text))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("canary"));
    }

    @Test
    void depthAndNumbersHaveLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonText.read("[".repeat(101) + "]".repeat(101)));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonText.read("9".repeat(401)));
    }
}
