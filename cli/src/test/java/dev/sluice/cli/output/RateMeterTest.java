package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long SECOND = 1_000_000_000;

    private final RateMeter meter = new RateMeter();

    @Test
    void measuresASteadyRate() {
        steady(40, 1000);
        assertThat(meter.perSecond()).isBetween(990L, 1010L);
    }

    @Test
    void followsAChangeWithinAMinute() {
        steady(60, 1000);
        long count = 60_000;
        for (int i = 61; i <= 180; i++) {
            count += 100;
            meter.sample(i * SECOND, count);
        }
        assertThat(meter.perSecond()).isBetween(95L, 140L);
    }

    @Test
    void saysNothingOfTheEndBeforeItKnowsEnough() {
        steady(10, 1000);
        assertThat(meter.remaining(1_000_000)).isEmpty();
        assertThat(new RateMeter().remaining(10)).isEmpty();
    }

    @Test
    void saysARangeForTheEnd() {
        steady(60, 1000);
        assertThat(meter.remaining(480_000)).contains("6-9 min");
        assertThat(meter.remaining(0)).isEmpty();
        assertThat(meter.remaining(90_000)).contains("25-35 s");
    }

    @Test
    void admitsThatTheEstimateWasTooLow() {
        steady(60, 1000);
        assertThat(meter.remaining(50_000)).contains("longer than estimated");
    }

    private void steady(int seconds, long perSecond) {
        for (int i = 0; i <= seconds; i++) {
            meter.sample(i * SECOND, i * perSecond);
        }
    }
}
