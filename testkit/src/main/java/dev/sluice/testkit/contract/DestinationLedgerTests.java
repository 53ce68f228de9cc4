package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.testkit.drive.CopyDriver;
import dev.sluice.testkit.drive.CopyState;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Commits with their markers, and what is left of them after interruptions and crashes. */
abstract class DestinationLedgerTests extends DestinationTests {
    private Stream<TargetSpec> targets() {
        return modes().stream().map(mode -> target(SCHEMA, dedup(mode, null, ID)));
    }

    @Test
    final void withoutALedgerItAnswersNothing() throws Exception {
        Destination destination = open();
        TargetSpec spec = targets().findFirst().orElseThrow();
        write(destination, spec, batch(1, 3));
        gaps().expect(
                        DestinationTrait.LEDGER,
                        () -> assertThat(destination.ledger(spec)).isPresent(),
                        () -> assertThat(destination.ledger(spec)).isEmpty());
    }

    @Test
    final void theLedgerTellsTheRunAndItsMarkers() {
        gaps().need(DestinationTrait.LEDGER);
        targets().forEach(spec -> {
            Destination destination = open();
            assertThat(destination.ledger(spec)).isEmpty();
            try (TargetRun run = TargetRun.open(destination, spec)) {
                run.commit("a", "after 4", batch(1, 4)).split("b", batch(5, 10));
                Ledger during = ledger(destination, spec);
                assertThat(during)
                        .isEqualTo(new Ledger(
                                OWNER.connectionId(),
                                1,
                                1,
                                false,
                                null,
                                Map.of(
                                        "a", new SplitProgress("after 4", false, 4),
                                        "b", new SplitProgress(null, true, 6))));
                run.split("a", batch(11, 12)).publish(END);
            }
            assertThat(ledger(open(), spec)).isEqualTo(new Ledger(OWNER.connectionId(), 1, 1, true, END, Map.of()));
        });
    }

    @Test
    final void theLedgerIsFoundWhateverGenerationAsks() {
        gaps().need(DestinationTrait.LEDGER);
        targets().forEach(spec -> {
            Destination destination = open();
            write(destination, run(spec, 3, 7), batch(1, 3));
            TargetSpec asking = spec.withGeneration(new Generation(0, 0, 0));
            assertThat(ledger(destination, asking))
                    .isEqualTo(new Ledger(OWNER.connectionId(), 3, 7, true, END, Map.of()));
        });
    }

    @Test
    final void theLastPositionStaysWhileTheNextRunIsUnderWay() {
        gaps().need(DestinationTrait.LEDGER);
        targets().forEach(spec -> {
            Destination destination = open();
            write(destination, spec, batch(1, 3));
            TargetSpec next = run(spec, 2, 2);
            Position later = new Position("other identity", "{\"at\":2}");
            try (TargetRun run = TargetRun.open(destination, next)) {
                run.split("only", batch(4, 6));
                assertThat(ledger(destination, next).position()).isEqualTo(END);
                assertThat(ledger(destination, next).published()).isFalse();
                run.publish(later);
            }
            assertThat(ledger(destination, next).position()).isEqualTo(later);
            try (TargetRun run = TargetRun.open(destination, run(spec, 3, 3))) {
                run.publish(null);
            }
            assertThat(ledger(destination, spec).position()).isNull();
        });
    }

    @Test
    final void positionsAndSplitsOfAnyTextAreKept() {
        gaps().need(DestinationTrait.LEDGER);
        TargetSpec spec = targets().findFirst().orElseThrow();
        Destination destination = open();
        String odd = "quote\" apostrophe' backslash\\ newline\n emoji \uD83D\uDE80 percent% {\"json\":[1]}";
        String longId = "s".repeat(190) + " '\"\\\uD83D\uDE80";
        Position end = new Position(odd, "v" + odd + "x".repeat(100_000));
        try (TargetRun run = TargetRun.open(destination, spec)) {
            run.commit(longId, odd, batch(1, 2))
                    .commit("'", "", batch(3, 4))
                    .commit("\"", "x".repeat(50_000), batch(5, 6));
            assertThat(ledger(open(), spec).splits())
                    .isEqualTo(Map.of(
                            longId,
                            new SplitProgress(odd, false, 2),
                            "'",
                            new SplitProgress("", false, 2),
                            "\"",
                            new SplitProgress("x".repeat(50_000), false, 2)));
            run.publish(end);
        }
        assertThat(ledger(open(), spec).position()).isEqualTo(end);
    }

    @Test
    final void manySplitsAreKept() {
        gaps().need(DestinationTrait.LEDGER);
        TargetSpec spec = targets().findFirst().orElseThrow();
        Destination destination = open();
        try (TargetRun run = TargetRun.open(destination, spec)) {
            for (int split = 1; split <= 60; split++) {
                run.split("split " + split, batch(split, split));
            }
            assertThat(ledger(destination, spec).splits()).hasSize(60);
            run.publish(null);
        }
        assertContent("one row a split", destination, spec, rows(1, 60));
    }

