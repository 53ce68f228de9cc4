package dev.sluice.engine.serve;

import java.util.Optional;

/** A server that runs. */
public interface RunningServer extends AutoCloseable {
    /** Where it listens, as {@code http://127.0.0.1:8000}. */
    String address();

    /** Where its store is, for people; without credentials. */
    String place();

    /** Stops in good order: nothing new begins, what runs commits what it has and goes on when a server starts again. */
    @Override
    void close();

    /** A token for the terminal alone, with which the first account is made; empty if there is one, or none is needed. */
    default Optional<String> firstLogin() {
        return Optional.empty();
    }
}
