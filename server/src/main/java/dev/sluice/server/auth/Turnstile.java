package dev.sluice.server.auth;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few at a time do what costs much. Others wait for their turn, and whoever waits too long is sent away, so that a storm of
 * logins takes neither all processors nor all patience of those who work. Threads may share it.
 */
final class Turnstile {
    private final Semaphore places;
    private final Duration patience;

    /**
     * One.
     *
     * @param most how many at the same time
     * @param patience how long somebody waits
     */
    Turnstile(int most, Duration patience) {
        this.places = new Semaphore(most, true);
        this.patience = patience;
    }

    /**
     * Does something when it is its turn.
     *
     * @throws ProblemException code {@code E_LOGIN_LIMIT}, if that takes too long
     */
    <T> T pass(Supplier<T> work) {
        boolean isIn = false;
        try {
            isIn = places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!isIn) {
                throw tooMany();
            }
            return work.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw tooMany();
        } finally {
            if (isIn) {
                places.release();
            }
        }
    }

    private static ProblemException tooMany() {
        return Problem.of("E_LOGIN_LIMIT", ProblemKind.PERMISSION, "too many log in at the same time")
                .because("passwords are slow to check on purpose, and others came first")
                .fix("try again in some seconds; programs use tokens")
                .exception();
    }
}
