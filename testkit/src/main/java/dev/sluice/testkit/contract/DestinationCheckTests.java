package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Values;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Check, traits and plans: what a destination says before it writes. */
abstract class DestinationCheckTests extends DestinationTests {
    @Test
    final void aWorkingConfigurationPassesItsCheck() {
        CheckReport report = open().check();
        assertThat(report.firstProblem()).isEmpty();
        assertThat(report.steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.name()).isNotBlank());
    }

    @TestFactory
    final Stream<DynamicTest> aConfigurationThatDoesNotWorkIsExplained() {
        assertThat(fixture().misconfigured()).isNotEmpty();
        return fixture().misconfigured().stream()
                .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> explainsWhatIsWrong(wrong)));
    }

    private void explainsWhatIsWrong(Misconfigured<Destination> wrong) {
        Destination opened = SourceTests.openOrRefuse(wrong, context);
        if (opened == null) {
            return;
        }
        try (Destination destination = opened) {
            CheckReport report = destination.check();
            SourceTests.assertFound(wrong, report);
            Problem opening = SourceTests.problemOf(
                    "opening a target with " + wrong.name(),
                    () -> destination.open(target(SCHEMA, append())).close());
            assertThat(opening.kind()).as(opening.toString()).isEqualTo(wrong.kind());
            SourceTests.assertKeepsSecrets(wrong, report + " " + opening + " " + context.lines());
        }
    }

    @Test
    final void itsTraitsAreThoseThatAreExpected() throws Exception {
        DestinationTraits traits = open().traits();
        for (DestinationSyncMode mode : TABLE_MODES) {
            assertThat(traits.modes().contains(mode)).as(mode.name()).isEqualTo(gaps().has(DestinationTrait.of(mode)));
        }
        assertThat(traits.namespaces()).as("namespaces").isEqualTo(gaps().has(DestinationTrait.NAMESPACES));
        assertThat(traits.operations()).as("operations").isEqualTo(gaps().has(DestinationTrait.OPERATIONS));
        assertThat(traits.unchangedValues())
                .as("unchanged values")
                .isEqualTo(gaps().has(DestinationTrait.UNCHANGED_VALUES));
        assertThat(traits.ledger()).as("ledger").isEqualTo(gaps().has(DestinationTrait.LEDGER));
        gaps().expect(
                        DestinationTrait.PARALLEL_WRITERS,
                        () -> assertThat(traits.maxWriters()).isGreaterThan(1),
                        () -> assertThat(traits.maxWriters()).isEqualTo(1));
    }

    @Test
    final void aModeThatItDoesNotHaveIsRefused() {
        Destination destination = open();
        for (DestinationSyncMode mode : DestinationSyncMode.values()) {
            if (!destination.traits().modes().contains(mode)) {
                TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
                SourceTests.problemOf(
                        "opening in the mode " + mode,
                        () -> destination.open(spec).close());
            }
        }
    }

    @Test
    final void changesOfALogAreRefusedByThoseWhoCannotApplyThem() {
        Destination destination = open();
        WriteMode merge = dedup(DestinationSyncMode.APPEND_DEDUP, null, ID);
        need(merge);
        if (!destination.traits().operations()) {
            refuses(
                    "a delete",
                    destination,
                    merge,
                    BatchMaker.of(SCHEMA).row(Operation.DELETE, 1, "gone").build());
        }
        if (!destination.traits().unchangedValues()) {
            refuses(
                    "an unchanged value",
                    destination,
                    merge,
                    BatchMaker.of(SCHEMA)
                            .row(Operation.UPDATE, 1, Values.UNCHANGED)
                            .build());
        }
    }

    private static void refuses(String what, Destination destination, WriteMode mode, RecordBatch batch) {
        TargetSpec spec = target(SCHEMA, mode);
        try (TargetRun run = TargetRun.open(destination, spec)) {
            SourceTests.problemOf(what, () -> run.split("only", batch));
        }
    }

    @Test
    final void aPlanSaysWhatWillHappenAndChangesNothing() {
        Destination destination = open();
        for (DestinationSyncMode mode : modes()) {
            TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
            TargetPlan plan = destination.plan(spec);
            assertThat(plan.action()).as("the first run in " + mode).isEqualTo(TargetPlan.Action.CREATE);
            assertThat(destination.plan(spec)).isEqualTo(plan);
            assertThat(destination.ledger(spec)).isEmpty();
            if (gaps().has(DestinationTrait.READ_BACK)) {
                assertThat(fixture().read(plan)).isEmpty();
                write(destination, spec, batch(1, 3));
                assertThat(destination.plan(run(spec, 2, 2)).action())
                        .as("the second run in " + mode)
                        .isEqualTo(mode.overwrites() ? TargetPlan.Action.REPLACE : TargetPlan.Action.EXTEND);
                assertThat(destination.plan(run(spec, 2, 2)).location()).isEqualTo(plan.location());
                assertContent("what was there before the plan", destination, spec, rows(1, 3));
            }
        }
    }

    @Test
    final void aPlanHasAColumnForEachField() {
        TargetPlan plan = open().plan(target(SCHEMA, append()));
        assertThat(plan.columns()).extracting(ColumnPlan::field).isEqualTo(SCHEMA.fields());
        assertThat(plan.columns()).extracting(ColumnPlan::column).doesNotHaveDuplicates();
        assertThat(plan.columns()).allSatisfy(column -> {
            assertThat(column.columnType()).isNotBlank();
            assertThat(column.action()).isEqualTo(ColumnPlan.Action.CREATE);
        });
        assertThat(plan.location()).isNotBlank();
    }
}
