package dev.sluice.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.state.FailureCount;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When another attempt follows, and when a connection that only fails is switched off. */
class RetriesTest {
    private static final Problem PASSING = Problem.of("E_X", ProblemKind.TRANSIENT, "it broke");
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void theWaitGrowsUntilThereWereEnoughFailuresWithoutProgress() {
        FailureCount count = FailureCount.NONE;
        List<Long> pauses = new ArrayList<>();
        for (int number = 0; ; number++) {
            count = Retries.counted(count, false);
            var pause = Retries.pause(PASSING, number, count);
            if (pause.isEmpty()) {
                break;
            }
            pauses.add(pause.get().toSeconds());
        }
        assertThat(pauses).containsExactly(10L, 30L, 90L, 270L);
    }

    @Test
    void withProgressTheNextAttemptFollowsAtOnceUntilThereWereTwenty() {
        FailureCount count = FailureCount.NONE;
        int attempts = 1;
        while (true) {
            count = Retries.counted(count, true);
            var pause = Retries.pause(PASSING, attempts - 1, count);
            if (pause.isEmpty()) {
                break;
            }
            assertThat(pause).contains(Duration.ZERO);
            attempts++;
        }
        assertThat(attempts).isEqualTo(20);
        assertThat(Retries.pause(PASSING, 5, Retries.counted(new FailureCount(4, 4, 0, 3), true)))
                .contains(Duration.ZERO);
        assertThat(Retries.pause(PASSING, 5, Retries.counted(new FailureCount(0, 9, 1, 3), false)))
                .isEmpty();
    }

    @Test
    void whatDoesNotPassIsNotTriedAgain() {
        FailureCount once = Retries.counted(FailureCount.NONE, true);
        for (ProblemKind kind : List.of(ProblemKind.CONFIG, ProblemKind.PERMISSION, ProblemKind.DATA)) {
            assertThat(Retries.pause(Problem.of("E_Y", kind, "no"), 3, once)).isEmpty();
        }
    }

    @Test
    void aTargetThatTheProcessBeforeSeemsToHoldIsTriedAgain() {
        Problem busy = Problem.of("E_TARGET_BUSY", ProblemKind.CONFLICT, "somebody else writes it");
        FailureCount once = Retries.counted(FailureCount.NONE, false);
        assertThat(Retries.pause(busy, 0, once)).isEmpty();
        assertThat(Retries.pause(busy, 1, once)).contains(Duration.ofSeconds(10));
    }

    @Test
    void warningsAndSwitchingOffNeedManyFailuresAndManyDays() {
        FailureRow many = new FailureRow(20, BEGIN);
        assertThat(many.warns(BEGIN.plus(Duration.ofDays(4)))).isTrue();
        assertThat(many.warns(BEGIN.plus(Duration.ofDays(4)).minusMillis(1))).isFalse();
        assertThat(new FailureRow(19, BEGIN).warns(BEGIN.plus(Duration.ofDays(40))))
                .isFalse();
        assertThat(many.disables(BEGIN.plus(Duration.ofDays(40)))).isFalse();
        FailureRow more = new FailureRow(30, BEGIN);
        assertThat(more.disables(BEGIN.plus(Duration.ofDays(7)))).isTrue();
        assertThat(more.disables(BEGIN.plus(Duration.ofDays(7)).minusMillis(1))).isFalse();
    }
}
