package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.testkit.drive.CopyDriver;
import dev.sluice.testkit.drive.CopyState;
import dev.sluice.testkit.fault.ChildJvm;
import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A process that is killed at any point of a copy leaves no half file, and the next one makes everything whole: nothing is
 * lost, nothing is there twice, nothing is left over.
 */
class SuddenDeathTest {
    private static final int BEFORE = 20;
    private static final int AFTER = 60;

    /** What is written where, in a mode. */
    private record Case(String format, FileReading reading, DestinationSyncMode mode, String path, List<String> cuts) {
        @Override
        public String toString() {
            return format + " " + mode + " " + (path.isEmpty() ? "folder" : path);
        }
    }

    private static List<String> cuts(String... more) {
        List<String> cuts = new ArrayList<>(List.of(more));
        for (CopyDriver.Step step : CopyDriver.Step.values()) {
            // In the middle of the commits, so that there is something to lose and something to go on with.
            String name = step.cut();
            boolean repeated = name.endsWith("-write")
                    || name.endsWith("-prepare")
                    || name.endsWith("-commit")
                    || (name.endsWith("-state") && !name.contains("final"));
            cuts.add(repeated ? name + ":3" : name);
        }
        cuts.add("after-manifest:2");
        return cuts;
    }

    private static Stream<Case> cases() {
        return Stream.of(
                new Case("csv", FileReading.CSV, DestinationSyncMode.APPEND, "", cuts()),
                new Case("csv", FileReading.CSV, DestinationSyncMode.OVERWRITE, "", cuts("before-swap", "after-swap")),
                new Case(
                        "csv",
                        FileReading.CSV,
                        DestinationSyncMode.OVERWRITE,
                        "orders.csv",
                        List.of("after-commit:2", "before-swap", "after-swap")),
                new Case(
                        "parquet",
                        FileReading.PARQUET,
                        DestinationSyncMode.APPEND,
                        "",
                        List.of("after-write:3", "before-commit:3", "after-manifest:2")),
                new Case(
                        "parquet",
                        FileReading.PARQUET,
                        DestinationSyncMode.OVERWRITE,
                        "orders.parquet",
                        List.of("after-write:3", "after-commit:2", "before-swap", "after-swap")));
    }

    @TestFactory
    Stream<DynamicTest> aProcessIsKilled() {
        return cases().flatMap(each ->
                each.cuts().stream().map(cut -> DynamicTest.dynamicTest(each + " at " + cut, () -> killed(each, cut))));
    }

    private static void killed(Case each, String cut) throws IOException {
        Path root = TemporaryFolder.make();
        try {
            Path lake = Files.createDirectory(root.resolve("lake"));
            String path = lake + "/" + each.path();
            Copies copies = new Copies(root, Map.of("path", path, "format", each.format()), each.mode());
            CopyState before = copies.run(BEFORE, CopyState.INITIAL, 1);
            Path state = Files.writeString(root.resolve("state.json"), before.toJson());
            try (ChildProcess child = ChildJvm.of(CopyInChild.class)
                    .option("--enable-native-access=ALL-UNNAMED")
                    .arguments(path, each.format(), each.mode().name(), Integer.toString(AFTER), state.toString())
                    .cutAt(cut)
                    .start()) {
                child.requireKilled();
            }
            assertNothingIsHalf(each, copies);
            CopyState mended = copies.run(AFTER, CopyState.ofJson(Files.readString(state)), 2);
            Rows.assertSame("after the death at " + cut, Copies.rows(1, AFTER), copies.seen(each.reading()));
            copies.run(AFTER, mended, 3);
            Rows.assertSame("after one more run", Copies.rows(1, AFTER), copies.seen(each.reading()));
            assertThat(TemporaryFolder.everything(lake.resolve(".sluice")))
                    .as("what is left beside the files")
                    .allMatch(file -> file.endsWith("/_manifest.json") || file.endsWith("/_lock"));
        } finally {
            TemporaryFolder.delete(root);
        }
    }

    /** What a reader sees who comes between the death and the next run: whole rows, none of them twice, none missing. */
    private static void assertNothingIsHalf(Case each, Copies copies) {
        List<Row> seen = copies.seen(each.reading());
        assertThat(new HashSet<>(seen)).as("rows without duplicates").hasSameSizeAs(seen);
        assertThat(seen).containsAll(Copies.rows(1, BEFORE));
        assertThat(Copies.rows(1, AFTER)).containsAll(seen);
        if (each.mode().overwrites()) {
            assertThat(seen.size()).as("the old content or the new one").isIn(BEFORE, AFTER);
        }
    }
}
