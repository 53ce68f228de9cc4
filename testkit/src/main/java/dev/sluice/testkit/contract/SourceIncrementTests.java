package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Incremental reads by a cursor: nothing lost and nothing doubled from one increment to the next. */
abstract class SourceIncrementTests extends SourceTests {
    /** Increments of a stream, each with a new source, as runs hours apart have them. */
    final class Increments {
        private final StandardTable table;
        private final boolean deduplicated;
        private final List<Row> all = new ArrayList<>();
        private @Nullable Position position;

        Increments(StandardTable table, boolean deduplicated) {
            this.table = table;
            this.deduplicated = deduplicated;
        }

        ReadStart start() {
            return position == null ? BEGINNING : new ReadStart.After(position);
        }

        /** Reads the next increment to its end. */
        List<Row> next() {
            fixture().settle();
            return nextAsItStands();
        }

        /** The same while others are still writing. */
        List<Row> nextAsItStands() {
            try (Source source = fixture().open(context);
                    StreamReading reading = StreamReading.begin(source, read(source), start())) {
                List<Row> rows = plain(reading.readAll().rows());
                all.addAll(rows);
                position = Objects.requireNonNull(reading.end(), "an incremental read has an end position");
                source.committed(table.table().id(), position);
                return rows;
            }
        }

        StreamRead read(Source source) {
            return incrementalRead(discover(source, table.table().id()), deduplicated);
        }

        Position position() {
            return Objects.requireNonNull(position);
        }

        /** What a destination that keeps one row a key has after all increments. */
        List<Row> merged() {
            return List.copyOf(Rows.lastByKey(all, List.of(StandardTable.ID)).values());
        }
    }

    private StandardTable table(int rows) {
        gaps().need(SourceTrait.TABLES, SourceTrait.INCREMENTAL);
        return StandardTable.create(fixture(), rows);
    }

    @Test
    final void aStreamCanBeReadIncrementally() throws Exception {
        KnownStream known = fixture().stream(1);
        CatalogStream stream = discover(open(), known.id());
        gaps().expect(
                        SourceTrait.INCREMENTAL,
                        () -> assertThat(stream.supportsIncremental()).isTrue(),
                        () -> {
                            assertThat(stream.supportsIncremental()).isFalse();
                            ReadStart after = new ReadStart.After(new Position("somewhere", "\"1\""));
                            problemOf(
                                    "an increment of a stream without increments",
                                    () -> open().plan(fullRead(stream), after));
                        });
    }

    @Test
    final void anIncrementHasWhatCameSinceTheLastOne() {
        StandardTable table = table(30);
        Increments increments = new Increments(table, false);
        Rows.assertSame("the first read", table.expected(), increments.next());
        assertThat(increments.next()).as("an increment when nothing is new").isEmpty();
        List<Row> more = table.rows(31, 45);
        table.insert(more);
        Rows.assertSame("the increment", table.expected(more), increments.next());
        assertThat(increments.next()).as("an increment when nothing is new").isEmpty();
    }

    @Test
    final void anIncrementOfAnEmptyTableMayComeFirst() {
        StandardTable table = table(0);
        Increments increments = new Increments(table, false);
        assertThat(increments.next()).isEmpty();
        table.insert(table.rows(1, 10));
        Rows.assertSame("the first rows", table.expected(), increments.next());
    }

    @Test
    final void changedRowsComeAgain() {
        gaps().need(SourceTrait.EDITS);
        StandardTable table = table(20);
        Increments increments = new Increments(table, true);
        increments.next();
        Row changed = table.row(7, "changed", 100L);
        table.update(changed);
        assertThat(increments.next()).contains(table.table().expected(changed));
        Rows.assertSame("the rows by key", table.expected(), increments.merged());
    }

    @TestFactory
    final Stream<DynamicTest> rowsThatTieWithTheLastCursorValueAreDeliveredOnce() {
        gaps().need(SourceTrait.TABLES, SourceTrait.INCREMENTAL);
        return fixture().cursorTypes().stream()
                .map(type -> DynamicTest.dynamicTest(
                        type.notation(), () -> gaps().expect(SourceTrait.TIES, () -> deliversTies(type))));
    }

    private void deliversTies(DataType type) {
        for (boolean deduplicated : List.of(false, true)) {
            StandardTable table = StandardTable.empty(fixture(), type);
            Increments increments = new Increments(table, deduplicated);
            for (int round = 0; round < 4; round++) {
                int first = 1 + round * 40;
                table.insert(IntStream.range(first, first + 40)
                        .mapToObj(id -> table.row(id, "tie", 5L))
                        .toList());
                increments.next();
            }
            if (deduplicated) {
                Rows.assertSame("ties, by key", table.expected(), increments.merged());
            } else {
                Rows.assertSame("ties, appended", table.expected(), increments.all);
            }
        }
    }

