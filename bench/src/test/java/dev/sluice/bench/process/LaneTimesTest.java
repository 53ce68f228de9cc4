package dev.sluice.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The threads of this very process are what is looked at. */
final class LaneTimesTest {
    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void countsThreadsThatReadOrWrite() throws InterruptedException {
        assertThat(secondsOf("sluice write orders")).isPositive();
        assertThat(secondsOf("sluice read orders")).isPositive();
    }

    @Test
    void passesOverAllOtherThreads() {
        LaneTimes times = new LaneTimes();
        times.look(SELF);
        assertThat(times.seconds()).isZero();
    }

    @Test
    void aProcessThatIsGoneHasNone() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        LaneTimes times = new LaneTimes();
        times.look(ended.pid());
        assertThat(times.seconds()).isZero();
    }

    /** Has a thread of this name work until some of its time is seen. */
    private static double secondsOf(String name) throws InterruptedException {
        AtomicBoolean seen = new AtomicBoolean();
        Thread worker = Thread.ofPlatform().name(name).daemon(true).start(() -> {
            while (!seen.get()) {
                Thread.onSpinWait();
            }
        });
        try {
            return Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
                LaneTimes times = new LaneTimes();
                while (times.seconds() == 0) {
                    times.look(SELF);
                }
                return times.seconds();
            });
        } finally {
            seen.set(true);
            worker.join();
        }
    }
}
