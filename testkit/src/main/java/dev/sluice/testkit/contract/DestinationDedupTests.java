package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Values;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One row a key: which of two versions wins, wherever they meet.
 *
 * <p>The greater cursor wins; a null cursor is less than any other; among equal cursors, and without one, the later
 * extraction wins.
 */
abstract class DestinationDedupTests extends DestinationTests {
    private static final Schema VERSIONS = Schema.of(ID, CURSOR, NAME);
    private static final long T = BatchMaker.EXTRACTED_AT;

    /** As far as moments lie apart for destinations that keep them to the millisecond as well. */
    private static final long SECOND = 1_000_000;

    /** A version of the row with the key 1. */
    private record Version(@Nullable Long cursor, long extractedAt, String name) {
        Row row() {
            return Row.of("1", cursor == null ? null : Long.toString(cursor), name);
        }

        BatchMaker batch() {
            return BatchMaker.of(VERSIONS).extractedAt(extractedAt).row(row());
        }
    }

    private enum Meeting {
        IN_ONE_COMMIT,
        IN_TWO_COMMITS,
        IN_TWO_WRITERS,
        IN_TWO_RUNS
    }

    private record Case(String name, boolean byCursor, Version first, Version second, String winner) {}

    private static final List<Case> CASES = List.of(
            new Case("greater cursor", true, version(1L, 0, "old"), version(2L, 0, "new"), "new"),
            new Case("smaller cursor comes late", true, version(2L, 0, "new"), version(1L, 9, "late"), "new"),
            new Case("equal cursors, later extraction", true, version(1L, 0, "old"), version(1L, 1, "new"), "new"),
            new Case("equal cursors, earlier extraction", true, version(1L, 1, "new"), version(1L, 0, "old"), "new"),
            new Case("cursor after null", true, version(null, 5, "null"), version(1L, 0, "value"), "value"),
            new Case("null after cursor", true, version(1L, 0, "value"), version(null, 5, "null"), "value"),
            new Case("null cursors, later extraction", true, version(null, 0, "old"), version(null, 1, "new"), "new"),
            new Case("null cursors, earlier extraction", true, version(null, 1, "new"), version(null, 0, "old"), "new"),
            new Case("negative cursors", true, version(-5L, 0, "new"), version(-6L, 1, "late"), "new"),
            new Case("no cursor, later extraction", false, version(9L, 0, "old"), version(1L, 1, "new"), "new"),
            new Case("no cursor, earlier extraction", false, version(1L, 1, "new"), version(9L, 0, "old"), "new"));

    private static Version version(@Nullable Long cursor, long later, String name) {
        return new Version(cursor, T + later * SECOND, name);
    }

    @TestFactory
    final Stream<DynamicTest> theRightVersionWins() {
        return Stream.of(DestinationSyncMode.APPEND_DEDUP, DestinationSyncMode.OVERWRITE_DEDUP)
                .filter(mode -> gaps().has(DestinationTrait.of(mode)))
                .flatMap(mode -> CASES.stream()
                        .flatMap(each -> Stream.of(Meeting.values())
                                .filter(meeting -> isPossible(meeting, mode))
                                .map(meeting -> DynamicTest.dynamicTest(
                                        mode + " " + meeting + " " + each.name(),
                                        () -> decides(each, mode, meeting)))));
    }

    private boolean isPossible(Meeting meeting, DestinationSyncMode mode) {
        return switch (meeting) {
            case IN_ONE_COMMIT, IN_TWO_COMMITS -> true;
            case IN_TWO_WRITERS -> gaps().has(DestinationTrait.PARALLEL_WRITERS);
            case IN_TWO_RUNS -> !mode.overwrites();
        };
    }

    private void decides(Case each, DestinationSyncMode mode, Meeting meeting) {
        Destination destination = open();
        TargetSpec spec = target(VERSIONS, dedup(mode, each.byCursor() ? CURSOR : null, ID));
        var first = each.first().batch().row(2, 2, "other").build();
        var second = each.second().batch().row(3, 3, "other").build();
        TargetRun run = TargetRun.open(destination, spec);
        try {
            switch (meeting) {
                case IN_ONE_COMMIT -> run.split("only", first, second);
                case IN_TWO_COMMITS -> run.commit("only", "1", first).split("only", second);
                case IN_TWO_WRITERS -> run.split("one", first).split("two", second);
                case IN_TWO_RUNS -> {
                    run.split("only", first).publish(END);
                    run.close();
                    run = TargetRun.open(destination, run(spec, 1, 2));
                    run.split("only", second);
                }
            }
            run.publish(END);
        } finally {
            run.close();
        }
        Version winner = each.first().name().equals(each.winner()) ? each.first() : each.second();
        assertContent(
                each.name(),
                destination,
                spec,
                List.of(winner.row(), Row.of("2", "2", "other"), Row.of("3", "3", "other")));
    }