    @Test
    final void aCursorOfTheFinestPrecisionLosesNothing() {
        gaps().need(SourceTrait.TABLES, SourceTrait.INCREMENTAL);
        for (DataType type : fixture().cursorTypes()) {
            if (type instanceof DataType.TimestampType(int precision, boolean zoned) && precision > 0) {
                StandardTable table = StandardTable.empty(fixture(), type);
                Increments increments = new Increments(table, false);
                for (int tick = 1; tick <= 5; tick++) {
                    String fraction = "0".repeat(precision - 1) + tick;
                    String cursor = "2024-10-27T01:59:59." + fraction + (zoned ? "Z" : "");
                    table.insert(List.of(table.row(tick).with(StandardTable.CHANGED, cursor)));
                    increments.next();
                }
                Rows.assertSame("ticks of " + type.notation(), table.expected(), increments.all);
            }
        }
    }

    @Test
    final void rowsWithoutACursorValueAreDelivered() throws Exception {
        StandardTable table = table(10);
        gaps().expect(SourceTrait.NULL_CURSORS, () -> {
            table.insert(List.of(table.row(11, "null", null), table.row(12, "null", null)));
            Increments increments = new Increments(table, false);
            Rows.assertSame("rows without a cursor value", table.expected(), increments.next());
            table.insert(table.rows(13, 15));
            increments.next();
            Rows.assertSame("all increments", table.expected(), increments.all);
        });
    }

    @Test
    final void rowsWithoutACursorValueThatComeLaterAreDelivered() throws Exception {
        gaps().need(SourceTrait.NULL_CURSORS);
        StandardTable table = table(10);
        gaps().expect(SourceTrait.LATE_NULL_CURSORS, () -> {
            Increments appended = new Increments(table, false);
            Increments merged = new Increments(table, true);
            appended.next();
            merged.next();
            table.insert(List.of(table.row(11, "late null", null), table.row(12), table.row(13, "late null", null)));
            appended.next();
            merged.next();
            Rows.assertSame("all increments, by key", table.expected(), merged.merged());
            Rows.assertSame("all increments, appended", table.expected(), appended.all);
        });
    }

    @Test
    final void aCursorValueInTheFutureHidesNothing() throws Exception {
        StandardTable table = table(10);
        gaps().expect(SourceTrait.FUTURE_CURSORS, () -> {
            Increments increments = new Increments(table, true);
            table.insert(List.of(table.row(11, "future", 1_000_000_000L)));
            increments.next();
            table.insert(table.rows(12, 20));
            increments.next();
            Rows.assertSame("all increments, by key", table.expected(), increments.merged());
        });
    }

    @Test
    final void rowsThatAreCommittedLateAreDelivered() throws Exception {
        gaps().need(SourceTrait.TABLES, SourceTrait.INCREMENTAL, SourceTrait.TRANSACTIONS);
        gaps().expect(SourceTrait.LATE_COMMITS, () -> {
            for (boolean deduplicated : List.of(true, false)) {
                deliversLateCommits(deduplicated, false);
                if (gaps().has(SourceTrait.COPY_BESIDE_WRITERS)) {
                    deliversLateCommits(deduplicated, true);
                }
            }
        });
    }

    private void deliversLateCommits(boolean deduplicated, boolean duringFirstRead) {
        StandardTable table = table(10);
        Increments increments = new Increments(table, deduplicated);
        if (!duringFirstRead) {
            increments.next();
        }
        List<Row> late = List.of(table.row(11), table.row(12));
        try (SourceTable.Edit open = table.table().begin()) {
            open.insert(late);
            table.insert(table.rows(13, 20)); // commits first, with higher cursors
            increments.nextAsItStands();
            assertThat(increments.all)
                    .as("rows that are not committed")
                    .doesNotContainAnyElementsOf(table.expected(late));
            open.commit();
        }
        table.noteInserted(late);
        increments.next();
        table.insert(table.rows(21, 25));
        increments.next();
        Rows.assertSame("all increments", table.expected(), deduplicated ? increments.merged() : increments.all);
    }

