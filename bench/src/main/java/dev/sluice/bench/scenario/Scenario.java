package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;

/** One thing that is measured. */
public interface Scenario {
    /** Its name on the command line and in the results. */
    String name();

    /** What it measures, in a sentence. */
    String about();

    /** Measures it. */
    Outcome run(Lab lab);
}
