package dev.sluice.testkit.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test sets it. Thread-safe; its zone is UTC. */
public final class SettableClock extends Clock {
    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    /** A clock that stands at this moment. */
    public SettableClock(Instant now) {
        this(new AtomicReference<>(now), ZoneOffset.UTC);
    }

    private SettableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** Sets the clock, forward or back. */
    public void set(Instant moment) {
        now.set(Objects.requireNonNull(moment));
    }

    /** Moves the clock by a duration, back if it is negative, and returns the new time. */
    public Instant advance(Duration duration) {
        return now.updateAndGet(moment -> moment.plus(duration));
    }

    /** The time in microseconds since 1970-01-01T00:00Z, as batches carry it. */
    public long micros() {
        Instant moment = now.get();
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000), moment.getNano() / 1_000);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock, which goes on moving with this one, in another zone. */
    @Override
    public SettableClock withZone(ZoneId other) {
        return new SettableClock(now, other);
    }
}
