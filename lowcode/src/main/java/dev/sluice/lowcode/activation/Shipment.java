package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Delivery;
import dev.sluice.lowcode.ledger.Fate;
import dev.sluice.lowcode.ledger.LedgerFile;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one batch, several of which are on their way at the same time. A request that is refused as a whole is halved until the
 * record that is the reason stands alone; records of which the system says that they may be tried again are.
 *
 * <p>One thread hands over records and takes what became of them.
 */
final class Shipment implements AutoCloseable {
    private static final int MOST_AGAIN = 5;
    private static final int PATIENCE_SECONDS = 10;

    private final ObjectWriting writing;
    private final LedgerFile ledger;
    private final ActivationTarget.Host host;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore turns;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final @Nullable Fate[] fates;
    private final boolean[] sent;
    private final boolean watched;

    /**
     * The requests of a batch.
     *
     * @param rows how many rows the batch has
     * @param watched true if each request is written down before it is made, where it must not be made twice
     */
    Shipment(ObjectWriting writing, LedgerFile ledger, ActivationTarget.Host host, int rows, boolean watched) {
        this.writing = writing;
        this.ledger = ledger;
        this.host = host;
        this.fates = new @Nullable Fate[rows];
        this.sent = new boolean[rows];
        this.watched = watched && writing.whenRepeated() != ObjectWriting.Repeat.SAFE;
        this.turns = new Semaphore(host.lanes());
    }

    /** Sends records in one request, as soon as there is a turn for it. */
    void send(ObjectWriting by, List<Item> items) {
        items.forEach(item -> sent[item.row()] = true);
        if (failure.get() != null) {
            return; // what goes wrong for one request goes wrong for the run
        }
        try {
            turns.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            failure.compareAndSet(null, stopped);
            return;
        }
        threads.execute(() -> {
            try {
                deliver(by, items, UUID.randomUUID().toString(), 0);
            } catch (RuntimeException | Error broken) {
                failure.compareAndSet(null, broken);
            } finally {
                turns.release();
            }
        });
    }

    /** Makes a request once more that an earlier run has begun, and tells what became of its records. */
    List<Fate> again(ObjectWriting by, List<Item> items, String key) {
        deliver(by, items, key, 0);
        return items.stream().map(item -> fate(item.row())).toList();
    }

    private Fate fate(int row) {
        Fate fate = fates[row];
        if (fate == null) {
            throw new IllegalStateException("nothing became of a record");
        }
        return fate;
    }

