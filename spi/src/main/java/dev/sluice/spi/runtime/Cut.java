package dev.sluice.spi.runtime;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Named points at which the crash tests kill the process.
 *
 * <p>A cut does nothing unless the process was started with the system property {@value #PROPERTY}, whose value is the
 * name of a cut, or {@code name:n} for the n-th time that it is reached, counted from 1. Then the process gets SIGKILL
 * there: no shutdown hook runs, no buffer is flushed.
 */
public final class Cut {
    /** The system property that arms one cut. */
    public static final String PROPERTY = "sluice.cut";

    private static final @Nullable Armed ARMED = Armed.from(System.getProperty(PROPERTY));

    private Cut() {}

    /** Marks a point of the data path; kills the process here if it was armed for this one. */
    public static void at(String name) {
        Armed armed = ARMED;
        if (armed != null && armed.name.equals(name) && armed.left.decrementAndGet() == 0) {
            die();
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

    private record Armed(String name, AtomicInteger left) {
        static @Nullable Armed from(@Nullable String setting) {
            if (setting == null || setting.isBlank()) {
                return null;
            }
            int colon = setting.lastIndexOf(':');
            return colon < 0
                    ? new Armed(setting, new AtomicInteger(1))
                    : new Armed(
                            setting.substring(0, colon),
                            new AtomicInteger(Integer.parseInt(setting.substring(colon + 1))));
        }
    }
}
