package dev.sluice.connector.file.destination.place;

import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a target, held by one run on this machine (I8). The operating system lets go of it when the process
 * dies, however it dies.
 */
public final class TargetLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(50);

    private static final ReentrantLock GUARD = new ReentrantLock();
    private static final Set<Path> HELD = new HashSet<>();

    /**
     * Channels that must stay open: POSIX lets go of a process's locks on a file when any channel to it is closed, also
     * one through which nothing was locked.
     */
    private static final List<FileChannel> KEPT = new ArrayList<>();

    private final Path file;
    private final FileChannel channel;

    private TargetLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a target; waits a moment for a process that is dying.
     *
     * @throws ProblemException of kind {@code CONFLICT} if another run has it
     */
    public static TargetLock take(Place place) {
        Path file;
        try {
            file = place.hidden().toRealPath().resolve(place.lock().getFileName());
        } catch (IOException failure) {
            throw Problems.writing(place.hidden().toString(), failure);
        }
        enter(file, place);
        TargetLock lock = null;
        try {
            lock = locked(file, place);
            return lock;
        } finally {
            if (lock == null) {
                leave(file);
            }
        }
    }

    private static void enter(Path file, Place place) {
        GUARD.lock();
        try {
            if (!HELD.add(file)) {
                throw busy(place);
            }
        } finally {
            GUARD.unlock();
        }
    }

    private static void leave(Path file) {
        GUARD.lock();
        try {
            HELD.remove(file);
        } finally {
            GUARD.unlock();
        }
    }

    private static TargetLock locked(Path file, Place place) {
        FileChannel channel = null;
        TargetLock taken = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            FileLock lock = channel.tryLock();
            while (lock == null) {
                if (System.nanoTime() > deadline) {
                    throw busy(place);
                }
                LockSupport.parkNanos(RETRY.toNanos());
                lock = channel.tryLock();
            }
            taken = new TargetLock(file, channel);
            return taken;
        } catch (OverlappingFileLockException otherClassLoader) {
            keep(channel);
            channel = null;
            throw busy(place);
        } catch (IOException failure) {
            throw Problems.writing(file.toString(), failure);
        } finally {
            if (taken == null) {
                closeQuietly(channel);
            }
        }
    }

    private static void keep(@Nullable FileChannel channel) {
        if (channel != null) {
            GUARD.lock();
            try {
                KEPT.add(channel);
            } finally {
                GUARD.unlock();
            }
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException nothingLost) {
                // It held no lock and no data.
            }
        }
    }

    private static ProblemException busy(Place place) {
        return Problem.of("E_TARGET_BUSY", ProblemKind.CONFLICT, "another run is writing " + place)
                .at(place.toString())
                .fix("wait until it is done; a killed run lets go at once")
                .exception();
    }

    /** Lets go of the target. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException released) {
            // The system closes the file all the same.
        } finally {
            leave(file);
        }
    }
}