    private WriteMode merge(@Nullable Field cursor, Field... key) {
        WriteMode mode = dedup(DestinationSyncMode.APPEND_DEDUP, cursor, key);
        need(mode);
        return mode;
    }

    @Test
    final void duplicatesInsideABatchLeaveOneRow() {
        WriteMode merge = merge(CURSOR, ID);
        Destination destination = open();
        TargetSpec spec = target(VERSIONS, merge);
        BatchMaker batch = BatchMaker.of(VERSIONS);
        for (int cursor : new int[] {3, 9, 1, 7}) {
            batch.row(1, cursor, "version " + cursor);
        }
        write(destination, spec, batch.build());
        assertContent("duplicates in a batch", destination, spec, List.of(Row.of("1", "9", "version 9")));
    }

    @Test
    final void replayingTheSameRowsChangesNothing() {
        WriteMode merge = merge(CURSOR, ID);
        Destination destination = open();
        TargetSpec spec = target(VERSIONS, merge);
        var batch = BatchMaker.of(VERSIONS)
                .row(1, 1, "one")
                .row(2, null, null)
                .row(3, 3, "three")
                .build();
        List<Row> expected = List.of(Row.of("1", "1", "one"), Row.of("2", null, null), Row.of("3", "3", "three"));
        for (int run = 1; run <= 3; run++) {
            write(destination, run(spec, 1, run), batch);
            assertContent("after the replay " + run, destination, spec, expected);
        }
    }

    /** What two runs, the second of later extraction, leave in the table. */
    private void assertMerged(String what, TargetSpec spec, BatchMaker first, BatchMaker second, List<Row> expected) {
        Destination destination = open();
        write(destination, spec, first.build());
        write(destination, run(spec, 1, 2), second.extractedAt(T + SECOND).build());
        assertContent(what, destination, spec, expected);
    }

    @Test
    final void allPartsOfAKeyCount() {
        Field region = new Field("region", new DataType.TextType());
        Schema schema = Schema.of(region, ID, NAME);
        WriteMode merge = merge(null, region, ID);
        assertMerged(
                "rows by two key fields",
                target(schema, merge),
                BatchMaker.of(schema)
                        .row("eu", 1, "a")
                        .row("us", 1, "b")
                        .row("eu", 2, "c")
                        .row("EU", 1, "d")
                        .row("", 1, "e"),
                BatchMaker.of(schema).row("us", 1, "changed").row("us", 2, "f"),
                List.of(
                        Row.of("eu", "1", "a"),
                        Row.of("us", "1", "changed"),
                        Row.of("eu", "2", "c"),
                        Row.of("EU", "1", "d"),
                        Row.of("", "1", "e"),
                        Row.of("us", "2", "f")));
    }

    @Test
    final void keysThatLookAlikeAreDifferent() {
        Schema schema = Schema.of(NAME, CURSOR);
        WriteMode merge = merge(null, NAME);
        Destination destination = open();
        TargetSpec spec = target(schema, merge);
        List<String> keys = List.of("a", "A", "a ", " a", "\u00E9", "e\u0301", "", "null", "a\u200B", "\uD83D\uDE80");
        BatchMaker batch = BatchMaker.of(schema);
        keys.forEach(key -> batch.row(key, 1));
        write(destination, spec, batch.build());
        write(destination, run(spec, 1, 2), batch.extractedAt(T + SECOND).build());
        assertContent(
                "keys that look alike",
                destination,
                spec,
                keys.stream().map(key -> Row.of(key, "1")).toList());
    }

    @TestFactory
    final Stream<DynamicTest> aCursorOfEachOrderedTypeDecides() {
        WriteMode merge = merge(CURSOR, ID);
        return Stream.of(
                        List.of(new DataType.IntType(64), "9", "10"),
                        List.of(new DataType.DecimalType(20, 5), "9.00001", "10.00000"),
                        List.of(new DataType.FloatType(64), "9.5", "10.5"),
                        List.of(new DataType.DateType(), "2023-12-31", "2024-01-01"),
                        List.of(
                                new DataType.TimestampType(6, true),
                                "2024-01-01T00:00:00.000001Z",
                                "2024-01-01T00:00:00.000002Z"),
                        List.of(
                                new DataType.TimestampType(6, false),
                                "2024-01-01T00:00:00.999999",
                                "2024-01-01T00:00:01"),
                        List.of(new DataType.TextType(), "a", "b"))
                .map(each -> DynamicTest.dynamicTest(
                        ((DataType) each.getFirst()).notation(),
                        () -> decidesByCursor(
                                merge, (DataType) each.get(0), (String) each.get(1), (String) each.get(2))));
    }

