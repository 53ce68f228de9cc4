package dev.sluice.spi.workbench;

import dev.sluice.spi.runtime.ConnectorContext;

/**
 * Where the definition of a connector is worked on: checked while it is being written, and tried out against the service that it
 * is for. What is tried out here means the same as in a sync, as the same engine runs it.
 */
public interface Workbench {
    /** Looks a definition over. Asks nobody, and takes any text: what is wrong with it is the answer. */
    Checked check(String definition);

    /**
     * Makes a test ready. Connects to nothing yet.
     *
     * @param context the host; its clock is asked once, and its log gets nothing
     */
    TestRead open(TestRequest request, ConnectorContext context);

    /**
     * Reads what a recording says of itself.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_RECORDING}, if it is none
     */
    Recorded recorded(String recording);
}
