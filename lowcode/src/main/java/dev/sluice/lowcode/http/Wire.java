package dev.sluice.lowcode.http;

import java.io.IOException;
import java.util.Optional;

/** Looks at all that goes over the network, and may answer in its place. Called by several threads. */
public interface Wire {
    /** Nobody looks. */
    Wire UNSEEN = new Wire() {};

    /**
     * An answer in the place of that of the service; empty to ask it.
     *
     * @throws IOException if there is to be no answer
     */
    default Optional<Answer> instead(Call call) throws IOException {
        return Optional.empty();
    }

    /** A call was answered. */
    default void answered(Call call, Answer answer) {}

    /** A call was not answered. */
    default void failed(Call call, IOException why) {}

    /** True if what fails is tried again as the manifest says. */
    default boolean triesAgain() {
        return true;
    }
}
