package dev.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void groupsThousands() {
        assertThat(Units.count(1234567)).isEqualTo("1,234,567");
        assertThat(Units.count(1, "row", "rows")).isEqualTo("1 row");
        assertThat(Units.count(0, "row", "rows")).isEqualTo("0 rows");
    }

    @Test
    void picksTheUnitOfBytes() {
        assertThat(Units.bytes(0)).isEqualTo("0 B");
        assertThat(Units.bytes(999)).isEqualTo("999 B");
        assertThat(Units.bytes(1_500)).isEqualTo("1.5 kB");
        assertThat(Units.bytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Units.bytes(183_200_000)).isEqualTo("183 MB");
    }

    @Test
    void saysHowLongItTook() {
        assertThat(Units.duration(40_000_000)).isEqualTo("0.0 s");
        assertThat(Units.duration(12_340_000_000L)).isEqualTo("12.3 s");
        assertThat(Units.duration(200_000_000_000L)).isEqualTo("3 min 20 s");
        assertThat(Units.duration(7_500_000_000_000L)).isEqualTo("2 h 5 min");
    }

    @Test
    void saysHundredPercentOnlyAtTheEnd() {
        assertThat(Units.percent(9_999, 10_000)).isEqualTo("99%");
        assertThat(Units.percent(10_000, 10_000)).isEqualTo("100%");
        assertThat(Units.percent(1, 0)).isEmpty();
    }

    @Test
    void leavesOutARateThatMeansNothing() {
        assertThat(Units.rate(10, 500)).isEmpty();
        assertThat(Units.rate(500_000, 2_000_000_000)).isEqualTo("250,000/s");
    }
}
