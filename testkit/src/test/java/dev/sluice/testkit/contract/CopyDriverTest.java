package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.source.Position;
import dev.sluice.testkit.drive.CopyDriver;
import dev.sluice.testkit.drive.CopyDriver.Step;
import dev.sluice.testkit.drive.CopyState;
import dev.sluice.testkit.fault.ChildJvm;
import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver copies, stops where it is told to, and remembers what is needed to go on. */
class CopyDriverTest {
    private static final TargetSpec TARGET = DestinationTests.named(
            new TargetName(null, "copied"),
            DestinationTests.SCHEMA,
            DestinationTests.dedup(DestinationSyncMode.APPEND, null, DestinationTests.ID));

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static CopyDriver driver(List<Row> rows, MemoryStore store, CopyState state) {
        ListSource source = new ListSource(DestinationTests.SCHEMA, rows, 2);
        MemoryDestination destination = new MemoryDestination(store, DestinationFault.NONE, "right");
        return new CopyDriver(source, destination, source.read(SyncMode.INCREMENTAL), TARGET, state);
    }

    @Test
    void passesTheStepsInTheirOrder() {
        List<Step> steps = new ArrayList<>();
        CopyDriver driver = driver(DestinationTests.rows(1, 4), new MemoryStore(), CopyState.INITIAL)
                .batchSize(new BatchSize(2, Long.MAX_VALUE))
                .hook(steps::add);
        driver.run();
        List<Step> commit = List.of(Step.BEFORE_PREPARE, Step.BEFORE_COMMIT, Step.AFTER_COMMIT, Step.AFTER_STATE);
        List<Step> split = new ArrayList<>(List.of(Step.AFTER_WRITE));
        split.addAll(commit); // the batch
        split.addAll(commit); // the end of the split
        List<Step> expected = new ArrayList<>(List.of(Step.AFTER_PLAN, Step.AFTER_OPEN));
        expected.addAll(split);
        expected.addAll(split);
        expected.addAll(List.of(Step.BEFORE_PUBLISH, Step.AFTER_PUBLISH, Step.AFTER_FINAL_STATE));
        assertThat(steps).isEqualTo(expected);
        assertThat(driver.rows()).isEqualTo(DestinationTests.rows(1, 4));
        assertThat(driver.rejects()).isEmpty();
        assertThat(driver.changes()).isEmpty();
        assertThat(driver.state()).isEqualTo(new CopyState(0, 1, new Position("list", "4"), null));
        assertThat(Step.AFTER_COMMIT.cut()).isEqualTo("after-commit");
    }

    @Test
    void theStateSurvivesBeingWrittenDown() {
        List<String> saved = new ArrayList<>();
        MemoryStore store = new MemoryStore();
        List<Row> rows = new ArrayList<>(DestinationTests.rows(1, 9));
        driver(rows, store, CopyState.INITIAL)
                .saver(state -> saved.add(state.toJson()))
                .run();
        rows.addAll(DestinationTests.rows(10, 30));
        CopyDriver second = driver(rows, store, CopyState.ofJson(saved.getLast()))
                .saver(state -> saved.add(state.toJson()))
                .hook(step -> {
                    if (step == Step.AFTER_STATE) {
                        throw new Stop();
                    }
                });
        assertThatExceptionOfType(Stop.class).isThrownBy(second::run);
        assertThat(saved)
                .allSatisfy(json -> assertThat(CopyState.ofJson(json).toJson()).isEqualTo(json));
        assertThat(CopyState.ofJson(saved.getLast())).isEqualTo(second.state());
        CopyState.Unfinished unfinished = Objects.requireNonNull(second.state().unfinished());
        assertThat(unfinished.from()).isEqualTo(new Position("list", "9"));
        assertThat(unfinished.progress()).isNotEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> CopyState.ofJson("{}"));
    }

    @Test
    void anImbalanceIsSeen() {
        MemoryDestination silent =
                new MemoryDestination(new MemoryStore(), DestinationFault.REJECTS_IN_SILENCE, "right");
        List<Row> poisoned = List.of(Row.of("1", "good"), Row.of("2", MemoryRows.POISON));
        ListSource poison = new ListSource(DestinationTests.SCHEMA, poisoned, 1);
        CopyDriver driver =
                new CopyDriver(poison, silent, poison.read(SyncMode.FULL_REFRESH), TARGET, CopyState.INITIAL);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(driver::run).withMessageContaining("imbalance");
    }

    @Test
    void theProcessCanBeKilledAtEachStep(@TempDir Path files) throws IOException {
        for (String cut : List.of("after-plan", "after-commit:2", "after-publish")) {
            Path saved = files.resolve("state");
            try (ChildProcess child = ChildJvm.of(Copying.class)
                    .cutAt(cut)
                    .arguments(saved.toString())
                    .start()) {
                child.requireKilled();
                assertThat(child.output()).isEmpty();
            }
            CopyState state = CopyState.ofJson(Files.readString(saved));
            assertThat(state.unfinished()).as(cut).isNotNull();
        }
    }

    /** Copies a list and saves its state in a file. */
    static final class Copying {
        private Copying() {}

        public static void main(String[] arguments) {
            Path file = Path.of(arguments[0]);
            driver(DestinationTests.rows(1, 30), new MemoryStore(), CopyState.INITIAL)
                    .saver(state -> save(file, state))
                    .run();
            System.out.println("not killed");
        }

        private static void save(Path file, CopyState state) {
            try {
                Files.writeString(file, state.toJson());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
