package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Splits of full reads: parallel reading, one moment, and going on after an interruption. */
abstract class SourceSplitTests extends SourceTests {
    @Test
    final void splitsShareNoRowAndMissNone() {
        KnownStream known = fixture().stream(fixture().rowsForSplits());
        Source source = open();
        StreamRead read = fullRead(discover(source, known.id()));
        try (StreamReading reading =
                StreamReading.plan(source, read, BEGINNING, BatchSize.DEFAULT).orElseThrow()) {
            Rows.assertSame(
                    "splits read side by side",
                    known.rows(),
                    reading.readAllInParallel(4).rows());
        }
    }

    @Test
    final void aLargeStreamIsDivided() throws Exception {
        KnownStream known = fixture().stream(fixture().rowsForSplits());
        Source source = open();
        try (StreamReading reading = StreamReading.begin(source, fullRead(discover(source, known.id())), BEGINNING)) {
            List<Split> splits = reading.plan().splits();
            gaps().expect(
                            SourceTrait.PARALLEL_SPLITS,
                            () -> assertThat(splits).hasSizeGreaterThan(1),
                            () -> assertThat(splits).hasSizeLessThanOrEqualTo(1));
            assertThat(splits).allSatisfy(split -> {
                assertThat(split.estimate().rows()).isGreaterThanOrEqualTo(Estimate.UNKNOWN);
                assertThat(split.estimate().bytes()).isGreaterThanOrEqualTo(Estimate.UNKNOWN);
            });
        }
    }

    @Test
    final void aPlanIsPlainDataThatAnotherSourceCanRead() {
        KnownStream known = fixture().stream(500);
        Source planner = open();
        StreamRead read = fullRead(discover(planner, known.id()));
        try (PlannedRead planned = planned(planner, read)) {
            ReadPlan copy = copyOf(planned.plan());
            Source reader = open();
            StreamRead sameRead = fullRead(discover(reader, known.id()));
            List<Row> rows = new ArrayList<>();
            for (Split split : copy.splits()) {
                TestReadContext host = new TestReadContext(BatchSize.DEFAULT);
                try (SplitReader splitReader = reader.open(sameRead, copy, split, null, host)) {
                    for (var batch = splitReader.read(); batch != null; batch = splitReader.read()) {
                        rows.addAll(Rows.of(batch));
                    }
                }
            }
            Rows.assertSame("a plan that travelled", known.rows(), rows);
        }
    }

    private static PlannedRead planned(Source source, StreamRead read) {
        if (source.plan(read, BEGINNING) instanceof PlanResult.Planned(PlannedRead planned)) {
            return planned;
        }
        throw new AssertionError("a read from the beginning can always be planned");
    }

    private static ReadPlan copyOf(ReadPlan plan) {
        List<Split> splits = plan.splits().stream()
                .map(split -> new Split(
                        String.valueOf(split.id().toCharArray()),
                        String.valueOf(split.payload().toCharArray()),
                        split.estimate()))
                .toList();
        return new ReadPlan(String.valueOf(plan.token().toCharArray()), splits, plan.end());
    }

    @Test
    final void aReadShowsTheStreamAsItWasInOneMoment() {
        gaps().need(SourceTrait.TABLES, SourceTrait.EDITS, SourceTrait.TRANSACTIONS, SourceTrait.SNAPSHOT);
        int rows = fixture().rowsForSplits();
        StandardTable table =
                StandardTable.empty(fixture(), fixture().cursorTypes().getFirst());
        Transfers transfers = new Transfers(table, rows);
        Source source = open();
        StreamRead read = fullRead(discover(source, table.table().id()));
        try (Parallel.Running writers = Parallel.start(4, transfers);
                Transfers ending = transfers) {
            for (int round = 0; round < 3; round++) {
                List<Row> seen = readWhileMoving(source, read, transfers);
                assertThat(seen).hasSize(rows);
                assertThat(seen.stream()
                                .mapToLong(row -> Long.parseLong(row.text(StandardTable.NAME)))
                                .sum())
                        .as("a sum that each moment has")
                        .isEqualTo((long) rows * (rows + 1) / 2);
            }
            assertThat(ending).isSameAs(transfers);
            assertThat(writers.isRunning()).isTrue();
        }
    }

