package dev.sluice.spi.source;

import java.util.Objects;

/** The answer of a source to the wish to read a stream. */
public sealed interface PlanResult {

    /**
     * The read can begin.
     *
     * @param read the plan and what keeps it valid; the caller closes it
     */
    record Planned(PlannedRead read) implements PlanResult {
        public Planned {
            Objects.requireNonNull(read);
        }
    }

    /**
     * The interrupted read cannot go on, because the source cannot prove that its parts still fit together. What it
     * delivered must be discarded and read anew. Only an answer to {@link ReadStart.Resume}.
     *
     * @param why the reason, one sentence for people
     */
    record CannotResume(String why) implements PlanResult {
        public CannotResume {
            Objects.requireNonNull(why);
        }
    }
}
