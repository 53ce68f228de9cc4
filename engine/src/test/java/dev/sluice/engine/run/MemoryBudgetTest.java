package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(100);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Test
    void letsInWhatFits() throws InterruptedException {
        budget.acquire(60);
        budget.acquire(40);
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void makesOthersWaitUntilSomebodyGivesBack() throws InterruptedException {
        budget.acquire(80);
        Thread second = start("second", () -> budget.acquire(30));
        awaitWaiting(second);
        assertThat(events).isEmpty();

        budget.release(80);
        assertThat(next()).isEqualTo("second");
    }

    @Test
    void letsWhatIsLargerThanTheWholeInAlone() throws InterruptedException {
        budget.acquire(10);
        Thread giant = start("giant", () -> budget.acquire(500));
        awaitWaiting(giant);
        budget.release(10);
        assertThat(next()).isEqualTo("giant");
        assertThat(budget.used()).isEqualTo(500);
    }

    @Test
    void doesNotLetSmallRequestsOvertakeALargeOne() throws InterruptedException {
        budget.acquire(60);
        budget.acquire(20);
        Thread large = start("large", () -> budget.acquire(90));
        awaitWaiting(large);
        Thread small = start("small", () -> budget.acquire(20));
        awaitWaiting(small);

        budget.release(60);
        assertThat(events).isEmpty();
        budget.release(20);
        assertThat(next()).isEqualTo("large");
        budget.release(90);
        assertThat(next()).isEqualTo("small");
    }

    @Test
    void forgetsARequestThatWasInterrupted() throws InterruptedException {
        budget.acquire(100);
        Thread first = start("first", () -> budget.acquire(50));
        awaitWaiting(first);
        Thread second = start("second", () -> budget.acquire(50));
        awaitWaiting(second);
        first.interrupt();
        assertThat(next()).isEqualTo("first interrupted");
        budget.release(100);
        assertThat(next()).isEqualTo("second");
    }

    @Test
    void admitsSeveralLargeValuesOfOneRowThoughTogetherTheyExceedTheBudget() throws InterruptedException {
        MemoryBudget.LargeValues row = budget.largeValues(300);

        assertThat(row.admit(90)).isTrue();
        assertThat(row.admit(90)).isTrue();
        assertThat(row.settle(250)).isEqualTo(250);
        budget.release(250);
        assertThat(budget.used()).isZero();
    }

    @Test
    void refusesLargeValuesBeyondTheLimitOfARow() throws InterruptedException {
        MemoryBudget.LargeValues row = budget.largeValues(150);

        assertThat(row.admit(151)).isFalse();
        assertThat(row.admit(100)).isTrue();
        assertThat(row.admit(51)).isFalse();
        row.drop();
        assertThat(budget.used()).isZero();
        assertThat(row.admit(150)).isTrue();
    }

    @Test
    void lanesWithLargeRowsTakeTurnsAndNeverWaitInACircle() throws InterruptedException {
        CountDownLatch bothHoldTheirFirst = new CountDownLatch(1);
        MemoryBudget.LargeValues one = budget.largeValues(1000);
        assertThat(one.admit(60)).isTrue();
        Thread other = start("other", () -> {
            MemoryBudget.LargeValues two = budget.largeValues(1000);
            two.admit(60);
            bothHoldTheirFirst.countDown();
            two.admit(60);
            budget.release(two.settle(120));
        });
        awaitWaiting(other);

        assertThat(one.admit(60)).isTrue(); // with two holders of 60 this would wait for ever
        budget.release(one.settle(120));
        assertThat(next()).isEqualTo("other");
        assertThat(bothHoldTheirFirst.getCount()).isZero();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aLaneThatHoldsLargeValuesGoesBeforeThoseInLine() throws InterruptedException {
        MemoryBudget.LargeValues row = budget.largeValues(1000);
        assertThat(row.admit(90)).isTrue();
        Thread inLine = start("in line", () -> budget.acquire(50));
        awaitWaiting(inLine);

        assertThat(row.settle(140)).isEqualTo(140);
        budget.release(140);
        assertThat(next()).isEqualTo("in line");
    }

    @Test
    void countsAnOrdinaryBatchAsItIs() throws InterruptedException {
        MemoryBudget.LargeValues row = budget.largeValues(1000);

        assertThat(row.settle(30)).isEqualTo(30);
        assertThat(budget.used()).isEqualTo(30);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread start(String name, Work work) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
                events.add(name);
            } catch (InterruptedException interrupted) {
                events.add(name + " interrupted");
            }
        });
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private String next() throws InterruptedException {
        String event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event == null ? "" : event;
    }
}
