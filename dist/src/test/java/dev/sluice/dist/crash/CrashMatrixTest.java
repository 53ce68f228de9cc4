package dev.sluice.dist.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyServer;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import dev.sluice.testkit.ssh.SshFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * The product is killed at each cut point and run again, for each family of destinations: nothing is lost and nothing
 * doubled.
 *
 * <p>A build plays the part of it that {@link Relay} chooses, and fails where the published table says otherwise.
 * {@code -Dsluice.crash=full} plays each mode at each cut point and writes the table anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class CrashMatrixTest {
    private static final Path PAGE = Path.of("..", "docs", "crash-matrix.md");

    private static final boolean FULL =
            System.getProperty("sluice.crash", "small").equals("full");

    /** {@code -Dsluice.crash.only=REGEX} plays some scenarios only, by their names; what the table says of others stays. */
    private static final String ONLY = System.getProperty("sluice.crash.only", ".*");

    private final CrashTable published = CrashTable.read(PAGE);
    private final CrashTable played = new CrashTable();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<String> mariaDbDatabases = new ArrayList<>();

    /** Static, since one of an instance is deleted when the first of its factories ends. */
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private PostgresDatabase postgres;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private MyDatabase mariaDb;

    @BeforeAll
    void prepare() {
        postgres = PostgresServer.shared().createDatabase();
        mariaDb = MyServer.shared().createDatabase();
        mariaDbDatabases.add(mariaDb.name() + "_internal");
    }

    @AfterAll
    void publish() throws IOException {
        mariaDbDatabases.forEach(name -> mariaDb.execute("DROP DATABASE IF EXISTS " + name));
        mariaDb.close();
        postgres.close();
        if (FULL) {
            Files.writeString(PAGE, (ONLY.equals(".*") ? played : published.with(played)).page());
        }
        assumeThat(ONLY).as("only some scenarios were played").isEqualTo(".*");
        for (Family family : Family.values()) {
            for (String cut : family.cuts()) {
                assertThat((FULL ? played : published).passedBy(family, cut))
                        .as("%s at %s: a cut point that no run passes proves nothing", family.title(), cut)
                        .isNotEmpty();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> fromPostgresToPostgres() {
        Place place = new Place.Postgres(postgres);
        return tests(Family.POSTGRES, id -> place, id -> place);
    }

    @TestFactory
    Stream<DynamicTest> fromDuckDbToDuckDb() {
        return tests(Family.DUCKDB, this::duckDb, id -> new Place.DuckDb(folder.resolve("target" + id + ".duckdb")));
    }

    @TestFactory
    Stream<DynamicTest> fromDuckDbToMariaDb() {
        Place place = new Place.MariaDb(mariaDb, mariaDbDatabases.getFirst());
        return tests(Family.MARIADB, this::duckDb, id -> {
            mariaDbDatabases.add(Scenario.targetSchema(id));
            return place;
        });
    }

    @TestFactory
    Stream<DynamicTest> fromDuckDbToFiles() {
        return tests(
                Family.FILES,
                this::duckDb,
                id -> new Place.CsvFiles(folder.resolve("files" + id), Scenario.targetSchema(id)));
    }

    @TestFactory
    Stream<DynamicTest> fromDuckDbToSqlite() {
        return tests(Family.SQLITE, this::duckDb, id -> new Place.Sqlite(folder.resolve("target" + id + ".db")));
    }

    @TestFactory
    Stream<DynamicTest> fromDuckDbToAStore() {
        SshFiles server = SshFiles.shared();
        return tests(
                Family.STORE,
                this::duckDb,
                id -> new Place.StoredFiles(server, server.newUser(), Scenario.targetSchema(id)));
    }

    /** A file of its own, because scenarios are played side by side and one process writes a file at a time. */
    private Place duckDb(int id) {
        return new Place.DuckDb(folder.resolve("source" + id + ".duckdb"));
    }

    private Stream<DynamicTest> tests(Family family, IntFunction<Place> from, IntFunction<Place> to) {
        return (FULL ? Relay.all() : Relay.some(published))
                .stream()
                        .filter(relay ->
                                relay.family() == family && relay.toString().matches(ONLY))
                        .map(relay -> {
                            int id = numbers.incrementAndGet();
                            Path place = folder.resolve("scenario" + id);
                            Scenario scenario = new Scenario(from.apply(id), to.apply(id), relay, place, id);
                            return DynamicTest.dynamicTest(relay.toString(), () -> play(scenario));
                        });
    }

    private void play(Scenario scenario) {
        Relay relay = scenario.relay();
        Map<String, Integer> kills = scenario.play();
        relay.cuts().forEach(cut -> played.add(relay.family(), cut, relay.mode(), kills.getOrDefault(cut, 0)));
        if (!FULL) {
            assertThat(kills)
                    .as("kills at points that the published table says are passed")
                    .containsOnlyKeys(relay.cuts());
        }
    }
}