    @Test
    final void whatWasPreparedAndNotCommittedIsGone() {
        targets().forEach(spec -> {
            Destination destination = open();
            try (TargetRun run = TargetRun.open(destination, spec)) {
                run.split("kept", batch(1, 3));
                TestWriteContext host = new TestWriteContext();
                try (Writer writer = run.target().writer(host)) {
                    run.commit(writer, host, "half", "6", batch(4, 6));
                    run.prepare(writer, host, "half", null, batch(7, 9));
                }
                try (Writer writer = run.target().writer(host)) {
                    writer.write(batch(50, 60));
                }
                run.split("half", batch(7, 8)).publish(END);
            }
            assertContent("rows that were committed", destination, spec, rows(1, 8));
        });
    }

    @Test
    final void aCrashBeforeTheCommitLeavesNeitherRowsNorMarker() {
        gaps().need(DestinationTrait.LEDGER, DestinationTrait.ATOMIC_COMMIT);
        targets().forEach(spec -> {
            Destination first = fixture().open(context);
            TargetRun run = TargetRun.open(first, spec);
            run.split("done", batch(1, 3));
            TestWriteContext host = new TestWriteContext();
            Writer writer = run.target().writer(host);
            run.prepare(writer, host, "lost", null, batch(4, 6));
            fixture().crash(first);

            Destination second = open();
            Map<String, SplitProgress> splits = ledger(second, spec).splits();
            assertThat(splits).isEqualTo(Map.of("done", new SplitProgress(null, true, 3)));
            try (TargetRun again = TargetRun.goOn(second, spec, splits)) {
                again.split("lost", batch(4, 5)).publish(END);
            }
            assertContent("rows after a crash before a commit", second, spec, rows(1, 5));
        });
    }

    @Test
    final void theSameRunGoesOnWhereItStopped() {
        gaps().need(DestinationTrait.LEDGER);
        targets().forEach(spec -> {
            Destination first = fixture().open(context);
            TargetRun run = TargetRun.open(first, spec);
            run.split("a", batch(1, 3)).commit("b", "6", batch(4, 6));
            fixture().crash(first);

            Destination second = open();
            Ledger left = ledger(second, spec);
            assertThat(left.splits())
                    .isEqualTo(Map.of(
                            "a", new SplitProgress(null, true, 3),
                            "b", new SplitProgress("6", false, 3)));
            try (TargetRun again = TargetRun.goOn(second, spec, left.splits())) {
                assertThat(ledger(second, spec).splits()).isEqualTo(left.splits());
                again.split("b", batch(7, 9)).split("c", batch(10, 10)).publish(END);
            }
            assertContent("a run in two attempts", second, spec, rows(1, 10));
        });
    }

    @Test
    final void anotherRunDiscardsWhatWasNotPublished() throws Exception {
        gaps().need(DestinationTrait.LEDGER);
        for (WriteMode mode : modesThatDiscard()) {
            gaps().expect(DestinationTrait.DISCARD, () -> discardsUnfinished(mode, 1, 3));
        }
    }

    @Test
    final void anotherGenerationDiscardsWhatWasNotPublished() throws Exception {
        gaps().need(DestinationTrait.LEDGER);
        for (WriteMode mode : modesThatDiscard()) {
            gaps().expect(DestinationTrait.DISCARD, () -> discardsUnfinished(mode, 5, 3));
        }
    }

    private List<WriteMode> modesThatDiscard() {
        List<WriteMode> modes = new ArrayList<>();
        for (DestinationSyncMode mode : modes()) {
            if (mode != DestinationSyncMode.APPEND_DEDUP || gaps().has(DestinationTrait.DISCARD_OF_MERGES)) {
                modes.add(dedup(mode, null, ID));
            }
        }
        return modes;
    }

    private void discardsUnfinished(WriteMode mode, long generation, long syncId) {
        TargetSpec spec = target(SCHEMA, mode);
        Destination destination = open();
        write(destination, spec, batch(1, 5));
        try (TargetRun run = TargetRun.open(destination, run(spec, 2, 2))) {
            run.split("a", batch(4, 20)).commit("b", "30", batch(21, 30));
        }
        TargetSpec next = run(spec, generation, syncId);
        try (TargetRun run = TargetRun.open(destination, next)) {
            assertThat(ledger(destination, next).splits()).isEmpty();
            assertThat(ledger(destination, next).syncId()).isEqualTo(syncId);
            assertContent("what was published", destination, spec, rows(1, 5));
            run.split("a", batch(6, 8)).publish(END);
        }
        assertContent("the next run", destination, spec, mode.mode().overwrites() ? rows(6, 8) : rows(1, 8));
    }

