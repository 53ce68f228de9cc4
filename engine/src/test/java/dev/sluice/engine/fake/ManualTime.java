package dev.sluice.engine.fake;

import dev.sluice.engine.run.RunTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A time that stands still until the test moves it, and in which waiting takes no time. */
public final class ManualTime implements RunTime {
    private final AtomicLong now = new AtomicLong();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final List<Runnable> ticking = new CopyOnWriteArrayList<>();
    private volatile Runnable duringPause = () -> {};

    /** Sets what happens while somebody waits. */
    public ManualTime duringPause(Runnable action) {
        duringPause = action;
        return this;
    }

    /** How long others wanted to wait, in order. */
    public List<Duration> pauses() {
        return pauses;
    }

    /** Lets time go by. */
    public void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
        ticking.forEach(Runnable::run);
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public boolean await(Duration most, CountDownLatch event) {
        pauses.add(most);
        duringPause.run();
        now.addAndGet(most.toNanos());
        return event.getCount() == 0;
    }

    @Override
    public Runnable every(Duration period, Runnable action) {
        ticking.add(action);
        return () -> ticking.remove(action);
    }
}
