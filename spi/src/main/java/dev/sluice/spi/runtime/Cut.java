package dev.sluice.spi.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Named points at which the crash tests kill the process, or interrupt or hold it.
 *
 * <p>A cut does nothing unless the process was started with the system property {@value #PROPERTY}, whose value is the
 * name of a cut, or {@code name:n} for the n-th time that it is reached, counted from 1. Then the process gets SIGKILL
 * there: no shutdown hook runs, no buffer is flushed. The property {@value #DEED} names another {@link Deed}.
 */
public final class Cut {
    /** The system property that arms one cut. */
    public static final String PROPERTY = "sluice.cut";

    /** The system property that says what happens at the armed cut. */
    public static final String DEED = "sluice.cut.deed";

    /**
     * The system property that names a file: when the process ends by itself, the cuts that it passed are written there,
     * in the order of their first time, a line each: the name, a blank, and how often.
     */
    public static final String PASSED = "sluice.cut.passed";

    /** The line on standard error of a process that is held. */
    public static final String HELD = "held at a cut until standard input ends";

    private static final @Nullable Armed ARMED = Armed.from(System.getProperty(PROPERTY), System.getProperty(DEED));
    private static final @Nullable Passed PASSED_CUTS = Passed.into(System.getProperty(PASSED));

    private Cut() {}

    /** What happens at an armed cut. */
    public enum Deed {
        /** Sudden death by SIGKILL. */
        KILL,
        /** The process gets SIGTERM and goes on. */
        TERM,
        /** The process gets SIGINT and goes on. */
        INT,
        /** The process says {@link Cut#HELD} and waits for the end of its standard input. */
        HOLD
    }

    /** Marks a point of the data path; kills the process here if it was armed for this one. */
    public static void at(String name) {
        Passed passed = PASSED_CUTS;
        if (passed != null) {
            passed.count(name);
        }
        Armed armed = ARMED;
        if (armed != null && armed.name.equals(name) && armed.left.decrementAndGet() == 0) {
            act(armed.deed);
        }
    }

    private static void act(Deed deed) {
        switch (deed) {
            case KILL -> die();
            case TERM, INT -> signal(deed.name());
            case HOLD -> hold();
        }
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException noKillCommand) {
            Runtime.getRuntime().halt(137);
        }
        while (true) {
            LockSupport.park(); // until the signal arrives, this thread must do nothing more
        }
    }

    private static void signal(String name) {
        try {
            new ProcessBuilder(
                            "kill",
                            "-" + name,
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException noKillCommand) {
            throw new UncheckedIOException(noKillCommand);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void hold() {
        System.err.println(HELD);
        System.err.flush();
        try {
            while (System.in.read() >= 0) {
                // Whoever holds this process only has to end its input.
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    private record Armed(String name, AtomicInteger left, Deed deed) {
        static @Nullable Armed from(@Nullable String setting, @Nullable String wanted) {
            if (setting == null || setting.isBlank()) {
                return null;
            }
            Deed deed = wanted == null ? Deed.KILL : Deed.valueOf(wanted);
            int colon = setting.lastIndexOf(':');
            return colon < 0
                    ? new Armed(setting, new AtomicInteger(1), deed)
                    : new Armed(
                            setting.substring(0, colon),
                            new AtomicInteger(Integer.parseInt(setting.substring(colon + 1))),
                            deed);
        }
    }

    /** The cuts that were passed so far. */
    private static final class Passed {
        private final Map<String, Integer> counts = new LinkedHashMap<>();
        private final ReentrantLock lock = new ReentrantLock();

        static @Nullable Passed into(@Nullable String file) {
            if (file == null || file.isBlank()) {
                return null;
            }
            Passed passed = new Passed();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> passed.write(Path.of(file)), "sluice cuts"));
            return passed;
        }

        void count(String name) {
            lock.lock();
            try {
                counts.merge(name, 1, Integer::sum);
            } finally {
                lock.unlock();
            }
        }

        private void write(Path file) {
            lock.lock();
            try {
                StringBuilder lines = new StringBuilder();
                counts.forEach((name, count) ->
                        lines.append(name).append(' ').append(count).append('\n'));
                Files.writeString(file, lines);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } finally {
                lock.unlock();
            }
        }
    }
}