    private void decidesByCursor(WriteMode merge, DataType type, String less, String greater) {
        Schema schema = Schema.of(ID, new Field(CURSOR.name(), type), NAME);
        assertMerged(
                type.notation(),
                target(schema, merge),
                BatchMaker.of(schema).row(1, greater, "greater").row(2, less, "less"),
                BatchMaker.of(schema).row(1, less, "late").row(2, greater, "newer"),
                List.of(Row.of("1", greater, "greater"), Row.of("2", greater, "newer")));
    }

    @Test
    final void changesOfALogAreAppliedInTheirOrder() {
        WriteMode merge = merge(null, ID);
        gaps().need(DestinationTrait.OPERATIONS);
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, merge);
        write(destination, spec, batch(1, 6));
        write(
                destination,
                run(spec, 1, 2),
                BatchMaker.of(SCHEMA)
                        .extractedAt(T + SECOND)
                        .row(Operation.UPDATE, 1, "changed")
                        .row(Operation.DELETE, 2, null)
                        .row(Operation.INSERT, 7, "new")
                        .row(Operation.INSERT, 8, "soon gone")
                        .row(Operation.DELETE, 8, null)
                        .row(Operation.DELETE, 3, null)
                        .row(Operation.INSERT, 3, "back again")
                        .row(Operation.UPDATE, 4, "first change")
                        .row(Operation.UPDATE, 4, "second change")
                        .row(Operation.DELETE, 99, null)
                        .build());
        assertContent(
                "a log applied",
                destination,
                spec,
                List.of(
                        Row.of("1", "changed"),
                        Row.of("3", "back again"),
                        Row.of("4", "second change"),
                        Row.of("5", "name 5"),
                        Row.of("6", "name 6"),
                        Row.of("7", "new")));
    }

    @Test
    final void changesOfALogInSeveralBatchesAndCommitsAreAppliedInTheirOrder() {
        WriteMode merge = merge(null, ID);
        gaps().need(DestinationTrait.OPERATIONS);
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, merge);
        try (TargetRun run = TargetRun.open(destination, spec)) {
            run.commit(
                    "log",
                    "1",
                    BatchMaker.of(SCHEMA)
                            .row(Operation.INSERT, 1, "a")
                            .row(Operation.INSERT, 2, "b")
                            .build(),
                    BatchMaker.of(SCHEMA)
                            .extractedAt(T + SECOND)
                            .row(Operation.DELETE, 1, null)
                            .row(Operation.UPDATE, 2, "c")
                            .build());
            run.commit(
                    "log",
                    "2",
                    BatchMaker.of(SCHEMA)
                            .extractedAt(T + 2 * SECOND)
                            .row(Operation.INSERT, 1, "again")
                            .row(Operation.DELETE, 2, null)
                            .build());
            run.split("log").publish(END);
        }
        assertContent("a log in pieces", destination, spec, List.of(Row.of("1", "again")));
    }

    @Test
    final void valuesThatALogDidNotResendAreKept() {
        Field document = new Field("document", new DataType.TextType());
        Schema schema = Schema.of(ID, NAME, document);
        WriteMode merge = merge(null, ID);
        gaps().need(DestinationTrait.UNCHANGED_VALUES);
        assertMerged(
                "unchanged values",
                target(schema, merge),
                BatchMaker.of(schema).row(1, "one", "large document").row(2, "two", null),
                BatchMaker.of(schema)
                        .row(Operation.UPDATE, 1, "changed", Values.UNCHANGED)
                        .row(Operation.UPDATE, 2, "changed", Values.UNCHANGED)
                        .row(Operation.INSERT, 3, "three", "inserted")
                        .row(Operation.UPDATE, 3, "changed at once", Values.UNCHANGED)
                        .row(Operation.UPDATE, 1, Values.UNCHANGED, "new document"),
                List.of(
                        Row.of("1", "changed", "new document"),
                        Row.of("2", "changed", null),
                        Row.of("3", "changed at once", "inserted")));
    }
}