    /**
     * What became of all records, by their rows, once that is known; null where nothing was sent.
     *
     * @throws ProblemException if a request failed; what others have sent is in the ledger
     */
    @Nullable
    Fate[] settled() {
        await();
        Throwable broken = failure.get();
        if (broken instanceof ProblemException known) {
            throw known;
        }
        if (broken instanceof InterruptedException) {
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                    .exception(broken);
        }
        if (broken != null) {
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "a record could not be sent: " + broken)
                    .exception(broken);
        }
        for (int row = 0; row < sent.length; row++) {
            if (sent[row]) {
                fate(row);
            }
        }
        return fates;
    }

    private void await() {
        threads.shutdown();
        boolean interrupted = false;
        int patience = PATIENCE_SECONDS;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.SECONDS)) {
                    break;
                }
            } catch (InterruptedException stopped) {
                interrupted = true;
                host.surroundings().stop();
            }
            // What is on its way is waited for: only its answer tells what was written. But not for ever.
            if (host.surroundings().isStopped() && --patience == 0) {
                threads.shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is left of a request.
     *
     * @param items the records that are still to be sent
     * @param why why the system wants them later; empty if it does not
     */
    private record Left(List<Item> items, String why) {}

    private void deliver(ObjectWriting by, List<Item> items, String key, int again) {
        List<Item> left = items;
        String request = key;
        int attempt = again;
        while (!left.isEmpty()) {
            Left after = attempt(by, left, request);
            left = after.items();
            boolean later = !left.isEmpty() && !after.why().isEmpty();
            if (later && attempt++ >= MOST_AGAIN) {
                throw Problem.of(
                                "E_DESTINATION_BUSY",
                                ProblemKind.TRANSIENT,
                                "the system did not take " + left.size() + " records, however often they were sent")
                        .because(after.why())
                        .exception();
            }
            if (later) {
                host.surroundings().pause(Duration.ofSeconds(1L << Math.min(attempt, 5)));
            }
            request = UUID.randomUUID().toString();
        }
    }

    /** Looks for the objects first where the system does not, and makes a request for those that are there and one for the others. */
    private Left attempt(ObjectWriting by, List<Item> items, String key) {
        Finder finder = by.finder();
        if (finder == null) {
            return attempt(by, by, items, key);
        }
        Finder.Divided divided = finder.divide(items);
        List<Item> left = new ArrayList<>();
        String why = "";
        for (boolean there : new boolean[] {true, false}) {
            List<Item> some = there ? divided.existing() : divided.missing();
            ObjectWriting way = there ? finder.existing() : finder.missing();
            for (int from = 0; from < some.size(); from += way.maxRecords()) {
                List<Item> one = some.subList(from, Math.min(some.size(), from + way.maxRecords()));
                Left after = attempt(way, by, one, UUID.randomUUID().toString());
                left.addAll(after.items());
                why = after.why().isEmpty() ? why : after.why();
            }
        }
        return new Left(left, why);
    }

    /** Makes one request, and keeps what became of its records; parts of it go the whole way from its beginning. */
    private Left attempt(ObjectWriting by, ObjectWriting whole, List<Item> items, String key) {
        // Only the usual request is known again by its key.
        boolean isKnown = by == writing && by.whenRepeated() == ObjectWriting.Repeat.BY_KEY;
        long intent = watched ? intend(items, isKnown ? key : "") : 0;
        List<Long> changing =
                items.stream().map(Item::key).filter(each -> each != 0).toList();
        if (!changing.isEmpty()) {
            ledger.changing(changing);
        }
        Cut.at("before-request");
        Delivery delivery;
        try {
            delivery = by.deliver(items, key);
        } catch (ProblemException notDone) {
            settleUnlessKnown(isKnown, intent, items, null);
            throw notDone;
        }
        Cut.at("after-request");
        Results.Told told;
        try {
            told = told(by, delivery, items);
        } catch (ProblemException unclear) {
            settleUnlessKnown(isKnown, intent, items, doubt("its answer could not be understood"));
            throw unclear;
        }
        if (watched) {
            ledger.settle(intent, told.fates());
        }
        List<Item> open = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Fate fate = told.fates().get(i);
            if (fate == null) {
                open.add(items.get(i));
            } else {
                keep(items.get(i), fate);
            }
        }
        if (delivery instanceof Delivery.Refused && open.size() == items.size()) {
            halve(whole, open);
            return new Left(List.of(), "");
        }
        return new Left(open, told.again());
    }

    /** A request that the system would know again stays open: whoever opens the ledger next makes it once more. */
    private void settleUnlessKnown(boolean isKnown, long intent, List<Item> items, @Nullable Fate fate) {
        if (watched && !isKnown) {
            ledger.settle(intent, Collections.nCopies(items.size(), fate));
        }
    }

    private static Results.Told told(ObjectWriting by, Delivery delivery, List<Item> items) {
        return switch (delivery) {
            case Delivery.Taken(var answer) -> by.read(answer, items);
            case Delivery.Refused refused -> refused(by, refused, items);
            case Delivery.Unknown(String message) -> {
                List<@Nullable Fate> fates = new ArrayList<>();
                items.forEach(_ -> fates.add(by.asksBefore() ? null : doubt(message)));
                yield new Results.Told(fates, by.asksBefore() ? message : "");
            }
        };
    }

    private static Fate doubt(String message) {
        return new Fate.InDoubt("it was sent, and nobody knows whether it arrived: " + message);
    }

    private long intend(List<Item> items, String key) {
        List<Long> prints = items.stream().map(Item::print).toList();
        List<Object> records = new ArrayList<>();
        items.forEach(item -> records.add(item.record()));
        return ledger.intend(prints, records, key);
    }

    /** A record alone is the reason of its refusal; of several, those that the answer names. */
    private static Results.Told refused(ObjectWriting by, Delivery.Refused refused, List<Item> items) {
        List<@Nullable Fate> fates = new ArrayList<>();
        items.forEach(_ -> fates.add(null));
        Map<Integer, Fate> culprits = by.culprits(refused.answer(), items);
        if (!culprits.isEmpty()) {
            culprits.forEach(fates::set);
        } else if (items.size() == 1) {
            int status = refused.answer().status();
            String code = status == 404 ? "NOT_FOUND" : status == 409 ? "CONFLICT" : "REFUSED";
            Fate usual = new Fate.Rejected(code, refused.message(), null);
            fates.set(0, by.refusal(refused.answer(), items.getFirst()).orElse(usual));
        }
        return new Results.Told(fates, "");
    }

    private void halve(ObjectWriting whole, List<Item> items) {
        int middle = items.size() / 2;
        deliver(whole, items.subList(0, middle), UUID.randomUUID().toString(), 0);
        deliver(whole, items.subList(middle, items.size()), UUID.randomUUID().toString(), 0);
    }

    private void keep(Item item, Fate fate) {
        boolean arrived = fate instanceof Fate.Written || fate instanceof Fate.Unchanged;
        if (item.key() != 0 && arrived) {
            ledger.sent(item.key(), item.print());
        }
        fates[item.row()] = fate;
    }

    @Override
    public void close() {
        await();
        threads.close();
    }
}
