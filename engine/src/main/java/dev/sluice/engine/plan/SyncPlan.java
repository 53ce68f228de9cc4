package dev.sluice.engine.plan;

import dev.sluice.spi.problem.Problem;
import java.util.List;

/**
 * What a run will do.
 *
 * @param streams the streams in the order of the settings that chose them
 * @param problems why the run cannot begin, all of them; empty if it can
 */
public record SyncPlan(List<StreamPlan> streams, List<Problem> problems) {
    public SyncPlan {
        streams = List.copyOf(streams);
        problems = List.copyOf(problems);
    }

    /**
     * This plan, if it can be carried out.
     *
     * @throws dev.sluice.spi.problem.ProblemException with the first of its problems, if it has any
     */
    public SyncPlan orThrow() {
        if (problems.isEmpty()) {
            return this;
        }
        Problem first = problems.getFirst();
        throw (problems.size() == 1
                        ? first
                        : first.because((first.why() == null ? "" : first.why() + "; ") + "and " + (problems.size() - 1)
                                + " more problems, which `sluice plan` lists"))
                .exception();
    }
}
