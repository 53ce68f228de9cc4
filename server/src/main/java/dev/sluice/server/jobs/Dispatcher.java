package dev.sluice.server.jobs;

import dev.sluice.server.leases.Lease;
import dev.sluice.server.leases.LeaseWatch;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes waiting jobs and has them done, and sees to it that none is stuck: what this process held when it died goes on at
 * its start, and what others held when they fall silent.
 */
public final class Dispatcher implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Dispatcher.class.getName());

    /** How long a run that shall end may take for an end in good order. */
    private static final long ORDERLY_NANOS = Duration.ofSeconds(15).toNanos();

    /** How long runs may take to end when the server stops. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(25);

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final long TICK_MILLIS = 1_000;

    private final Store store;
    private final Clock clock;
    private final JobWork work;
    private final Queue queue;
    private final Leases leases;
    private final Attempts attempts;
    private final LeaseWatch watch = new LeaseWatch(SILENCE, System::nanoTime);
    private final Map<Long, RunningJob> running = new ConcurrentHashMap<>();
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    /**
     * A dispatcher that does nothing yet.
     *
     * @param server the process; the same one after it was started anew
     * @param work what does a job
     * @param listeners who hears of jobs
     */
    public Dispatcher(Store store, UUID server, Limits limits, JobWork work, Clock clock, List<JobListener> listeners) {
        this.store = store;
        this.clock = clock;
        this.work = work;
        this.queue = new Queue(limits);
        this.leases = new Leases(server);
        this.attempts = new Attempts(server, leases, clock, listeners);
    }

    /** Takes up what this process held when it died, and begins to take jobs. */
    public void start() {
        for (var held : store.read(leases::own)) {
            store.change(transaction -> attempts.takeOver(transaction, held.lease()));
        }
        threads.add(Thread.ofPlatform().daemon(true).name("sluice jobs").start(this::takeJobs));
        threads.add(Thread.ofPlatform().daemon(true).name("sluice beats").start(this::giveSigns));
    }

    /** Looks at the queue at once; called after a transaction that added a job or cancelled one. */
    public void wake() {
        woken.release();
    }

    /** How many jobs this process works on. */
    public int running() {
        return running.size();
    }

    private void takeJobs() {
        while (!stopping) {
            guarded("taking jobs", () -> begun().forEach(this::launch));
            try {
                if (woken.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private List<RunningJob> begun() {
        int moving = (int) running.values().stream()
                .filter(each -> each.job().wish().kind().movesData())
                .count();
        int looking = running.size() - moving;
        if (!store.<Boolean>read(transaction -> Queue.isWaiting(transaction, clock.instant()))) {
            return List.of(); // most of the time, and nobody has to wait for the one who may write
        }
        return store.compute(transaction -> {
            List<RunningJob> begun = new ArrayList<>();
            for (Job job : queue.next(transaction, clock.instant(), moving, looking)) {
                attempts.begin(transaction, job).ifPresent(begun::add);
            }
            return begun;
        });
    }

    private void launch(RunningJob job) {
        job.reportsBy(() -> reportInTurn(job));
        running.put(job.job().id(), job);
        Thread.ofVirtual().name("sluice job " + job.job().id()).start(() -> attempt(job));
    }

    private void attempt(RunningJob job) {
        AttemptResult result = result(job);
        job.log().end();
        try {
            while (!ended(job, result) && !stopped.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                // The store cannot be reached; as long as the lease is held, the end has to be said.
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(job.job().id());
            wake();
        }
    }

    private AttemptResult result(RunningJob job) {
        try {
            return work.attempt(job);
        } catch (ProblemException failure) {
            return AttemptResult.failed(failure.problem(), List.of());
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError defect) {
            LOGGER.log(System.Logger.Level.ERROR, "job " + job.job().id(), defect);
            return AttemptResult.failed(
                    Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the run met a defect of Sluice")
                            .because(defect.getClass().getName())
                            .fix("report it, with the log of the server"),
                    List.of());
        }
    }

    /** False if the store could not be told. */
    private boolean ended(RunningJob job, AttemptResult result) {
        try {
            job.exclusively(() -> store.change(transaction -> attempts.end(transaction, job, result, stopping)));
            return true;
        } catch (ProblemException failure) {
            LOGGER.log(System.Logger.Level.WARNING, "job " + job.job().id() + ": " + failure.getMessage());
            return failure.problem().code().equals("E_LEASE_LOST");
        }
    }

    private void giveSigns() {
        try {
            while (!stopped.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                running.values().forEach(this::reportInTurn);
                guarded("watching others", this::takeOver);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportInTurn(RunningJob job) {
        guarded("job " + job.job().id(), () -> job.exclusively(() -> report(job)));
    }

    private void report(RunningJob job) {
        List<AttemptStream> news = job.news();
        List<LogLine> lines = job.log().waiting();
        Attempts.Sign sign = store.compute(transaction -> attempts.report(transaction, job, news, lines));
        switch (sign) {
            case GO_ON -> kept(job, news, lines);
            case CANCEL -> {
                kept(job, news, lines);
                job.end(ORDERLY_NANOS);
            }
            case LOST -> job.stop().abort();
        }
    }

    private static void kept(RunningJob job, List<AttemptStream> news, List<LogLine> lines) {
        job.saved(news);
        job.log().kept(lines.size());
    }

    private void takeOver() {
        for (Lease dead : watch.dead(store.read(leases::ofOthers))) {
            store.change(transaction -> attempts.takeOver(transaction, dead));
            wake();
        }
    }

    /** What fails now may work at the next tick; a loop that ends would leave everything lying. */
    private static void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOGGER.log(System.Logger.Level.WARNING, what + " failed: " + failure.getMessage());
        }
    }

    /** Lets runs end in good order; they go on when a server starts again. */
    @Override
    public void close() {
        stopping = true;
        wake();
        long begun = System.nanoTime();
        try {
            while (!running.isEmpty() && System.nanoTime() - begun < LAST_PATIENCE.toNanos()) {
                running.values().forEach(job -> job.end(ORDERLY_NANOS));
                woken.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
            stopped.countDown();
            for (Thread thread : threads) {
                thread.join(TICK_MILLIS * 5);
            }
        } catch (InterruptedException stop) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
