package dev.sluice.server.leases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who counts as dead. */
class LeaseWatchTest {
    private static final Lease LEASE = new Lease(1, 1);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    private final LeaseWatch watch = new LeaseWatch(Duration.ofSeconds(10), now::get);

    private List<Lease> after(int seconds, Heartbeat... beats) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos()); // goes over the end of its numbers
        return watch.dead(List.of(beats));
    }

    @Test
    void whoBeatsLives() {
        for (int beat = 0; beat < 5; beat++) {
            assertThat(after(9, new Heartbeat(LEASE, beat))).isEmpty();
        }
    }

    @Test
    void whoDoesNotBeatIsDeadAfterAWhile() {
        Heartbeat last = new Heartbeat(LEASE, 7);
        assertThat(after(100, last)).isEmpty();
        assertThat(after(9, last)).isEmpty();
        assertThat(after(1, last)).containsExactly(LEASE);
        assertThat(after(1, new Heartbeat(LEASE, 8))).isEmpty();
    }

    @Test
    void theNextHolderGetsAllTheTime() {
        assertThat(after(0, new Heartbeat(LEASE, 0))).isEmpty();
        Lease next = new Lease(1, 2);
        assertThat(after(9, new Heartbeat(next, 0))).isEmpty();
        assertThat(after(9, new Heartbeat(next, 0))).isEmpty();
        assertThat(after(1, new Heartbeat(next, 0))).containsExactly(next);
    }
}
