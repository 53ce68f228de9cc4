package dev.sluice.server.leases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Finds out who is dead: whoever has not changed the beat for a while of this process's own time. */
public final class LeaseWatch {
    private final long patience;
    private final LongSupplier nanoseconds;
    private Map<Lease, Sight> sights = Map.of();

    /** A beat, and when it was new. */
    private record Sight(long beat, long since) {}

    /**
     * Watches from now on.
     *
     * @param patience how long a beat may stay the same
     * @param nanoseconds a clock that never goes back
     */
    public LeaseWatch(Duration patience, LongSupplier nanoseconds) {
        this.patience = patience.toNanos();
        this.nanoseconds = nanoseconds;
    }

    /**
     * Looks at all leases of others as they are now.
     *
     * @return those whose holders are dead
     */
    public List<Lease> dead(List<Heartbeat> beats) {
        long now = nanoseconds.getAsLong();
        Map<Lease, Sight> seen = new HashMap<>();
        List<Lease> dead = new ArrayList<>();
        for (Heartbeat heartbeat : beats) {
            Sight before = sights.get(heartbeat.lease());
            Sight sight = before != null && before.beat == heartbeat.beat() ? before : new Sight(heartbeat.beat(), now);
            seen.put(heartbeat.lease(), sight);
            if (now - sight.since >= patience) {
                dead.add(heartbeat.lease());
            }
        }
        sights = seen;
        return dead;
    }
}