    @Test
    final void rowsThatAreRolledBackAreNeverSeen() {
        gaps().need(SourceTrait.TRANSACTIONS);
        StandardTable table = table(10);
        Increments increments = new Increments(table, false);
        if (!gaps().has(SourceTrait.COPY_BESIDE_WRITERS)) {
            increments.next();
        }
        for (int round = 1; round <= 2; round++) {
            try (SourceTable.Edit open = table.table().begin()) {
                open.insert(table.rows(round * 100, round * 100 + 10));
                increments.next();
            }
            table.insert(table.rows(round * 20, round * 20 + 10));
        }
        increments.next();
        Rows.assertSame("all increments", table.expected(), increments.all);
    }

    @Test
    final void anInterruptedIncrementGoesOnOrIsDoneAnew() {
        gaps().need(SourceTrait.RESUME);
        StandardTable table = table(10);
        Increments increments = new Increments(table, false);
        increments.next();
        // Many ties, so that the interruption falls among rows with one cursor value.
        List<Row> more = IntStream.rangeClosed(11, 60)
                .mapToObj(id -> table.row(id, "increment", (long) (id / 25 + 11)))
                .toList();
        table.insert(more);
        for (int batches = 0; batches < 9; batches++) {
            List<Row> rows = new ArrayList<>();
            ReadStart.Resume resume;
            fixture().settle();
            try (Source source = fixture().open(context);
                    StreamReading reading = StreamReading.begin(source, increments.read(source), increments.start())) {
                if (!reading.splitsLeft().isEmpty()) {
                    reading.read(reading.splitsLeft().getFirst(), batches);
                }
                rows.addAll(plain(reading.rows()));
                resume = reading.resume();
            }
            Source source = open();
            Optional<StreamReading> resumed =
                    StreamReading.plan(source, increments.read(source), resume, StreamReading.SMALL_BATCHES);
            if (resumed.isPresent()) {
                try (StreamReading rest = resumed.get()) {
                    rows.addAll(plain(rest.readAll().rows()));
                }
                Rows.assertSame("an increment interrupted after " + batches + " batches", table.expected(more), rows);
            }
        }
        Rows.assertSame("the increment done anew", table.expected(more), increments.next());
    }

    @Test
    final void whatChangesDuringAnInterruptionComesWithTheNextIncrement() {
        gaps().need(SourceTrait.RESUME, SourceTrait.EDITS);
        StandardTable table = table(60);
        Increments increments = new Increments(table, true);
        ReadStart.Resume resume;
        try (Source source = fixture().open(context);
                StreamReading reading = StreamReading.begin(source, increments.read(source), BEGINNING)) {
            reading.read(reading.splitsLeft().getFirst(), 3);
            increments.all.addAll(plain(reading.rows()));
            resume = reading.resume();
        }
        table.update(table.row(2, "changed", 1_000L), table.row(55, "changed", 1_001L));
        table.insert(List.of(table.row(61, "new", 1_002L)));
        Source source = open();
        Optional<StreamReading> resumed =
                StreamReading.plan(source, increments.read(source), resume, StreamReading.SMALL_BATCHES);
        if (resumed.isPresent()) {
            try (StreamReading rest = resumed.get()) {
                increments.all.addAll(plain(rest.readAll().rows()));
                increments.position = rest.end();
            }
        } else {
            increments.all.clear();
            increments.next();
        }
        increments.next();
        Rows.assertSame("all increments, by key", table.expected(), increments.merged());
    }

    @Test
    final void aPositionOfAnotherIdentityIsRefused() {
        StandardTable table = table(10);
        Increments increments = new Increments(table, false);
        increments.next();
        Position position = increments.position();
        for (Position wrong : List.of(
                new Position(position.identity() + "x", position.value()), // I4
                new Position("", position.value()),
                new Position(position.identity(), "no position at all"),
                new Position(position.identity(), ""))) {
            Source source = open();
            StreamRead read = increments.read(source);
            problemOf("the position " + wrong, () -> source.plan(read, new ReadStart.After(wrong)));
        }
    }

    @Test
    final void aPositionOfATableThatWasMadeAnewIsRefused() throws Exception {
        StandardTable old = table(10);
        Increments increments = new Increments(old, false);
        increments.next();
        old.table().drop();
        StandardTable anew = StandardTable.named(
                fixture(), fixture().cursorTypes().getFirst(), old.table().id().name());
        anew.insert(anew.rows(1, 20));
        Source source = open();
        StreamRead read = incrementalRead(discover(source, anew.table().id()), false);
        gaps().expect(
                        SourceTrait.TABLE_IDENTITY,
                        () -> problemOf(
                                "the position of a table that was dropped and made anew under the same name",
                                () -> source.plan(read, new ReadStart.After(increments.position()))));
    }
}
