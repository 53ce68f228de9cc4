package dev.sluice.dist.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The product is killed at each cut point, in each mode, for PostgreSQL and DuckDB as both source and destination, and run
 * again: nothing is lost and nothing doubled.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class CrashMatrixTest {
    /** All cut points of engine and SQL destinations; the second passes of some lie in the middle of a read. */
    private static final List<String> CUTS = List.of(
            "after-plan",
            "before-open-commit",
            "after-open",
            "after-write",
            "before-prepare",
            "after-merge",
            "before-commit",
            "after-commit",
            "after-commit:2",
            "after-state",
            "after-state:2",
            "before-publish",
            "before-swap",
            "after-swap",
            "before-publish-commit",
            "after-publish",
            "after-final-state");

    /** {@code -Dsluice.crash.only=REGEX} plays some scenarios only, by their names. */
    private static final String ONLY = System.getProperty("sluice.crash.only", ".*");

    private final Set<String> killed = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private PostgresDatabase database;

    @BeforeAll
    void prepare() {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterAll
    void eachCutPointWasReached() {
        database.close();
        assumeThat(ONLY).as("only some scenarios were played").isEqualTo(".*");
        assertThat(killed)
                .as("a cut point that no run passes proves nothing")
                .containsExactlyInAnyOrderElementsOf(CUTS);
    }

    @TestFactory
    Stream<DynamicTest> fromPostgresToPostgres(@TempDir Path folder) {
        Place.Postgres postgres = new Place.Postgres(database);
        return tests(folder, id -> postgres, id -> postgres);
    }

    /** Files of their own, because scenarios are played side by side and one process writes a file at a time. */
    @TestFactory
    Stream<DynamicTest> fromDuckDbToDuckDb(@TempDir Path folder) {
        return tests(
                folder,
                id -> new Place.DuckDb(folder.resolve("source" + id + ".duckdb")),
                id -> new Place.DuckDb(folder.resolve("target" + id + ".duckdb")));
    }

    private Stream<DynamicTest> tests(Path folder, IntFunction<Place> from, IntFunction<Place> to) {
        AtomicInteger number = new AtomicInteger();
        return CUTS.stream()
                .flatMap(cut -> Arrays.stream(Mode.values()).map(mode -> {
                    int id = number.incrementAndGet();
                    return new Scenario(from.apply(id), to.apply(id), mode, cut, folder.resolve("scenario" + id), id);
                }))
                .filter(scenario -> scenario.toString().matches(ONLY))
                .map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> {
                    if (scenario.play() > 0) {
                        killed.add(scenario.cut());
                    }
                }));
    }
}
