package dev.sluice.cli.torture;

import dev.sluice.spi.runtime.Cut;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the product in a process of its own. */
public interface Product {
    /** How a process ends that gets SIGKILL. */
    int KILLED = 137;

    /** Carries a run out to its end. */
    Played run(Play play);

    /** Starts a run and waits until it is held at its cut, or over. */
    Held hold(Play play);

    /**
     * A run.
     *
     * @param subject what is copied
     * @param folder where its state and its logs lie
     * @param cut the cut point at which something happens: its name, or {@code name:n}; null for an undisturbed run
     * @param deed what happens there
     */
    record Play(Subject subject, Path folder, @Nullable String cut, Cut.Deed deed) {
        /** An undisturbed run. */
        static Play undisturbed(Subject subject, Path folder) {
            return new Play(subject, folder, null, Cut.Deed.KILL);
        }
    }

    /**
     * A run that is over.
     *
     * @param code its exit code
     * @param passed the cuts that it passed and how often, in the order of their first time; none if it was killed
     */
    record Played(int code, Map<String, Integer> passed) {}

    /** A run that was started. */
    interface Held {
        /** True if it waits at its cut; false if it is over. */
        boolean isHeld();

        /** Lets it go on, and waits for its end. */
        Played release();
    }
}
