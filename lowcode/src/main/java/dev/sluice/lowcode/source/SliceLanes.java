package dev.sluice.lowcode.source;

import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.stream.Page;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads several slices of a stream at the same time and hands their pages to one thread. The pages of a slice stay in their order;
 * those of different slices come as they are there. What waits to be taken is bounded.
 *
 * <p>A slice is open from its first page that was taken until its end was. Whoever wants a point at which none is open says so;
 * from then on no further one is opened until that point is reached.
 */
final class SliceLanes {
    private static final long MOST_BYTES = 16L << 20;

    private final ReentrantLock finding = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Iterator<StreamSlice> slices;
    private final Function<StreamSlice, Iterator<Page>> reads;
    private final int lanes;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private int running;
    private int waiting;
    private long bytes;
    private int opened;
    private boolean closing;
    private boolean stopped;

    /** What there is to take. */
    sealed interface Event {
        /** The next page of a slice. */
        record Records(Page page) implements Event {}

        /** A slice was read to its end, and all its pages were taken. */
        record End(StreamSlice slice) implements Event {}
    }

    /** A slice that is being read or waits to be taken. */
    private static final class Slot {
        private final @Nullable StreamSlice slice;
        private final Deque<Page> pages = new ArrayDeque<>();
        private boolean open;
        private boolean ended;
        private @Nullable Throwable failure;

        Slot(@Nullable StreamSlice slice) {
            this.slice = slice;
        }

        boolean isReady() {
            return ended || !pages.isEmpty();
        }
    }

    /**
     * Lanes that have not begun yet.
     *
     * @param slices the slices; one thread at a time asks for the next one
     * @param reads reads a slice
     * @param lanes how many are read at the same time
     */
    SliceLanes(Iterator<StreamSlice> slices, Function<StreamSlice, Iterator<Page>> reads, int lanes) {
        this.slices = slices;
        this.reads = reads;
        this.lanes = lanes;
    }

    /** Waits for what there is to take; null when everything was. */
    @Nullable
    Event take() {
        lock.lock();
        try {
            begin();
            while (true) {
                if (stopped) {
                    throw cancelled();
                }
                Slot ready = ready();
                if (ready != null) {
                    return taken(ready);
                }
                if (running == 0) {
                    return null;
                }
                changed.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (threads.isEmpty() && !stopped) {
            running = lanes;
            for (int i = 0; i < lanes; i++) {
                threads.add(Thread.ofVirtual().name("slices-" + i).start(this::work));
            }
        }
    }

    /** The slice to take from: one that is open, else the one that began first. */
    private @Nullable Slot ready() {
        Slot first = null;
        for (Slot slot : slots) {
            if (slot.isReady()) {
                if (slot.open) {
                    return slot;
                }
                first = first == null ? slot : first;
            }
        }
        return closing && opened > 0 ? null : first;
    }

    private Event taken(Slot slot) {
        Page page = slot.pages.poll();
        if (page != null) {
            waiting--;
            bytes -= page.bytes();
            if (!slot.open) {
                slot.open = true;
                opened++;
            }
            changed.signalAll();
            return new Event.Records(page);
        }
        StreamSlice slice = slot.slice;
        if (slot.failure != null || slice == null) {
            throw failed(slot.failure);
        }
        slots.remove(slot);
        opened -= slot.open ? 1 : 0;
        changed.signalAll();
        return new Event.End(slice);
    }

    private static RuntimeException failed(@Nullable Throwable failure) {
        return switch (failure) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            case null, default ->
                Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "a slice could not be read")
                        .exception(failure);
        };
    }

    private static ProblemException cancelled() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                .exception();
    }

    /** Asks for a point at which no slice is open. */
    void close() {
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
    }

    /** The point that was asked for was used. */
    void reopen() {
        lock.lock();
        try {
            closing = false;
        } finally {
            lock.unlock();
        }
    }

    /** True if some slice was begun to be taken and not taken to its end. */
    boolean isOpen() {
        lock.lock();
        try {
            return opened > 0;
        } finally {
            lock.unlock();
        }
    }

    /** True if a point was asked for and is reached. */
    boolean isClosed() {
        lock.lock();
        try {
            return closing && opened == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Ends what nobody waits for any more. May be called by any thread. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
            threads.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            for (Slot slot = next(); slot != null; slot = next()) {
                read(slot);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.lock();
            try {
                running--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The next slice, once there is room for it; null if there is none. */
    private @Nullable Slot next() throws InterruptedException {
        finding.lockInterruptibly();
        try {
            if (!awaitRoom()) {
                return null;
            }
            Slot slot;
            try {
                if (!slices.hasNext()) {
                    return null;
                }
                slot = new Slot(slices.next());
            } catch (RuntimeException | Error failure) {
                slot = new Slot(null);
                add(slot);
                end(slot, failure);
                return null;
            }
            add(slot);
            return slot;
        } finally {
            finding.unlock();
        }
    }

    /** Waits until not too many slices wait; false if no further one is to be begun. */
    private boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!stopped && slots.size() >= 3 * lanes) {
                changed.await();
            }
            return !stopped && slots.stream().noneMatch(slot -> slot.failure != null);
        } finally {
            lock.unlock();
        }
    }

    private void add(Slot slot) {
        lock.lock();
        try {
            slots.add(slot);
        } finally {
            lock.unlock();
        }
    }

    private void read(Slot slot) throws InterruptedException {
        StreamSlice slice = slot.slice;
        if (slice == null) {
            return;
        }
        try {
            Iterator<Page> pages = reads.apply(slice);
            while (pages.hasNext()) {
                put(slot, pages.next());
            }
            end(slot, null);
        } catch (RuntimeException | Error failure) {
            end(slot, failure);
        }
    }

    private void put(Slot slot, Page page) throws InterruptedException {
        lock.lock();
        try {
            while (!stopped && !fits(slot, page)) {
                changed.await();
            }
            if (stopped) {
                throw new InterruptedException();
            }
            slot.pages.add(page);
            waiting++;
            bytes += page.bytes();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever is open always gets a page through, as the others may wait for its end. */
    private boolean fits(Slot slot, Page page) {
        return waiting == 0
                || (slot.open && slot.pages.isEmpty())
                || (waiting < 2 * lanes && bytes + page.bytes() <= MOST_BYTES);
    }

    private void end(Slot slot, @Nullable Throwable failure) {
        lock.lock();
        try {
            slot.ended = true;
            slot.failure = failure;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
