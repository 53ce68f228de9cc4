package dev.sluice.testkit.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs something in several threads that begin together. */
final class Parallel {
    private static final long LIMIT_SECONDS = 300;

    private Parallel() {}

    /** What a thread does. */
    interface Task {
        void run(int index) throws Exception;
    }

    /** Threads that run; closing waits for them and tells the first failure. */
    static final class Running implements AutoCloseable {
        private final List<Thread> threads = new ArrayList<>();
        private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

        boolean isRunning() {
            return threads.stream().anyMatch(Thread::isAlive);
        }

        @Override
        public void close() {
            for (Thread thread : threads) {
                try {
                    if (!thread.join(Duration.ofSeconds(LIMIT_SECONDS))) {
                        throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + thread);
                    }
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted", stopped);
                }
            }
            Throwable failure = failures.poll();
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure != null) {
                throw new AssertionError(failure);
            }
        }
    }

    /** Starts that many threads. */
    static Running start(int threads, Task task) {
        Running running = new Running();
        CountDownLatch gate = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            int index = i;
            running.threads.add(Thread.ofPlatform().daemon().start(() -> {
                try {
                    if (gate.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                        task.run(index);
                    }
                } catch (Throwable failure) {
                    running.failures.add(failure);
                }
            }));
        }
        gate.countDown();
        return running;
    }

    /** Runs that many threads to their end. */
    static void run(int threads, Task task) {
        start(threads, task).close();
    }
}
