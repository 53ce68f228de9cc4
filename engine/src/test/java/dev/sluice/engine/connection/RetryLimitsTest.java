package dev.sluice.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryLimitsTest {
    @Test
    void pausesThreeTimesAsLongAfterEachFailureUpToHalfAnHour() {
        assertThat(IntStream.rangeClosed(0, 8)
                        .mapToObj(failures -> RetryLimits.pause(failures).toSeconds()))
                .containsExactly(0L, 10L, 30L, 90L, 270L, 810L, 1800L, 1800L, 1800L);
        assertThat(RetryLimits.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void raisesTheTotalsWithTheNumberOfRetries() {
        assertThat(RetryLimits.of(4)).isEqualTo(RetryLimits.USUAL);
        assertThat(RetryLimits.of(0)).isEqualTo(RetryLimits.NONE);
        assertThat(RetryLimits.of(1)).isEqualTo(new RetryLimits(2, 10, 1000, 20));
        assertThat(RetryLimits.of(99)).isEqualTo(new RetryLimits(100, 100, 1000, 100));
    }

    @Test
    void refusesLimitsThatForbidTheFirstAttempt() {
        assertThatThrownBy(() -> new RetryLimits(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunLimits.USUAL.withTotal(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysDurationsInWords() {
        assertThat(RunLimits.words(Duration.ofSeconds(30))).isEqualTo("30 s");
        assertThat(RunLimits.words(Duration.ofSeconds(270))).isEqualTo("4 min 30 s");
        assertThat(RunLimits.words(Duration.ofMinutes(30))).isEqualTo("30 min");
        assertThat(RunLimits.words(Duration.ofMinutes(190))).isEqualTo("3 h 10 min");
        assertThat(RunLimits.words(Duration.ofDays(1))).isEqualTo("24 h");
    }
}
