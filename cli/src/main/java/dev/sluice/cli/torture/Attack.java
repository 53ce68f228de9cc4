package dev.sluice.cli.torture;

import dev.sluice.spi.runtime.Cut;

/** What is done to a run. */
public sealed interface Attack {
    /** What a person calls it. */
    String words();

    /** The cut point at which it happens: its name, or {@code name:n} for the n-th time. */
    String cut();

    /** Sudden death by SIGKILL. */
    record Kill(String cut) implements Attack {
        @Override
        public String words() {
            return "SIGKILL at " + cut;
        }
    }

    /**
     * A signal that asks for an end in good order.
     *
     * @param deed which signal
     * @param exitCode the code with which the run has to end if it hears the signal in time
     */
    record Stop(Cut.Deed deed, int exitCode, String cut) implements Attack {
        @Override
        public String words() {
            return "SIG" + deed + " at " + cut;
        }
    }

    /** A second run while the first one is under way. */
    record Twice(String cut) implements Attack {
        @Override
        public String words() {
            return "a second run at " + cut;
        }
    }
}
