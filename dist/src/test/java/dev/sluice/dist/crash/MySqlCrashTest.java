package dev.sluice.dist.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.mariadb.MariaDbDatabase;
import dev.sluice.testkit.mariadb.MariaDbServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
 * The product is killed while it writes to MariaDB, where that differs from databases whose tables are made in
 * transactions. The connector's own tests kill it at each of its cut points.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class MySqlCrashTest {
    private static final Map<Mode, List<String>> CUTS = Map.of(
            Mode.INCREMENTAL_APPEND, List.of("between-ledger-and-tables"),
            Mode.INCREMENTAL_APPEND_DEDUPED, List.of("after-merge"),
            Mode.FULL_REFRESH_OVERWRITE, List.of("before-swap", "after-swap"));

    private final List<String> databases = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private MariaDbDatabase database;

    @BeforeAll
    void prepare() {
        database = MariaDbServer.shared().createDatabase();
        databases.add(database.name() + "_internal");
    }

    @AfterAll
    void drop() {
        databases.forEach(name -> database.execute("DROP DATABASE IF EXISTS " + name));
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> fromDuckDbToMariaDb() {
        Place to = new Place.MariaDb(database, databases.getFirst());
        AtomicInteger number = new AtomicInteger();
        return CUTS.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(cut -> {
                    int id = number.incrementAndGet();
                    databases.add("d" + id);
                    // A file of its own, because scenarios are played side by side.
                    Place from = new Place.DuckDb(folder.resolve("source" + id + ".duckdb"));
                    return new Scenario(from, to, entry.getKey(), cut, folder.resolve("mysql" + id), id);
                }))
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.toString(), () -> assertThat(scenario.play()).isPositive()));
    }
}
