package dev.sluice.lowcode.http;

import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** What all parts of an open source share: the configuration, the clock, the network, and how one waits. */
public final class Surroundings {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Templates templates;
    private final Clock clock;
    private final Transport transport;
    private final Consumer<String> log;
    private final Waiting waiting;
    private final Answers answers;
    private final Places places;
    private final AtomicReference<Map<Object, Object>> config;
    private final AtomicReference<Map<Object, Object>> lasting;
    private final AtomicReference<Consumer<Map<Object, Object>>> keeper;
    private volatile boolean stopped;

    /** How one waits. */
    @FunctionalInterface
    public interface Waiting {
        /** Waits so long, or less if {@code stopped} becomes true. */
        void pause(Duration time, Surroundings surroundings) throws InterruptedException;
    }

    /** Waits as long as it takes. */
    public static final Waiting IN_REAL_TIME = (time, surroundings) -> surroundings.await(time);

    /** Surroundings that wait as they are told. */
    public Surroundings(
            Map<Object, Object> config, Clock clock, Transport transport, Consumer<String> log, Waiting waiting) {
        this(config, clock, transport, log, waiting, Places.NONE);
    }

    /** The same, which may reach something of this machine. */
    public Surroundings(
            Map<Object, Object> config,
            Clock clock,
            Transport transport,
            Consumer<String> log,
            Waiting waiting,
            Places places) {
        this.places = places;
        this.config = new AtomicReference<>(config);
        this.lasting = new AtomicReference<>(config);
        this.keeper = new AtomicReference<>(renewed -> {});
        this.clock = clock;
        this.transport = transport;
        this.log = log;
        this.waiting = waiting;
        this.templates = new Templates(clock);
        this.answers = new Answers();
    }

    private Surroundings(Surroundings whole, Templates templates) {
        this.config = whole.config;
        this.lasting = whole.lasting;
        this.keeper = whole.keeper;
        this.clock = whole.clock;
        this.transport = whole.transport;
        this.log = whole.log;
        this.waiting = whole.waiting;
        this.templates = templates;
        this.answers = whole.answers;
        this.places = whole.places;
    }

    /** The same for one reader, which can be stopped by itself. */
    public Surroundings forReader() {
        return new Surroundings(this, templates);
    }

    /** The same, in which all templates find the same time, so that what they make can be compared. */
    public Surroundings at(Instant time) {
        return new Surroundings(this, new Templates(Clock.fixed(time, ZoneOffset.UTC)));
    }

    /** What may be reached of this machine. */
    public Places places() {
        return places;
    }

    /** Evaluates templates. */
    public Templates templates() {
        return templates;
    }

    /** The clock. */
    public Clock clock() {
        return clock;
    }

    /** The configuration of now; a token that was renewed is in it. */
    public Map<Object, Object> config() {
        return config.get();
    }

    /** Puts another configuration in the place of the present one. */
    public void change(Map<Object, Object> other) {
        config.set(other);
    }

    /** Has each configuration that is renewed kept from now on. */
    public void keepBy(Consumer<Map<Object, Object>> other) {
        keeper.set(other);
    }

    /** Says what the configuration is without what is done to it for one run only. */
    public void last(Map<Object, Object> other) {
        lasting.set(other);
    }

    /** Changes the present configuration, and keeps the change for the next run. */
    public void renew(Consumer<Map<Object, Object>> change) {
        config.set(changed(config.get(), change));
        lasting.set(changed(lasting.get(), change));
        keeper.get().accept(lasting.get());
    }

    private static Map<Object, Object> changed(Map<Object, Object> before, Consumer<Map<Object, Object>> change) {
        Map<Object, Object> after = Values.copyMap(before);
        change.accept(after);
        return after;
    }

    /** The variables that each template of a component may use. */
    public Scope scope(Map<Object, Object> parameters) {
        return Scope.of(config(), parameters);
    }

    /** The same without parameters. */
    public Scope scope() {
        return scope(Map.of());
    }

    /** Writes a line for people, without secrets. */
    public void log(String line) {
        log.accept(line);
    }

    Transport transport() {
        return transport;
    }

    Answers answers() {
        return answers;
    }

    /** Waits. */
    public void pause(Duration time) {
        try {
            waiting.pause(time, this);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
        requireWanted();
    }

    private void await(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (!stopped && nanos > 0) {
                nanos = changed.awaitNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(60)))
                        + Math.max(0, nanos - TimeUnit.SECONDS.toNanos(60));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes everything that waits here end soon. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** True once nobody wants what is being done any more. */
    public boolean isStopped() {
        return stopped;
    }

    /** Throws if nobody wants what is being done any more. */
    public void requireWanted() {
        if (stopped) {
            throw cancelled();
        }
    }

    static ProblemException cancelled() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                .exception();
    }

    /** The member of the configuration at a path; none if there is none. */
    public Object configAt(Iterable<String> path) {
        Object value = config();
        for (String part : path) {
            value = Values.member(value, part);
        }
        return value;
    }
}
