package dev.sluice.airbyte.process;

import java.util.concurrent.TimeUnit;

/** Waiting for processes. */
final class Processes {
    private Processes() {}

    /**
     * Waits for the end of a process whatever interrupts the waiting; an interrupt that came is there again afterwards.
     *
     * @return whether it has ended in time
     */
    static boolean awaitCalmly(Process process, long seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
