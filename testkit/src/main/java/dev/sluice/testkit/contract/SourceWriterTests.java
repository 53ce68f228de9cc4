package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Increments while many write, and logs of changes. */
abstract class SourceWriterTests extends SourceTests {
    private static final int WRITERS = 32;
    private static final int TRANSACTIONS = 25;
    private static final int ROWS = 4;

    /** Reads increments, one after another, and keeps what came. */
    private final class Reads {
        private final StandardTable table;
        private final boolean deduplicated;
        private final List<Row> rows = new ArrayList<>();
        private @Nullable Position position;

        Reads(StandardTable table, boolean deduplicated) {
            this.table = table;
            this.deduplicated = deduplicated;
        }

        void next() {
            try (Source source = fixture().open(context)) {
                CatalogStream stream = discover(source, table.table().id());
                ReadStart start = position == null ? BEGINNING : new ReadStart.After(position);
                try (StreamReading reading =
                        StreamReading.begin(source, incrementalRead(stream, deduplicated), start)) {
                    rows.addAll(reading.readAll().rows());
                    position = Objects.requireNonNull(reading.end());
                    source.committed(stream.id(), position);
                }
            }
        }
    }

    /**
     * Many writers draw cursor values from one counter and commit later, so values become visible out of order, as in any
     * busy database.
     */
    @Test
    final void nothingIsLostOrDoubledWhileManyInsert() {
        StandardTable table = busyTable();
        AtomicLong cursors = new AtomicLong();
        AtomicLong ids = new AtomicLong();
        ConcurrentHashMap<Long, Row> committed = new ConcurrentHashMap<>();
        Reads reads = new Reads(table, false);
        try (Parallel.Running writers = Parallel.start(WRITERS, index -> {
            SplittableRandom random = new SplittableRandom(index);
            for (int i = 0; i < TRANSACTIONS; i++) {
                Map<Long, Row> mine = new HashMap<>();
                try (SourceTable.Edit edit = table.table().begin()) {
                    for (int row = 0; row < ROWS; row++) {
                        long id = ids.incrementAndGet();
                        mine.put(id, table.row((int) id, "of " + index, cursors.incrementAndGet() / 3));
                        edit.insert(List.of(mine.get(id)));
                    }
                    linger(random);
                    if (random.nextInt(10) == 0) {
                        continue; // rolled back
                    }
                    edit.commit();
                }
                committed.putAll(mine);
            }
        })) {
            while (writers.isRunning()) {
                reads.next();
            }
        }
        fixture().settle();
        reads.next();
        assertThat(committed).hasSizeGreaterThan(WRITERS * TRANSACTIONS);
        Rows.assertSame("all increments", table.expected(List.copyOf(committed.values())), plain(reads.rows));
    }

    @Test
    final void noChangeIsLostWhileManyUpdate() {
        gaps().need(SourceTrait.EDITS);
        StandardTable table = busyTable();
        int rows = WRITERS * 10;
        table.insert(table.rows(1, rows));
        AtomicLong cursors = new AtomicLong(rows);
        ConcurrentHashMap<Integer, Row> latest = new ConcurrentHashMap<>();
        table.rows(1, rows).forEach(row -> latest.put(latest.size() + 1, row));
        Reads reads = new Reads(table, true);
        try (Parallel.Running writers = Parallel.start(WRITERS, index -> {
            SplittableRandom random = new SplittableRandom(index);
            for (int i = 0; i < TRANSACTIONS; i++) {
                // Each writer has rows of its own, so that the oracle knows the order of changes.
                int id = 1 + index + WRITERS * random.nextInt(10);
                Row changed = table.row(id, "change " + i + " of " + index, cursors.incrementAndGet());
                try (SourceTable.Edit edit = table.table().begin()) {
                    edit.update(changed);
                    linger(random);
                    edit.commit();
                }
                latest.put(id, changed);
            }
        })) {
            while (writers.isRunning()) {
                reads.next();
            }
        }
        fixture().settle();
        reads.next();
        Rows.assertSame(
                "the last row of each key",
                table.expected(List.copyOf(latest.values())),
                Rows.lastByKey(plain(reads.rows), List.of(StandardTable.ID)).values());
    }

    /** Keeps a transaction open for up to two milliseconds, so that others commit in between. */
    private static void linger(SplittableRandom random) {
        LockSupport.parkNanos(random.nextLong(2_000_000));
    }

    private StandardTable busyTable() {
        gaps().need(
                        SourceTrait.TABLES,
                        SourceTrait.TRANSACTIONS,
                        SourceTrait.INCREMENTAL,
                        SourceTrait.CONCURRENT_WRITERS);
        return StandardTable.empty(fixture(), fixture().cursorTypes().getFirst());
    }

    @Test
    final void aLogTellsWhatHappenedToEachRow() throws Exception {
        gaps().need(SourceTrait.TABLES, SourceTrait.EDITS, SourceTrait.INCREMENTAL);
        gaps().expect(SourceTrait.CHANGE_LOG, () -> {
            StandardTable table = StandardTable.create(fixture(), 20);
            Reads reads = new Reads(table, true);
            reads.next();
            table.update(table.row(1, "changed", 101L));
            table.delete(table.row(2));
            table.insert(List.of(table.row(21)));
            table.delete(table.row(21));
            table.delete(table.row(3));
            table.insert(List.of(table.row(3, "back again", 102L)));
            try (SourceTable.Edit edit = table.table().begin()) {
                edit.insert(List.of(table.row(30)));
                edit.update(table.row(30, "changed at once", 103L));
                edit.delete(table.row(4));
                edit.commit();
            }
            table.noteInserted(List.of(table.row(30, "changed at once", 103L)));
            table.noteDeleted(table.row(4));
            reads.next();
            Rows.assertSame("the content after all changes", table.expected(), applied(reads.rows));
        });
    }

    /** The content that a log leaves: changes are applied in their order, and unchanged values kept. */
    private static List<Row> applied(List<Row> changes) {
        Map<String, Row> content = new HashMap<>();
        for (Row change : changes) {
            String key = change.text(StandardTable.ID);
            if (change.operation() == Operation.DELETE) {
                content.remove(key);
                continue;
            }
            Row row = Row.of(change.values());
            for (int place : change.unchanged()) {
                Row old = Objects.requireNonNull(content.get(key), "an unchanged value of a row that is not there");
                row = row.with(place, old.value(place));
            }
            content.put(key, row);
        }
        return List.copyOf(content.values());
    }

    @Test
    final void aLogCanBeReadAgainUntilItHearsThatItWasCommitted() {
        gaps().need(SourceTrait.TABLES, SourceTrait.EDITS, SourceTrait.INCREMENTAL, SourceTrait.CHANGE_LOG);
        StandardTable table = StandardTable.create(fixture(), 5);
        Reads reads = new Reads(table, true);
        reads.next();
        Position before = Objects.requireNonNull(reads.position);
        table.update(table.row(1, "changed", 101L));
        table.delete(table.row(2));
        List<List<Row>> attempts = new ArrayList<>();
        for (int attempt = 0; attempt < 2; attempt++) {
            try (Source source = fixture().open(context);
                    StreamReading reading = StreamReading.begin(
                            source,
                            incrementalRead(discover(source, table.table().id()), true),
                            new ReadStart.After(before))) {
                attempts.add(reading.readAll().rows());
            }
        }
        assertThat(attempts.getFirst()).isNotEmpty();
        assertThat(attempts.getLast()).isEqualTo(attempts.getFirst());
    }
}
