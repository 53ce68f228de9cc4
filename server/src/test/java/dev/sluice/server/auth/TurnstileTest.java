package dev.sluice.server.auth;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A few at a time, and nobody waits for ever. */
class TurnstileTest {
    @Test
    void noMoreThanAFewAreInAtTheSameTimeAndAllGetTheirTurn() throws Exception {
        Turnstile turnstile = new Turnstile(2, Duration.ofMinutes(1));
        AtomicInteger in = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        List<Callable<Integer>> storm = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            storm.add(() -> turnstile.pass(() -> {
                most.accumulateAndGet(in.incrementAndGet(), Math::max);
                boolean isOver = await(never, 2);
                in.decrementAndGet();
                return isOver ? -1 : number;
            }));
        }
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            int sum = 0;
            for (Future<Integer> each : people.invokeAll(storm)) {
                sum += each.get();
            }
            assertThat(sum).isEqualTo(39 * 20);
        }
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void whoWaitsTooLongIsToldAndAFailureGivesThePlaceBack() throws Exception {
        Turnstile turnstile = new Turnstile(1, Duration.ofMillis(20));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread slow = Thread.ofVirtual()
                .start(() -> turnstile.pass(() -> {
                    inside.countDown();
                    try {
                        leave.await();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                }));
        inside.await();
        assertProblem(() -> turnstile.pass(() -> true), "E_LOGIN_LIMIT");
        leave.countDown();
        slow.join();
        assertThatThrownBy(() -> turnstile.pass(() -> {
                    throw new IllegalStateException("in there");
                }))
                .hasMessage("in there");
        assertThat(turnstile.pass(() -> "next")).isEqualTo("next");
    }

    /** Stays for a while, so that others could come in. */
    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
