package dev.sluice.testkit.contract;

import dev.sluice.spi.problem.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The declared gaps of a connector. A test that a gap concerns is not skipped: it is turned round, and demands that the
 * gap is one and shows itself properly.
 */
final class Gaps<T extends Trait> {
    private final Map<T, String> lacks;
    private final @Nullable GapFinder finder;

    Gaps(Map<T, String> lacks) {
        this(lacks, null);
    }

    /**
     * The gaps of a fixture.
     *
     * @param fixture may be a {@link GapFinder}
     */
    static <T extends Trait> Gaps<T> of(Map<T, String> lacks, Object fixture) {
        return new Gaps<>(lacks, fixture instanceof GapFinder finder ? finder : null);
    }

    private Gaps(Map<T, String> lacks, @Nullable GapFinder finder) {
        this.lacks = lacks;
        this.finder = finder;
        lacks.forEach((trait, reason) -> {
            if (reason.isBlank()) {
                throw new AssertionError("the gap " + trait.name() + " is declared without a reason");
            }
        });
    }

    /** A test, which may fail with anything. */
    interface Scenario {
        void run() throws Exception;
    }

    boolean has(T trait) {
        return !lacks.containsKey(trait);
    }

    /** Goes on only with these traits; without them the test means nothing, and the report tells the declared reason. */
    @SafeVarargs
    final void need(T... traits) {
        for (T trait : traits) {
            String reason = lacks.get(trait);
            if (reason != null) {
                Assumptions.abort("declared gap " + trait.name() + ": " + reason);
            }
        }
    }

    /**
     * Runs the scenario that defines a trait. Without the trait it has to fail: by a difference that the scenario sees or
     * by a clear problem of the connector, not by any other exception.
     */
    void expect(T trait, Scenario scenario) throws Exception {
        if (has(trait) && finder != null) {
            expect(trait, scenario, () -> {});
            return;
        }
        expect(trait, scenario, () -> {
            try {
                scenario.run();
            } catch (AssertionError | ProblemException asDeclared) {
                return;
            }
            throw new AssertionError("the gap " + trait.name() + " is declared (" + lacks.get(trait) + "), but "
                    + trait.promise() + ": remove the declaration");
        });
    }

    /** Runs the scenario that defines a trait, or the one that shows how a connector without it has to behave. */
    void expect(T trait, Scenario scenario, Scenario without) throws Exception {
        if (has(trait) && finder != null) {
            try {
                scenario.run();
            } catch (AssertionError | ProblemException difference) {
                finder.found(trait, String.valueOf(difference.getMessage()));
                without.run();
            }
        } else if (has(trait)) {
            scenario.run();
        } else {
            without.run();
        }
    }
}