    private static List<Row> readWhileMoving(Source source, StreamRead read, Transfers transfers) {
        try (StreamReading reading =
                StreamReading.plan(source, read, BEGINNING, BatchSize.DEFAULT).orElseThrow()) {
            for (Split split : reading.plan().splits()) {
                transfers.awaitMore(5);
                reading.readSplit(split);
            }
            return reading.rows();
        }
    }

    /** Moves amounts between rows, each time in one transaction, so that the sum never changes. */
    private static final class Transfers implements Parallel.Task, AutoCloseable {
        /** Keeps systems that are very fast from filling their memory with versions of rows. */
        private static final long PAUSE_NANOS = 200_000;

        private final StandardTable table;
        private final long[] amounts;
        private final int rows;
        private final AtomicLong done = new AtomicLong();
        private final AtomicBoolean stop = new AtomicBoolean();

        Transfers(StandardTable table, int rows) {
            this.table = table;
            this.rows = rows;
            this.amounts = new long[rows + 1];
            List<Row> all = new ArrayList<>(rows);
            for (int id = 1; id <= rows; id++) {
                amounts[id] = id;
                all.add(table.row(id, Long.toString(id), (long) id));
            }
            table.insert(all);
        }

        void awaitMore(int count) {
            long wanted = done.get() + count;
            Await.until("transfers between rows", () -> done.get() >= wanted);
        }

        @Override
        public void close() {
            stop.set(true);
        }

