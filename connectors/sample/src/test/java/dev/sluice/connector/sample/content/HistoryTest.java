package dev.sluice.connector.sample.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Holds the closed form of histories against histories that are lived through, version by version. */
class HistoryTest {
    private static final int VERSIONS = 250;

    /** A row of a chunk. */
    private record Entry(long id, int version, Operation operation) {}

    private static List<Entry> content(History history, int version, int chunkRows) {
        return collect(
                history.lastId(version), chunkRows, (chunk, from, to) -> history.addContent(chunk, from, to, version));
    }

    private static List<Entry> changes(History history, int version, int chunkRows) {
        return collect(
                history.lastId(version), chunkRows, (chunk, from, to) -> history.addChanges(chunk, from, to, version));
    }

    private interface Adder {
        long add(Chunk chunk, long from, long to);
    }

    private static List<Entry> collect(long lastId, int chunkRows, Adder adder) {
        List<Entry> entries = new ArrayList<>();
        long next = 1;
        while (next <= lastId) {
            Chunk chunk = new Chunk(chunkRows);
            next = adder.add(chunk, next, lastId);
            byte[] operations = chunk.operations();
            for (int row = 0; row < chunk.size(); row++) {
                entries.add(new Entry(chunk.id(row), chunk.version(row), Operation.of(operations[row])));
            }
        }
        return entries;
    }

    @Test
    void theContentOfEachVersionIsWhatTheChangesUpToItLeave() {
        for (int percent : new int[] {1, 7, 10, 33, 50, 99, 100}) {
            History history = new History(Noise.of(5, "stream"), 230, percent);
            Map<Long, Integer> lived = new TreeMap<>();
            content(history, 0, 50).forEach(entry -> lived.put(entry.id(), entry.version()));
            assertThat(lived).hasSize(230);
            for (int version = 1; version <= VERSIONS; version++) {
                for (Entry change : changes(history, version, 7)) {
                    apply(lived, change, version);
                }
                Map<Long, Integer> closed = new TreeMap<>();
                for (Entry entry : content(history, version, 11)) {
                    assertThat(entry.operation()).isEqualTo(Operation.UPSERT);
                    assertThat(closed.put(entry.id(), entry.version())).isNull();
                }
                assertThat(closed).as(percent + " percent, version " + version).isEqualTo(lived);
            }
        }
    }

    private static void apply(Map<Long, Integer> lived, Entry change, int version) {
        assertThat(change.version()).isEqualTo(version);
        switch (change.operation()) {
            case INSERT ->
                assertThat(lived.put(change.id(), version))
                        .as("before an insert")
                        .isNull();
            case UPDATE ->
                assertThat(lived.put(change.id(), version))
                        .as("before an update")
                        .isNotNull();
            case DELETE ->
                assertThat(lived.remove(change.id())).as("before a delete").isNotNull();
            case UPSERT -> throw new AssertionError("a change that does not say what happened");
        }
    }

    @Test
    void eachVersionTouchesItsShareAndHasAllKindsOfChanges() {
        History history = new History(Noise.of(5, "stream"), 10_000, 10);
        for (int version = 1; version <= 20; version++) {
            List<Entry> changes = changes(history, version, 1000);
            assertThat(changes)
                    .filteredOn(each -> each.operation() == Operation.INSERT)
                    .hasSize(100);
            assertThat(changes)
                    .filteredOn(each -> each.operation() == Operation.UPDATE)
                    .hasSizeBetween(800, 1_100);
            assertThat(changes)
                    .filteredOn(each -> each.operation() == Operation.DELETE)
                    .hasSizeBetween(20, 100);
            assertThat(changes.size())
                    .isCloseTo(
                            (int) history.expectedChanges(1, history.lastId(version), version),
                            Percentage.withPercentage(15));
        }
    }

    @Test
    void theSizeStaysInTheSameRangeForever() {
        History history = new History(Noise.of(5, "stream"), 1_000, 20);
        for (int version : new int[] {10, 100, 400}) {
            assertThat(content(history, version, 5000)).as("version " + version).hasSizeBetween(700, 1_300);
        }
    }

    @Test
    void withoutUpdatesThereIsOneVersion() {
        History history = new History(Noise.of(5, "stream"), 10, 0);
        assertThat(history.goesOnAfter(0)).isFalse();
        assertThat(history.lastId(0)).isEqualTo(10);
        assertThat(content(history, 0, 3))
                .extracting(Entry::id)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void historiesEndBeforeNumbersOverflow() {
        History history = new History(1, Recipe.MOST_ROWS, 100);
        assertThat(history.goesOnAfter(History.LAST_VERSION - 1)).isTrue();
        assertThat(history.goesOnAfter(History.LAST_VERSION)).isFalse();
        long last = history.lastId(History.LAST_VERSION);
        Chunk chunk = new Chunk(100);
        assertThat(history.addChanges(chunk, last - 9, last, History.LAST_VERSION))
                .isEqualTo(last + 1);
        assertThat(chunk.operations()).hasSize(10).containsOnly(Operation.INSERT.code());
        chunk.clear();
        history.addContent(chunk, 1, 1000, History.LAST_VERSION);
        assertThat(chunk.size()).as("rows of the beginning that lived so long").isZero();
    }

    @Test
    void deletedRowsCanBeLeftOut() {
        History history = new History(Noise.of(5, "stream"), 2_000, 50);
        Chunk chunk = new Chunk(2_000);
        history.addChanges(chunk, 1, 2_000, 3);
        int all = chunk.size();
        chunk.dropDeleted();
        assertThat(chunk.size()).isPositive().isLessThan(all);
        assertThat(chunk.operations()).hasSize(chunk.size()).doesNotContain(Operation.DELETE.code());
    }
}
