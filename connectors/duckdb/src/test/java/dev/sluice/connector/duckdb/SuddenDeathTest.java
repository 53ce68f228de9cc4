package dev.sluice.connector.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.CopyDriver;
import dev.sluice.testkit.drive.CopyDriver.Step;
import dev.sluice.testkit.drive.CopyState;
import dev.sluice.testkit.fault.ChildJvm;
import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.host.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process that copies one file into another dies in the middle (SIGKILL); the next one loses and doubles nothing. */
final class SuddenDeathTest {
    private static final StreamId STREAM = StreamId.of("main", "shop");
    private static final List<String> EVERYWHERE = List.of(
            "before-open-commit",
            "after-open",
            "after-write:2",
            "before-commit:2",
            "after-commit:2",
            "before-publish-commit",
            "after-publish");

    @TempDir
    private Path folder;

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> aCopyThatIsKilledAtACutIsFinishedByTheNext() {
        return Stream.of(
                        DestinationSyncMode.APPEND,
                        DestinationSyncMode.OVERWRITE,
                        DestinationSyncMode.APPEND_DEDUP,
                        DestinationSyncMode.OVERWRITE_DEDUP)
                .flatMap(mode -> cuts(mode).stream()
                        .map(cut -> DynamicTest.dynamicTest(mode + " " + cut, () -> killedAt(mode, cut))));
    }

    private static List<String> cuts(DestinationSyncMode mode) {
        List<String> cuts = new ArrayList<>(EVERYWHERE);
        if (mode.overwrites()) {
            cuts.addAll(List.of("before-swap", "after-swap"));
        } else if (mode.dedups()) {
            cuts.add("after-merge:2");
        }
        return cuts;
    }

    private void killedAt(DestinationSyncMode mode, String cut) throws IOException {
        Copy copy = new Copy(Files.createTempDirectory(folder, "copy"), mode, 7);
        copy.sql("CREATE TABLE shop AS SELECT i AS id, i // 2 AS changed, 'row ' || i AS name FROM range(40) r(i)");
        copy.run(step -> {});
        copy.sql("INSERT INTO shop SELECT i, i // 2, 'row ' || i FROM range(40, 100) r(i)");
        if (mode != DestinationSyncMode.APPEND) {
            copy.sql("UPDATE shop SET changed = 100 + id, name = 'changed ' || id WHERE id % 10 = 3");
        }
        try (ChildProcess child = copy.inChild().cutAt(cut).start()) {
            child.requireKilled();
        }
        copy.run(step -> {});
        copy.assertCopied(cut);
        copy.run(step -> {});
        copy.assertCopied("a run with nothing new after " + cut);
    }

    /**
     * So many rows a commit that DuckDB writes them into the file before it commits them, and dies at any moment. Every other pair of
     * a mode and a step, and all of them with {@code -Dsluice.crash=full}.
     */
    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> aLargeLoadThatIsKilledAtAnyMomentIsFinishedByTheNext() {
        boolean full = System.getProperty("sluice.crash", "small").equals("full");
        List<DestinationSyncMode> modes =
                List.of(DestinationSyncMode.APPEND, DestinationSyncMode.OVERWRITE, DestinationSyncMode.APPEND_DEDUP);
        List<Step> steps = List.of(Step.AFTER_WRITE, Step.BEFORE_PREPARE, Step.BEFORE_COMMIT, Step.BEFORE_PUBLISH);
        return modes.stream()
                .flatMap(mode -> steps.stream()
                        .filter(step -> full || (modes.indexOf(mode) + steps.indexOf(step)) % 2 == 0)
                        .map(step -> DynamicTest.dynamicTest(mode + " " + step, () -> killedSoonAfter(mode, step))));
    }

    private void killedSoonAfter(DestinationSyncMode mode, Step step) throws IOException {
        Copy copy = new Copy(Files.createTempDirectory(folder, "copy"), mode, 130_000);
        copy.sql("CREATE TABLE shop AS SELECT i AS id, i AS changed, repeat('x', 50) || i AS name"
                + " FROM range(300000) r(i)");
        try (ChildProcess child = copy.inChild().arguments(step.name()).start()) {
            child.awaitLine(line -> line.equals("reached " + step));
            child.kill();
        }
        copy.run(reached -> {});
        copy.assertCopied("killed soon after " + step);
    }

    /** Another process keeps the file: the run says so, and nothing happens to either. */
    @Test
    void aFileThatAnotherProcessHasOpenIsRefusedByItsName() throws IOException {
        Copy copy = new Copy(folder, DestinationSyncMode.APPEND, 7);
        copy.sql("CREATE TABLE shop AS SELECT i AS id, i AS changed, 'row' AS name FROM range(40) r(i)");
        try (ChildProcess child = copy.inChild().arguments("hold").start()) {
            child.awaitLine(line -> line.equals("holding"));
            try (Destination destination = copy.destination()) {
                var problem = destination.check().firstProblem().orElseThrow();
                assertThat(problem.code()).isEqualTo("E_DUCKDB_LOCKED");
                assertThat(problem.message()).contains(Long.toString(child.pid()));
                assertThat(problem.fix()).isNotBlank();
            }
            child.kill();
        }
        copy.run(step -> {});
        copy.assertCopied("after the other process was gone");
    }

