package dev.sluice.engine.run;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.source.SplitProgress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the lanes of a stream committed. The state of it is saved as soon as the destination holds it for good, which is at once
 * for most and later for programs that take rows through a pipe (I3). Thread-safe.
 */
final class HandedOver {
    private final StreamId stream;
    private final Target target;
    private final RunScope scope;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Handed> underway = new ArrayDeque<>();

    /**
     * One commit.
     *
     * @param committable what was committed
     * @param part how its rows count
     * @param account what is counted besides, once it is durable
     */
    record Handed(Committable committable, StreamProgress.Part part, Runnable account) {
        private String split() {
            return committable.marker().splitId();
        }

        private SplitProgress progress() {
            return committable.marker().progress();
        }
    }

    HandedOver(StreamId stream, Target target, RunScope scope) {
        this.stream = stream;
        this.target = target;
        this.scope = scope;
    }

    /** The target that takes the rows. */
    Target target() {
        return target;
    }

    /** Takes note of a commit, and saves what is durable by now. */
    void add(Handed handed) {
        lock.lock();
        try {
            if (!underway.isEmpty() || !target.isDurable(handed.committable())) {
                underway.add(handed);
                settle();
                return;
            }
        } finally {
            lock.unlock();
        }
        save(handed);
    }

    /** Saves what is durable by now, in the order of the commits. */
    void settle() {
        lock.lock();
        try {
            Handed next = underway.peek();
            while (next != null && target.isDurable(next.committable())) {
                save(next);
                underway.remove();
                next = underway.peek();
            }
        } finally {
            lock.unlock();
        }
    }

    private void save(Handed handed) {
        scope.store().saveProgress(stream, handed.split(), handed.progress()); // I3: the state follows the destination
        Cut.at("after-state");
        handed.account().run();
    }

    /** Saves everything, which the destination has to hold once the stream is published (I7). */
    void settleAll() {
        settle();
        lock.lock();
        try {
            if (!underway.isEmpty()) {
                throw Problem.of(
                                "E_IMBALANCE",
                                ProblemKind.INTEGRITY,
                                "the destination ended without holding " + written() + " rows that it had taken")
                        .at(stream.toString())
                        .exception();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The rows under way that count as read. */
    long rows() {
        return sum(true);
    }

    /** The rows under way, with the deletes of rows that did not pass a filter. */
    long written() {
        return sum(false);
    }

    private long sum(boolean withoutRemoved) {
        lock.lock();
        try {
            return underway.stream()
                    .mapToLong(each -> each.part().written()
                            - (withoutRemoved ? each.part().removed() : 0))
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** How far the splits come with what is under way. */
    Map<String, SplitProgress> progress() {
        lock.lock();
        try {
            Map<String, SplitProgress> latest = new HashMap<>();
            underway.forEach(each -> latest.put(each.split(), each.progress()));
            return latest;
        } finally {
            lock.unlock();
        }
    }
}
