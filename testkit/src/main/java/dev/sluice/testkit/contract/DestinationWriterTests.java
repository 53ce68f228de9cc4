package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Writers: side by side, used for long, given up, cancelled. */
abstract class DestinationWriterTests extends DestinationTests {
    @Test
    final void writersWorkSideBySide() {
        for (DestinationSyncMode mode : modes()) {
            Destination destination = open();
            int writers = Math.min(8, destination.traits().maxWriters());
            TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
            ConcurrentLinkedQueue<Row> expected = new ConcurrentLinkedQueue<>();
            try (Target target = destination.open(spec)) {
                Parallel.run(writers, index -> writeShare(target, index, expected));
                if (gaps().has(DestinationTrait.LEDGER)) {
                    assertThat(ledger(destination, spec).splits()).hasSize(writers * 2);
                }
                target.publish(expected.size(), END);
            }
            assertContent(writers + " writers in " + mode, destination, spec, List.copyOf(expected));
        }
    }

    /** Two splits one after another, each in several commits. */
    private static void writeShare(Target target, int index, ConcurrentLinkedQueue<Row> expected) {
        try (Writer writer = target.writer(new TestWriteContext())) {
            for (int split = 0; split < 2; split++) {
                long rows = 0;
                for (int commit = 0; commit < 5; commit++) {
                    int first = 1 + ((index * 2 + split) * 5 + commit) * 40;
                    RecordBatch batch = batch(first, first + 39);
                    writer.write(batch);
                    rows += batch.rows();
                    String position = commit == 4 ? null : Integer.toString(commit);
                    Committable prepared = writer.prepare(new Marker(
                            "split " + index + " " + split, new SplitProgress(position, position == null, rows)));
                    assertThat(prepared.rows()).isEqualTo(batch.rows());
                    target.commit(prepared);
                    expected.addAll(Rows.of(batch));
                }
            }
        }
    }

    @Test
    final void writersKeepTheirRowsApart() {
        gaps().need(DestinationTrait.PARALLEL_WRITERS);
        for (DestinationSyncMode mode : modes()) {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
            try (TargetRun run = TargetRun.open(destination, spec)) {
                TestWriteContext host = new TestWriteContext();
                try (Writer one = run.target().writer(host);
                        Writer other = run.target().writer(host)) {
                    other.write(batch(100, 120));
                    one.write(batch(1, 5));
                    other.write(batch(121, 140));
                    Committable prepared = one.prepare(new Marker("one", new SplitProgress(null, true, 5)));
                    assertThat(prepared.rows()).as("the rows of one writer").isEqualTo(5);
                    run.target().commit(prepared);
                }
                run.target().publish(5, END);
            }
            assertContent("the writer that committed in " + mode, destination, spec, rows(1, 5));
        }
    }

    @Test
    final void aWriterCommitsManyTimes() {
        for (DestinationSyncMode mode : modes()) {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
            try (TargetRun run = TargetRun.open(destination, spec)) {
                TestWriteContext host = new TestWriteContext();
                try (Writer writer = run.target().writer(host)) {
                    for (int commit = 1; commit <= 40; commit++) {
                        run.commit(writer, host, "only", commit == 40 ? null : "" + commit, batch(commit, commit));
                    }
                }
                run.publish(END);
            }
            assertContent("forty commits in " + mode, destination, spec, rows(1, 40));
        }
    }

    @Test
    final void aCommitWithoutRowsMovesTheMarker() {
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, firstMode());
        try (TargetRun run = TargetRun.open(destination, spec)) {
            TestWriteContext host = new TestWriteContext();
            try (Writer writer = run.target().writer(host)) {
                run.commit(writer, host, "empty", "1");
                run.commit(writer, host, "empty", "2", batch(1, 2));
                run.commit(writer, host, "empty", null);
            }
            if (gaps().has(DestinationTrait.LEDGER)) {
                assertThat(ledger(destination, spec).splits())
                        .containsOnly(Map.entry("empty", new SplitProgress(null, true, 2)));
            }
            run.publish(END);
        }
        assertContent("rows between empty commits", destination, spec, rows(1, 2));
    }

    @Test
    final void batchesOfAnySizeAddUp() {
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, firstMode());
        List<RecordBatch> batches = new ArrayList<>();
        List<Row> expected = new ArrayList<>();
        int next = 1;
        for (int size : new int[] {1, 2, 1_023, 1_024, 1_025, 1, 2_047, 2_048, 2_049, 5_000}) {
            List<Row> rows = rows(next, next + size - 1);
            batches.add(BatchMaker.batch(SCHEMA, rows));
            expected.addAll(rows);
            next += size;
        }
        write(destination, spec, batches.toArray(RecordBatch[]::new));
        assertContent("batches of any size", destination, spec, expected);
    }

    @Test
    final void aWriterThatIsGivenUpHurtsNobody() {
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, firstMode());
        try (TargetRun run = TargetRun.open(destination, spec)) {
            run.target().writer(new TestWriteContext()).close();
            try (Writer writer = run.target().writer(new TestWriteContext())) {
                writer.write(batch(100, 200));
            }
            run.split("only", batch(1, 5)).publish(END);
        }
        assertContent("what another writer committed", destination, spec, rows(1, 5));
    }

    @Test
    final void aCancelledWriterEndsSoonWithAProblem() {
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, firstMode());
        try (TargetRun run = TargetRun.open(destination, spec)) {
            run.split("kept", batch(1, 5));
            try (Writer writer = run.target().writer(new TestWriteContext())) {
                writer.write(batch(10, 20));
                Await.end(Thread.ofPlatform().start(writer::cancel));
                SourceTests.problemOf("a cancelled writer", () -> writeOn(writer));
            }
        }
        if (gaps().has(DestinationTrait.LEDGER)) {
            try (TargetRun run =
                    TargetRun.goOn(destination, spec, ledger(destination, spec).splits())) {
                run.publish(END);
            }
            assertContent("what was committed before", destination, spec, rows(1, 5));
        }
    }

    /** So much that a writer that goes on shows it, and little enough to end. */
    private static void writeOn(Writer writer) {
        for (int i = 0; i < 200; i++) {
            writer.write(batch(1000 + i * 100, 1099 + i * 100));
        }
        writer.prepare(new Marker("cancelled", new SplitProgress(null, true, 20_011)));
    }

    @Test
    final void aBlockedWriterCanBeCancelled() {
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, firstMode());
        try (TargetRun run = TargetRun.open(destination, spec);
                Writer writer = run.target().writer(new TestWriteContext());
                SourceFixture.Stall stall = fixture().stall().orElse(null)) {
            Assumptions.assumeTrue(stall != null, "the fixture cannot make the destination stall");
            AtomicReference<@Nullable Problem> ended = new AtomicReference<>();
            Thread thread = Thread.ofPlatform()
                    .start(() -> ended.set(SourceTests.problemOf("a blocked writer", () -> {
                        while (true) {
                            writeOn(writer);
                        }
                    })));
            writer.cancel();
            Await.end(thread);
            assertThat(ended.get()).as("how the blocked writer ended").isNotNull();
        }
    }
}