    /** A stream of one file that is copied into another, with its state in a third. */
    static final class Copy {
        private final Path folder;
        private final DestinationSyncMode mode;
        private final int batchRows;

        Copy(Path folder, DestinationSyncMode mode, int batchRows) {
            this.folder = folder;
            this.mode = mode;
            this.batchRows = batchRows;
        }

        /** Runs in a process of its own; waits with the destination open if it is told to hold. */
        public static void main(String[] arguments) {
            Copy copy = new Copy(
                    Path.of(arguments[0]), DestinationSyncMode.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
            String wish = arguments.length > 3 ? arguments[3] : "";
            copy.run(step -> {
                System.out.println("reached " + step);
                if (wish.equals("hold") && step == Step.AFTER_OPEN) {
                    System.out.println("holding");
                    waitForEver();
                }
            });
            System.out.println("not killed");
        }

        private static void waitForEver() {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        ChildJvm inChild() {
            return ChildJvm.of(Copy.class)
                    .option("--enable-native-access=ALL-UNNAMED")
                    .option("-Xmx512m")
                    .arguments(folder.toString(), mode.name(), Integer.toString(batchRows));
        }

        private Path file(String name) {
            return folder.resolve(name);
        }

        void sql(String sql) {
            try (DuckDb database = DuckDb.open(DuckDbOptions.file(file("shop.duckdb")));
                    DuckDbConnection connection = database.connect()) {
                connection.execute(sql);
            }
        }

        Destination destination() {
            Config config = Config.of(Map.of("path", file("lake.duckdb").toString()));
            return new DuckDbDestination().open(config, new TestContext());
        }

        void run(Consumer<Step> hook) {
            Config config = Config.of(Map.of("path", file("shop.duckdb").toString()));
            try (Source source = new DuckDbSource().open(config, new TestContext());
                    Destination destination = destination()) {
                CatalogStream stream = source.discover(new DiscoverScope.Only(Set.of(STREAM)))
                        .find(STREAM)
                        .orElseThrow();
                new CopyDriver(source, destination, read(stream), target(stream), state())
                        .batchSize(new BatchSize(batchRows, Long.MAX_VALUE))
                        .saver(this::save)
                        .hook(hook)
                        .run();
            }
        }

        private StreamRead read(CatalogStream stream) {
            boolean full = mode.overwrites();
            return new StreamRead(
                    stream,
                    stream.schema(),
                    full ? SyncMode.FULL_REFRESH : SyncMode.INCREMENTAL,
                    full ? null : FieldPath.of("changed"),
                    List.of(FieldPath.of("id")),
                    mode.dedups());
        }

        private TargetSpec target(CatalogStream stream) {
            WriteMode write = new WriteMode(mode, List.of(FieldPath.of("id")), FieldPath.of("changed"));
            Owner owner = new Owner("7a3d", "shop-to-lake", false);
            return new TargetSpec(
                    owner, STREAM, new TargetName(null, "shop"), stream.schema(), write, new Generation(0, 0, 0));
        }

        private CopyState state() {
            try {
                return Files.exists(file("state"))
                        ? CopyState.ofJson(Files.readString(file("state")))
                        : CopyState.INITIAL;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Written aside and moved, so that a death in the middle leaves the last state whole. */
        private void save(CopyState state) {
            try {
                Path aside = Files.writeString(file("state.new"), state.toJson());
                Files.move(aside, file("state"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        void assertCopied(String what) {
            assertThat(content("lake.duckdb")).as(what).isEqualTo(content("shop.duckdb"));
            try (DuckDb lake = DuckDb.open(DuckDbOptions.file(file("lake.duckdb")));
                    DuckDbConnection connection = lake.connect()) {
                List<List<@Nullable Object>> left = connection.rows(
                        "SELECT table_name FROM duckdb_tables()" + " WHERE table_name LIKE '\\_sluice%' ESCAPE '\\'");
                assertThat(left).as("tables that are left over, " + what).isEmpty();
            }
        }

        /** The rows, or of many rows what shows that one is lost, doubled or changed. */
        private List<List<@Nullable Object>> content(String name) {
            String sql = batchRows > 1000
                    ? "SELECT count(*), count(DISTINCT id), sum(id), sum(changed), md5(string_agg(name, ',' ORDER BY"
                            + " id)) FROM shop"
                    : "SELECT id, changed, name FROM shop ORDER BY id";
            try (DuckDb database = DuckDb.open(DuckDbOptions.file(file(name)));
                    DuckDbConnection connection = database.connect()) {
                return connection.rows(sql);
            }
        }
    }
}