        /** Each thread has rows of its own, spread over the whole table. */
        @Override
        public void run(int index) {
            SplittableRandom random = new SplittableRandom(index);
            int share = rows / 4;
            while (!stop.get()) {
                int one = 1 + 4 * random.nextInt(share / 2) + index;
                int other = 1 + 4 * (share / 2 + random.nextInt(share / 2)) + index;
                long amount = random.nextInt(1000);
                amounts[one] -= amount;
                amounts[other] += amount;
                try (SourceTable.Edit edit = table.table().begin()) {
                    edit.update(table.row(one, Long.toString(amounts[one]), (long) one));
                    edit.update(table.row(other, Long.toString(amounts[other]), (long) other));
                    edit.commit();
                }
                done.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Test
    final void anInterruptedReadGoesOnAfterEachBatch() throws Exception {
        KnownStream known = fixture().stream(40);
        gaps().expect(
                        SourceTrait.RESUME,
                        () -> {
                            boolean more = true;
                            for (int batches = 0; more; batches++) {
                                more = resumesAfter(known, batches);
                            }
                        },
                        () -> cannotResume(known));
    }

    /** Interrupts a read after so many batches and goes on with a new source; false if the read was at its end before. */
    private boolean resumesAfter(KnownStream known, int batches) {
        List<Row> rows;
        ReadStart.Resume resume;
        int left = batches;
        boolean interrupted = false;
        try (Source source = fixture().open(context);
                StreamReading reading =
                        StreamReading.begin(source, fullRead(discover(source, known.id())), BEGINNING)) {
            while (!interrupted && !reading.splitsLeft().isEmpty()) {
                int before = reading.batches().size();
                interrupted = !reading.read(reading.splitsLeft().getFirst(), left);
                left -= reading.batches().size() - before;
            }
            rows = new ArrayList<>(reading.rows());
            resume = reading.resume();
        }
        Source source = open();
        try (StreamReading rest = StreamReading.begin(source, fullRead(discover(source, known.id())), resume)) {
            assertThat(rest.plan().splits())
                    .as("the splits of the resumed read")
                    .extracting(Split::id)
                    .containsExactlyInAnyOrderElementsOf(
                            resume.plan().splits().stream().map(Split::id).toList());
            rows.addAll(rest.readAll().rows());
        }
        Rows.assertSame("a read interrupted after " + batches + " batches", known.rows(), rows);
        return interrupted;
    }

    private void cannotResume(KnownStream known) {
        Source source = open();
        StreamRead read = fullRead(discover(source, known.id()));
        try (StreamReading reading = StreamReading.begin(source, read, BEGINNING)) {
            reading.read(reading.splitsLeft().getFirst(), 2);
            assertThat(StreamReading.plan(source, read, reading.resume(), StreamReading.SMALL_BATCHES))
                    .as("the declared gap RESUME: the source says that it cannot resume")
                    .isEmpty();
        }
    }

    @Test
    final void aReadThatWasInterruptedAtItsEndHasNothingLeft() {
        gaps().need(SourceTrait.RESUME);
        KnownStream known = fixture().stream(40);
        ReadStart.Resume resume;
        try (Source source = fixture().open(context);
                StreamReading reading =
                        StreamReading.begin(source, fullRead(discover(source, known.id())), BEGINNING)) {
            resume = reading.readAll().resume();
        }
        Source source = open();
        try (StreamReading rest = StreamReading.begin(source, fullRead(discover(source, known.id())), resume)) {
            assertThat(rest.readAll().rows()).isEmpty();
        }
    }

    @Test
    final void aSplitThatHasNotBegunIsReadWholeAfterAnInterruption() {
        gaps().need(SourceTrait.RESUME);
        KnownStream known = fixture().stream(40);
        ReadPlan plan;
        try (Source source = fixture().open(context);
                StreamReading reading =
                        StreamReading.begin(source, fullRead(discover(source, known.id())), BEGINNING)) {
            plan = reading.plan();
        }
        Source source = open();
        ReadStart.Resume resume = new ReadStart.Resume(plan, null, Map.<String, SplitProgress>of());
        try (StreamReading rest = StreamReading.begin(source, fullRead(discover(source, known.id())), resume)) {
            Rows.assertSame(
                    "a plan that was saved and never read",
                    known.rows(),
                    rest.readAll().rows());
        }
    }

    @Test
    final void aTableThatWasChangedInBetweenIsReadCorrectlyOrAnew() {
        gaps().need(SourceTrait.TABLES, SourceTrait.EDITS, SourceTrait.RESUME);
        StandardTable table = StandardTable.create(fixture(), 60);
        List<Row> before = table.expected();
        List<Row> rows;
        ReadStart.Resume resume;
        try (Source source = fixture().open(context);
                StreamReading reading = StreamReading.begin(
                        source, fullRead(discover(source, table.table().id())), BEGINNING)) {
            reading.read(reading.splitsLeft().getFirst(), 3);
            rows = new ArrayList<>(reading.rows());
            resume = reading.resume();
        }
        table.update(table.row(2, "changed", 1_000L), table.row(55, "changed", 1_001L));
        table.delete(table.row(3), table.row(50));
        table.insert(List.of(table.row(0, "new", 1_002L), table.row(61, "new", 1_003L)));
        Source source = open();
        Optional<StreamReading> resumed = StreamReading.plan(
                source, fullRead(discover(source, table.table().id())), resume, StreamReading.SMALL_BATCHES);
        if (resumed.isPresent()) {
            try (StreamReading rest = resumed.get()) {
                rows.addAll(rest.readAll().rows());
            }
            requireOneMoment(rows, before, table.expected());
        }
        Rows.assertSame(
                "a read from the beginning",
                table.expected(),
                readWhole(table.table().id()));
    }

    private static void requireOneMoment(List<Row> rows, List<Row> before, List<Row> after) {
        try {
            Rows.assertSame("the resumed read, held against the old content", before, rows);
        } catch (AssertionError notOld) {
            try {
                Rows.assertSame("the resumed read, held against the new content", after, rows);
            } catch (AssertionError notNew) {
                notNew.addSuppressed(notOld);
                throw new AssertionError(
                        "a full read was resumed although the table had changed, and mixes two contents", notNew);
            }
        }
    }

    @Test
    final void aTableThatWasMadeAnewIsNotResumed() {
        gaps().need(SourceTrait.TABLES, SourceTrait.RESUME, SourceTrait.PLAN_IDENTITY);
        StandardTable old = StandardTable.create(fixture(), 40);
        ReadStart.Resume resume;
        try (Source source = fixture().open(context);
                StreamReading reading = StreamReading.begin(
                        source, fullRead(discover(source, old.table().id())), BEGINNING)) {
            reading.read(reading.splitsLeft().getFirst(), 2);
            resume = reading.resume();
        }
        old.table().drop();
        StandardTable anew = StandardTable.named(
                fixture(), fixture().cursorTypes().getFirst(), old.table().id().name());
        anew.insert(List.of(anew.row(1, "another", 1L), anew.row(40, "another", 40L)));
        Source source = open();
        @Nullable
        StreamReading rest = StreamReading.plan(
                        source, fullRead(discover(source, anew.table().id())), resume, StreamReading.SMALL_BATCHES)
                .orElse(null);
        if (rest != null) {
            rest.close();
        }
        assertThat(rest)
                .as("the resumed read of a table that was dropped and made anew under the same name")
                .isNull();
    }
}
