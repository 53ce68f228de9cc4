package dev.sluice.engine.plan;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a run will do.
 *
 * @param streams the streams in the order of the settings that chose them
 * @param stopped the streams that are left alone because their source has changed or they cannot be read
 * @param changes what has changed in the source since the tables were last made
 * @param problems why the run cannot begin, all of them; empty if it can
 */
public record SyncPlan(
        List<StreamPlan> streams, List<StoppedStream> stopped, List<StreamChange> changes, List<Problem> problems) {
    public SyncPlan {
        streams = List.copyOf(streams);
        stopped = List.copyOf(stopped);
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    /** The part of the plan that is about some of the streams. */
    public SyncPlan only(Predicate<StreamId> chosen) {
        return new SyncPlan(
                streams.stream().filter(each -> chosen.test(each.stream())).toList(),
                stopped.stream().filter(each -> chosen.test(each.stream())).toList(),
                changes.stream().filter(each -> chosen.test(each.stream())).toList(),
                problems);
    }

    /** True if there is no stream in it, running or stopped. */
    public boolean isEmpty() {
        return streams.isEmpty() && stopped.isEmpty();
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
