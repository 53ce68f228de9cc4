package dev.sluice.connector.file.destination.store;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.store.Exchange;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a target, as an object that says who has it and until when; its holder renews it. It keeps runs from
 * disturbing each other; should two of them hold it all the same, the manifest lets only one commit (I8).
 */
public final class StoreLock implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 4096;
    private static final String PROCESS = UUID.randomUUID().toString();
    private static final String HOST = host();

    private final StorePlace place;
    private final ReentrantLock guard = new ReentrantLock();
    private final Condition ended = guard.newCondition();
    private String version;
    private boolean closed;

    private StoreLock(StorePlace place, String version) {
        this.place = place;
        this.version = version;
    }

    /**
     * Takes the lock of a target.
     *
     * @throws ProblemException of kind {@code CONFLICT} if another run has it
     */
    public static StoreLock take(StorePlace place) {
        ObjectStore store = place.store();
        Optional<String> version = Exchange.put(store, place.lock(), content(), "");
        if (version.isEmpty()) {
            Optional<ObjectStore.Content> there = store.read(place.lock(), MAX_BYTES);
            if (there.filter(content -> !isLeft(content.bytes())).isPresent()) {
                throw busy(place);
            }
            version = Exchange.put(
                    store,
                    place.lock(),
                    content(),
                    there.map(ObjectStore.Content::version).orElse(""));
        }
        StoreLock lock = new StoreLock(place, version.orElseThrow(() -> busy(place)));
        Thread.ofVirtual().name("sluice lease " + place.name()).start(lock::renew);
        return lock;
    }

    private static ProblemException busy(StorePlace place) {
        return Problem.of("E_TARGET_BUSY", ProblemKind.CONFLICT, "another run is writing " + place)
                .at(place.toString())
                .fix("wait until it is done; a run that was killed on another machine lets go after "
                        + LEASE.toSeconds() + " seconds")
                .exception();
    }

    private static byte[] content() {
        Map<String, Object> holder = Map.of(
                "host",
                HOST,
                "pid",
                ProcessHandle.current().pid(),
                "process",
                PROCESS,
                "until",
                System.currentTimeMillis() + LEASE.toMillis(),
                "once",
                UUID.randomUUID().toString());
        return Json.write(holder).getBytes(StandardCharsets.UTF_8);
    }

    /** True if nobody holds the lock any more who once wrote this. */
    static boolean isLeft(byte[] content) {
        Map<String, @Nullable Object> holder;
        try {
            holder = Json.readObject(new String(content, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
        if (!(holder.get("until") instanceof Number until) || until.longValue() < System.currentTimeMillis()) {
            return true;
        }
        boolean here = HOST.equals(holder.get("host")) && !PROCESS.equals(holder.get("process"));
        return here && holder.get("pid") instanceof Number pid && isDead(pid.longValue());
    }

    private static boolean isDead(long pid) {
        // A process with our number that is not us lived before us.
        return pid == ProcessHandle.current().pid()
                || !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "";
        }
    }

    private void renew() {
        guard.lock();
        try {
            while (!closed) {
                long left = LEASE.dividedBy(3).toNanos();
                while (left > 0 && !closed) {
                    left = ended.awaitNanos(left);
                }
                if (!closed && !renewOnce()) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            guard.unlock();
        }
    }

    private boolean renewOnce() {
        try {
            Optional<String> next = Exchange.put(place.store(), place.lock(), content(), version);
            next.ifPresent(renewed -> version = renewed);
            return next.isPresent();
        } catch (ProblemException tryAgainLater) {
            return true;
        }
    }

    /** Lets go of the target. */
    @Override
    public void close() {
        guard.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            ended.signalAll();
            boolean ours = place.store()
                    .head(place.lock())
                    .filter(there -> there.version().equals(version))
                    .isPresent();
            if (ours) {
                place.store().delete(place.lock());
            }
        } catch (ProblemException expires) {
            // The lease ends by itself.
        } finally {
            guard.unlock();
        }
    }
}
