package dev.sluice.spi.runtime;

import dev.sluice.spi.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a configuration found, step by step.
 *
 * @param steps the steps in the order in which they were tried; after a failed one the rest is skipped or left out
 */
public record CheckReport(List<Step> steps) {
    public CheckReport {
        steps = List.copyOf(steps);
    }

    /** True if no step failed: a sync with the same configuration gets past connecting and permissions. */
    public boolean succeeded() {
        return firstProblem().isEmpty();
    }

    /** The problem of the first step that failed. */
    public Optional<Problem> firstProblem() {
        return steps.stream().map(Step::problem).filter(Objects::nonNull).findFirst();
    }

    /**
     * One thing that was tried.
     *
     * @param name what was tried, such as "connect" or "read the catalog"
     * @param detail what was found, such as a version; null if there is nothing to tell
     * @param problem why it failed; null if it did not
     */
    public record Step(
            String name, @Nullable String detail, @Nullable Problem problem) {
        /** A step that went well. */
        public static Step ok(String name, @Nullable String detail) {
            return new Step(name, detail, null);
        }

        /** A step that failed. */
        public static Step failed(String name, Problem problem) {
            return new Step(name, null, problem);
        }
    }
}