    @Test
    final void aDiscardedReadIsForgottenAndBegunAnew() throws Exception {
        for (WriteMode mode : modesThatDiscard()) {
            gaps().expect(DestinationTrait.DISCARD, () -> discards(mode));
        }
    }

    private void discards(WriteMode mode) {
        TargetSpec spec = target(SCHEMA, mode);
        Destination destination = open();
        write(destination, spec, batch(1, 5));
        TargetSpec next = run(spec, 2, 2);
        try (TargetRun run = TargetRun.open(destination, next)) {
            run.split("a", batch(4, 20)).commit("b", "30", batch(21, 30));
        }
        try (TargetRun run = TargetRun.open(destination, next)) {
            run.target().discard();
            assertContent("what was published", destination, spec, rows(1, 5));
        }
        if (gaps().has(DestinationTrait.LEDGER)) {
            assertThat(ledger(destination, next).splits()).isEmpty();
            assertThat(ledger(destination, next).position()).isEqualTo(END);
        }
        try (TargetRun run = TargetRun.open(destination, next)) {
            run.split("a", batch(6, 9)).publish(END);
        }
        assertContent("the read begun anew", destination, spec, mode.mode().overwrites() ? rows(6, 9) : rows(1, 9));
    }

    @Test
    final void mergedRowsCanBeDiscarded() throws Exception {
        WriteMode merge = dedup(DestinationSyncMode.APPEND_DEDUP, null, ID);
        need(merge);
        gaps().need(DestinationTrait.DISCARD, DestinationTrait.READ_BACK);
        gaps().expect(DestinationTrait.DISCARD_OF_MERGES, () -> discards(merge));
    }

    @Test
    final void mergedRowsThatAreDiscardedDoNoHarm() {
        WriteMode merge = dedup(DestinationSyncMode.APPEND_DEDUP, null, ID);
        need(merge);
        TargetSpec spec = target(SCHEMA, merge);
        Destination destination = open();
        write(destination, spec, batch(1, 5));
        TargetSpec next = run(spec, 1, 2);
        try (TargetRun run = TargetRun.open(destination, next)) {
            run.split("a", batch(4, 9));
        }
        try (TargetRun run = TargetRun.open(destination, next)) {
            run.target().discard();
            run.split("a", batch(4, 9)).publish(END);
        }
        assertContent("merged, discarded and merged again", destination, spec, rows(1, 9));
    }

    /** Stops a copy at one step, the n-th time that it is reached. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TestFactory
    final Stream<DynamicTest> aCopyThatIsCutAnywhereLosesAndDoublesNothing() {
        gaps().need(DestinationTrait.LEDGER);
        return modes().stream()
                .flatMap(mode -> Arrays.stream(CopyDriver.Step.values())
                        .map(step -> DynamicTest.dynamicTest(mode + " " + step, () -> {
                            int times = 1;
                            while (isCutAndGoesOn(dedup(mode, null, ID), step, times)) {
                                times++;
                            }
                            assertThat(times).as("the step was reached").isGreaterThan(1);
                        })));
    }

    /** Copies in two runs and cuts the second; false if it never came to the step so often. */
    private boolean isCutAndGoesOn(WriteMode mode, CopyDriver.Step step, int times) {
        SyncMode reading = mode.mode().overwrites() ? SyncMode.FULL_REFRESH : SyncMode.INCREMENTAL;
        List<Row> rows = new ArrayList<>(rows(1, 6));
        ListSource source = new ListSource(SCHEMA, rows, 2);
        TargetSpec spec = target(SCHEMA, mode);
        Destination first = fixture().open(context);
        CopyDriver firstRun = new CopyDriver(source, first, source.read(reading), spec, CopyState.INITIAL);
        firstRun.run();
        rows.addAll(rows(7, 16));
        CopyDriver cut = new CopyDriver(source, first, source.read(reading), spec, firstRun.state());
        AtomicInteger left = new AtomicInteger(times);
        cut.hook(reached -> {
            if (reached == step && left.decrementAndGet() == 0) {
                throw new Stopped();
            }
        });
        boolean stopped = false;
        try {
            cut.run();
        } catch (Stopped asPlanned) {
            stopped = true;
        }
        fixture().crash(first);
        // Closed here and not after the test, which takes this way many times.
        try (Destination second = fixture().open(context)) {
            CopyDriver goesOn = new CopyDriver(source, second, source.read(reading), spec, cut.state());
            while (goesOn.state().lastSyncId() < 2) {
                goesOn.run();
            }
            assertContent("cut at " + step + " the time " + times, second, spec, rows);
            if (mode.mode() == DestinationSyncMode.APPEND) {
                goesOn.run();
                assertContent("an empty run after it", second, spec, rows);
            }
        }
        return stopped;
    }
}
