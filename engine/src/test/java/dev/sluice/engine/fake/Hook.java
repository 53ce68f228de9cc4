package dev.sluice.engine.fake;

/** Hears of every step of the fakes before it happens; whatever it throws makes the step fail. */
@FunctionalInterface
public interface Hook {
    /** Lets everything happen. */
    Hook NONE = step -> {};

    /**
     * A step is about to happen.
     *
     * @param step what and where, such as {@code destination.commit a}
     */
    void at(String step);
}
