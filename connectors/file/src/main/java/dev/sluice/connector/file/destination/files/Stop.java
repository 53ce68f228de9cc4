package dev.sluice.connector.file.destination.files;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** Tells the thread that writes that it shall stop. May be used by several threads. */
public final class Stop {
    private volatile boolean requested;

    /** Nobody asked for it yet. */
    public Stop() {}

    /** Asks for it. */
    public void request() {
        requested = true;
    }

    /**
     * Goes on unless it was asked for.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CANCELLED} if it was
     */
    public void check() {
        if (requested) {
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the writing was stopped")
                    .exception();
        }
    }
}
