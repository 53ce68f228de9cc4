package dev.sluice.testkit.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.sluice.spi.problem.ProblemException;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs single tests of a contract against a connector with a fault, and demands that they fail as tests do. */
final class Mutations {
    /** How often a test may look: on a busy machine, a fault of timing does not show in each run. */
    private static final int MOST_RUNS = 20;

    private Mutations() {}

    /**
     * Demands that a test of a contract finds the fault of the suite's connector, at the latest after some runs.
     *
     * @param suite the test class of the faulty connector
     * @param group the nested class of the contract
     * @param test the method in it
     */
    static void requireFound(Class<?> suite, Class<?> group, String test) {
        for (int run = 1; run <= MOST_RUNS; run++) {
            if (isFound(suite, group, test)) {
                return;
            }
        }
        throw new AssertionError("not found by " + group.getSimpleName() + "." + test);
    }

    private static boolean isFound(Class<?> suite, Class<?> group, String test) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectNestedMethod(List.of(suite), group, test))
                .execute();
        Events tests = results.testEvents();
        if (tests.started().count() == 0) {
            throw new AssertionError("there is no such test: " + group.getSimpleName() + "." + test);
        }
        List<Throwable> accidents = tests.failed().stream()
                .map(Mutations::failure)
                .filter(failure -> !(failure instanceof AssertionError || failure instanceof ProblemException))
                .toList();
        if (!accidents.isEmpty()) {
            throw new AssertionError("found by accident only", accidents.getFirst());
        }
        return tests.failed().count() > 0;
    }

    private static Throwable failure(Event event) {
        return event.getPayload(TestExecutionResult.class)
                .flatMap(TestExecutionResult::getThrowable)
                .orElseThrow();
    }
}
