package dev.sluice.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostTest {
    private record Tick(int number) {}

    @Test
    void theClockStandsUntilItIsSet() {
        SettableClock clock = new SettableClock(Instant.parse("2024-02-29T23:59:59.123456789Z"));
        SettableClock there = clock.withZone(ZoneId.of("Asia/Kathmandu"));
        assertThat(clock.micros()).isEqualTo(1_709_251_199_123_456L);
        clock.advance(Duration.ofSeconds(1));
        assertThat(there.instant()).isEqualTo(Instant.parse("2024-03-01T00:00:00.123456789Z"));
        assertThat(there.getZone()).isEqualTo(ZoneId.of("Asia/Kathmandu"));
        clock.set(Instant.parse("1969-12-31T23:59:59.999999Z"));
        assertThat(clock.micros()).isEqualTo(-1);
    }

    @Test
    void eventsAreAwaited() {
        EventLog log = new EventLog();
        log.add("something else");
        Thread thread = Thread.ofPlatform().start(() -> {
            for (int i = 1; i <= 3; i++) {
                log.add(new Tick(i));
            }
        });
        assertThat(log.await(Tick.class, 3)).containsExactly(new Tick(1), new Tick(2), new Tick(3));
        assertThat(log.all()).hasSize(4);
        Await.end(thread);
    }

    @Test
    void aConditionThatNeverHoldsIsAFailure() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Await.until("the impossible", Duration.ofMillis(5), () -> false))
                .withMessageContaining("the impossible");
        AtomicInteger calls = new AtomicInteger();
        Await.until("the third call", () -> calls.incrementAndGet() == 3);
        assertThat(calls).hasValue(3);
    }

    @Test
    void anInterruptedWaitIsAFailure() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Thread stuck = Thread.ofPlatform().daemon().name("stuck").start(() -> {
            try {
                never.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        Thread waiting = Thread.currentThread();
        Thread.ofPlatform().start(waiting::interrupt);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Await.end(stuck))
                .withMessageContaining("stuck");
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
        stuck.join();
    }

    @Test
    void theHostKeepsItsLogAndCanCancel() {
        TestContext context = new TestContext();
        context.log(Level.INFO, "connected");
        assertThat(context.lines()).containsExactly(new TestContext.Line(Level.INFO, "connected"));
        assertThat(context.cancelled()).isFalse();
        context.cancel();
        assertThat(context.cancelled()).isTrue();
        assertThat(context.clock().instant()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
    }
}
