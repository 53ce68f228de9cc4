package dev.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"30s, PT30S", "10m, PT10M", "10 min, PT10M", "6h, PT6H", "3d, PT72H", " 1s , PT1S"})
    void readsANumberWithAUnit(String text, String duration) {
        assertThat(Durations.parse(text)).hasToString("Optional[" + duration + "]");
    }

    @ParameterizedTest
    @CsvSource({"''", "30", "0s", "-1h", "1.5h", "3 weeks", "9999999999s", "h"})
    void readsNothingElse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
