package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Append and overwrite: what stays, what goes, and when readers see it. */
abstract class DestinationModeTests extends DestinationTests {
    @Test
    final void appendedRowsAddUp() {
        need(append());
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, append());
        write(destination, spec, batch(1, 10));
        write(destination, run(spec, 1, 2), batch(5, 12));
        assertContent("two appended runs", destination, spec, concat(rows(1, 10), rows(5, 12)));
    }

    @Test
    final void appendedRowsAreSeenWhenTheyAreCommitted() {
        need(append());
        gaps().need(DestinationTrait.ATOMIC_COMMIT);
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, append());
        try (TargetRun run = TargetRun.open(destination, spec)) {
            TestWriteContext host = new TestWriteContext();
            try (Writer writer = run.target().writer(host)) {
                var prepared = run.prepare(writer, host, "only", "5", batch(1, 5));
                assertContent("rows that are prepared", destination, spec, List.of());
                run.target().commit(prepared);
                assertContent("rows that are committed", destination, spec, rows(1, 5));
            }
        }
        assertContent("rows after the target was closed", destination, spec, rows(1, 5));
    }

    @Test
    final void anOverwriteReplacesWhatWasThere() {
        need(overwrite());
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, overwrite());
        write(destination, spec, batch(1, 10));
        assertContent("the first generation", destination, spec, rows(1, 10));
        write(destination, run(spec, 2, 2), batch(20, 25));
        assertContent("the second generation", destination, spec, rows(20, 25));
    }

    @Test
    final void anOverwriteWithoutRowsLeavesAnEmptyTarget() {
        need(overwrite());
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, overwrite());
        write(destination, spec, batch(1, 10));
        try (TargetRun run = TargetRun.open(destination, run(spec, 2, 2))) {
            run.publish(null);
        }
        assertEmptyPlace(destination, spec);
    }

    @Test
    final void aFirstRunWithoutRowsMakesAnEmptyTarget() {
        for (DestinationSyncMode mode : modes()) {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
            try (TargetRun run = TargetRun.open(destination, spec)) {
                run.split("empty").publish(null);
            }
            assertEmptyPlace(destination, spec);
        }
    }

    private void assertEmptyPlace(Destination destination, TargetSpec spec) {
        if (gaps().has(DestinationTrait.READ_BACK)) {
            assertThat(content(destination, spec)).as("the empty target").hasValue(List.of());
        }
    }

    @Test
    final void readersSeeTheOldContentUntilTheNewOneIsPublished() throws Exception {
        need(overwrite());
        gaps().need(DestinationTrait.READ_BACK);
        gaps().expect(DestinationTrait.ATOMIC_PUBLISH, () -> {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, overwrite());
            write(destination, spec, batch(1, 10));
            TargetSpec next = run(spec, 2, 2);
            try (TargetRun run = TargetRun.open(destination, next)) {
                assertContent("after opening", destination, spec, rows(1, 10));
                run.commit("a", "1", batch(20, 22));
                run.split("b", batch(23, 25));
                assertContent("after commits", destination, spec, rows(1, 10));
            }
            assertContent("after an interruption", destination, spec, rows(1, 10));
            if (gaps().has(DestinationTrait.LEDGER)) {
                try (TargetRun run = TargetRun.goOn(
                        destination, next, ledger(destination, next).splits())) {
                    run.split("a", batch(26, 27)).publish(END);
                }
                assertContent("after publishing", destination, spec, rows(20, 27));
            }
        });
    }

    @Test
    final void aReaderNeverSeesAMixture() {
        need(overwrite());
        gaps().need(DestinationTrait.READ_BACK, DestinationTrait.ATOMIC_PUBLISH);
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, overwrite());
        write(destination, spec, generationOf(1));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        try (Parallel.Running readers = Parallel.start(2, index -> {
            Destination watching = index == 0 ? destination : open();
            while (!done.get()) {
                assertOneGeneration(content(watching, spec).orElse(List.of()));
                looks.incrementAndGet();
            }
        })) {
            assertThat(readers).isNotNull();
            try {
                for (int generation = 2; generation <= 12; generation++) {
                    write(destination, run(spec, generation, generation), generationOf(generation));
                }
            } finally {
                done.set(true);
            }
        }
        assertThat(looks).as("looks while content was replaced").hasPositiveValue();
    }

    private static void assertOneGeneration(List<Row> rows) {
        Set<String> generations = new HashSet<>();
        rows.forEach(row -> generations.add(row.text(1)));
        assertThat(generations).as("the generations in one look").hasSize(1);
        assertThat(rows).as("the rows of one look").hasSize(200);
    }

    private static RecordBatch generationOf(int generation) {
        BatchMaker batch = BatchMaker.of(SCHEMA);
        for (int id = 1; id <= 200; id++) {
            batch.row(id, "generation " + generation);
        }
        return batch.build();
    }

    @Test
    final void aPublishThatMissesRowsFailsAndKeepsTheOldContent() throws Exception {
        need(overwrite());
        gaps().expect(DestinationTrait.VERIFIED_PUBLISH, () -> {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, overwrite());
            write(destination, spec, batch(1, 10));
            try (TargetRun run = TargetRun.open(destination, run(spec, 2, 2))) {
                run.split("only", batch(20, 25));
                Problem problem = SourceTests.problemOf(
                        "publishing fewer rows than were committed",
                        () -> run.target().publish(7, END));
                assertThat(problem.kind()).as(problem.toString()).isEqualTo(ProblemKind.INTEGRITY);
            }
            assertContent("after a failed publish", destination, spec, rows(1, 10));
        });
    }

    @Test
    final void aGenerationThatKeepsOlderOnesAddsToThem() {
        need(append());
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, append());
        write(destination, spec, batch(1, 3));
        write(destination, spec.withGeneration(new Generation(2, 0, 2)), batch(1, 3));
        assertContent("two generations", destination, spec, concat(rows(1, 3), rows(1, 3)));
    }

    @Test
    final void aGenerationThatTruncatesReplacesOlderOnesInEachMode() {
        Destination destination = open();
        for (DestinationSyncMode mode : modes()) {
            TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
            write(destination, spec, batch(1, 5));
            TargetSpec refresh = spec.withGeneration(new Generation(2, 2, 2));
            try (TargetRun run = TargetRun.open(destination, refresh)) {
                run.split("only", batch(3, 8));
                if (gaps().has(DestinationTrait.ATOMIC_PUBLISH)) {
                    assertContent("before publishing a refresh in " + mode, destination, spec, rows(1, 5));
                }
                run.publish(END);
            }
            assertContent("a refresh in " + mode, destination, spec, rows(3, 8));
            // The next increment of the refreshed generation adds to it.
            if (!mode.overwrites()) {
                write(destination, spec.withGeneration(new Generation(2, 0, 3)), batch(9, 10));
                assertContent("an increment in " + mode, destination, spec, rows(3, 10));
            }
        }
    }

    @Test
    final void manySplitsCommitsAndBatchesAddUp() {
        for (DestinationSyncMode mode : modes()) {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
            List<Row> expected = new ArrayList<>();
            try (TargetRun run = TargetRun.open(destination, spec)) {
                int next = 1;
                for (int split = 0; split < 6; split++) {
                    for (int commit = 0; commit < 4; commit++) {
                        int last = next + 2 * split + commit + 1;
                        expected.addAll(rows(next, last));
                        String position = commit == 3 ? null : "after " + commit;
                        run.commit(
                                "split " + split, position, batch(next, next + split), batch(next + split + 1, last));
                        next = last + 1;
                    }
                }
                run.publish(END);
            }
            assertContent("many commits in " + mode, destination, spec, expected);
        }
    }

    @Test
    final void aTargetMayHaveNoField() throws Exception {
        need(append());
        gaps().expect(DestinationTrait.FIELDLESS_TARGETS, () -> {
            Destination destination = open();
            TargetSpec spec = target(Schema.of(), append());
            RecordBatch three = BatchMaker.batch(Schema.of(), List.of(Row.of(), Row.of(), Row.of()));
            write(destination, spec, three);
            write(destination, run(spec, 1, 2), three);
            assertContent(
                    "rows without fields",
                    destination,
                    spec,
                    List.of(Row.of(), Row.of(), Row.of(), Row.of(), Row.of(), Row.of()));
        });
    }

    @Test
    final void namespacesKeepTargetsApart() throws Exception {
        need(append());
        gaps().expect(
                        DestinationTrait.NAMESPACES,
                        () -> {
                            Destination destination = open();
                            String name = freshName();
                            TargetSpec one = named(new TargetName(freshName(), name), SCHEMA, append());
                            TargetSpec other = named(new TargetName(freshName(), name), SCHEMA, append());
                            write(destination, one, batch(1, 3));
                            write(destination, other, batch(4, 6));
                            assertContent("one namespace", destination, one, rows(1, 3));
                            assertContent("the other namespace", destination, other, rows(4, 6));
                        },
                        () -> assertThat(open().traits().namespaces()).isFalse());
    }

    @Test
    final void aTargetThatWasWrittenInOneModeCanBeWrittenInAnother() {
        gaps().need(DestinationTrait.APPEND, DestinationTrait.OVERWRITE);
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, append());
        write(destination, spec, batch(1, 3));
        TargetSpec replacing =
                new TargetSpec(OWNER, spec.stream(), spec.name(), SCHEMA, overwrite(), generation(overwrite(), 2, 2));
        write(destination, replacing, batch(4, 6));
        assertContent("overwritten after append", destination, spec, rows(4, 6));
        write(destination, spec.withGeneration(new Generation(2, 0, 3)), batch(7, 9));
        assertContent("appended after overwrite", destination, spec, rows(4, 9));
    }
}
