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
    private Mutations() {}

    /**
     * Demands that a test of a contract finds the fault of the suite's connector.
     *
     * @param suite the test class of the faulty connector
     * @param group the nested class of the contract
     * @param test the method in it
     */
    static void requireFound(Class<?> suite, Class<?> group, String test) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectNestedMethod(List.of(suite), group, test))
                .execute();
        Events tests = results.testEvents();
        if (tests.started().count() == 0) {
            throw new AssertionError("there is no such test: " + group.getSimpleName() + "." + test);
        }
        if (tests.failed().count() == 0) {
            throw new AssertionError("not found by " + group.getSimpleName() + "." + test);
        }
        List<Throwable> accidents = tests.failed().stream()
                .map(Mutations::failure)
                .filter(failure -> !(failure instanceof AssertionError || failure instanceof ProblemException))
                .toList();
        if (!accidents.isEmpty()) {
            throw new AssertionError("found by accident only", accidents.getFirst());
        }
    }

    private static Throwable failure(Event event) {
        return event.getPayload(TestExecutionResult.class)
                .flatMap(TestExecutionResult::getThrowable)
                .orElseThrow();
    }
}
