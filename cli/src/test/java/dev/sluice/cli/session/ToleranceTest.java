package dev.sluice.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToleranceTest {
    @Test
    void countsRecords() {
        Tolerance ten = Tolerance.parse("10").orElseThrow();
        assertThat(ten.isExceeded(10, 1000)).isFalse();
        assertThat(ten.isExceeded(11, 1000)).isTrue();
        assertThat(ten.words()).isEqualTo("at most 10");
    }

    @Test
    void measuresShares() {
        Tolerance half = Tolerance.parse("0.5%").orElseThrow();
        assertThat(half.isExceeded(5, 1000)).isFalse();
        assertThat(half.isExceeded(6, 1000)).isTrue();
        assertThat(half.isExceeded(0, 0)).isFalse();
    }

    @Test
    void takesNothingElse() {
        assertThat(Tolerance.parse("-1")).isEmpty();
        assertThat(Tolerance.parse("101%")).isEmpty();
        assertThat(Tolerance.parse("few")).isEmpty();
        assertThat(Tolerance.ANY.isExceeded(Long.MAX_VALUE, 0)).isFalse();
    }
}
