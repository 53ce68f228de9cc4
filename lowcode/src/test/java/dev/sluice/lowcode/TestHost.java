package dev.sluice.lowcode;

import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.RejectedRecord;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The host of a connector in tests: its clock stands until it is set, and it keeps whatever it is told. */
public class TestHost implements ConnectorContext {
    private final List<Config> configs = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<RejectedRecord> rejected = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now;

    /** A host whose clock stands at that time. */
    protected TestHost(String instant) {
        this.now = new AtomicReference<>(Instant.parse(instant));
    }

    @Override
    public final void log(Level level, String message) {
        log.add(message);
    }

    /** What was told. */
    public final List<String> log() {
        return log;
    }

    @Override
    public final void configChanged(Config config) {
        configs.add(config);
    }

    /** The configurations that the connector gave itself. */
    public final List<Config> configs() {
        return configs;
    }

    /** Keeps a rejected record. */
    public void reject(RejectedRecord record) {
        rejected.add(record);
    }

    /** What was rejected. */
    public final List<RejectedRecord> rejected() {
        return rejected;
    }

    /** Sets the clock. */
    public final void at(Instant instant) {
        now.set(instant);
    }

    /** Sets the clock forward. */
    public final void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Override
    public final Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    @Override
    public final boolean cancelled() {
        return false;
    }
}
