package dev.sluice.server.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How often somebody may do something: a number at once, which fills up again over a time. Knows as many as it may, and
 * forgets who came longest ago. Threads may share it.
 */
public final class RateLimit {
    private static final int MOST_KEYS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Level> levels = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private final Duration refill;
    private final Clock clock;

    private record Level(double left, Instant at) {}

    /**
     * A limit.
     *
     * @param most how often at once
     * @param refill how long it takes until as many are there again
     * @param clock the time
     */
    public RateLimit(int most, Duration refill, Clock clock) {
        this.most = most;
        this.refill = refill;
        this.clock = clock;
    }

    /** Takes one of those that somebody has left; false if none is. */
    public boolean take(String who) {
        lock.lock();
        try {
            double left = left(who);
            boolean isThere = left >= 1;
            levels.put(who, new Level(isThere ? left - 1 : left, clock.instant()));
            forget();
            return isThere;
        } finally {
            lock.unlock();
        }
    }

    /** True if somebody has one left, which stays. */
    public boolean allows(String who) {
        lock.lock();
        try {
            return left(who) >= 1;
        } finally {
            lock.unlock();
        }
    }

    private double left(String who) {
        Level level = levels.get(who);
        if (level == null) {
            return most;
        }
        double passed =
                Math.max(0, Duration.between(level.at(), clock.instant()).toMillis());
        return Math.min(most, level.left() + passed * most / refill.toMillis());
    }

    private void forget() {
        if (levels.size() > MOST_KEYS) {
            Map.Entry<String, Level> eldest = levels.firstEntry();
            levels.remove(eldest.getKey());
        }
    }
}
