package dev.sluice.server.telemetry.lineage;

import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.net.GuardedHttp;
import dev.sluice.spi.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sends events one after the other, and again if they do not arrive. No run waits for it: whoever receives them may be away for
 * a while, and for longer the oldest ones go.
 */
final class LineageSender implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LineageSender.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 1_000;
    private static final int TRIES = 8;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final long LAST_MILLIS = 3_000;

    // Who starts the server names the receiver, so it may be where users must not get.
    private final GuardedHttp http = new GuardedHttp(EgressGuard.open(), PATIENCE);
    private final LineageSettings settings;
    private final long pauseMillis;
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /**
     * To whom the settings say.
     *
     * @param pause how long it waits before it tries again the first time
     */
    LineageSender(LineageSettings settings, Duration pause) {
        this.settings = settings;
        this.pauseMillis = pause.toMillis();
        this.thread = Thread.ofVirtual().name("sluice lineage").start(this::work);
    }

    void send(String event) {
        while (!waiting.offer(event)) {
            if (waiting.poll() != null) {
                LOG.log(Level.WARNING, "an event of lineage is lost, because its receiver is away for too long");
            }
        }
    }

    private void work() {
        try {
            while (stopped.getCount() > 0 || !waiting.isEmpty()) {
                String event = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (event != null) {
                    deliver(event);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(String event) throws InterruptedException {
        String key = settings.key();
        Map<String, String> headers = key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
        long pause = pauseMillis;
        for (int tried = 1; ; tried++) {
            try {
                http.post(settings.receiver(), event, headers);
                return;
            } catch (ProblemException failure) {
                if (tried == TRIES || stopped.await(pause, TimeUnit.MILLISECONDS)) {
                    LOG.log(
                            Level.WARNING,
                            "an event of lineage did not arrive: "
                                    + failure.problem().why());
                    return;
                }
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            if (!thread.join(Duration.ofMillis(LAST_MILLIS))) {
                thread.interrupt();
            }
        } catch (InterruptedException stop) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
