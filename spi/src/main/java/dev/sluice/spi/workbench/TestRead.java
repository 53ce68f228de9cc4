package dev.sluice.spi.workbench;

import java.util.function.Consumer;

/** A test that can be run once. */
public interface TestRead {
    /**
     * Runs it. What goes wrong is part of the result.
     *
     * @param listener hears how far it is, by the thread that runs it
     */
    TestResult run(Consumer<TestProgress> listener);

    /** Makes it end soon, with what there is by then. May be called by any thread. */
    void cancel();
}
