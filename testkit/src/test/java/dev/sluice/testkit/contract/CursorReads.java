package dev.sluice.testkit.contract;

import dev.sluice.testkit.rows.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Increments as careless sources make them: by comparing cursor values with the greatest one of the read before. */
final class CursorReads {
    private static final int CURSOR = StandardTable.CHANGED;

    private CursorReads() {}

    /** The position after a read: the commit, and the greatest cursor value for those who go by it. */
    static String value(SourceFault fault, MemoryDatabase database, MemoryDatabase.Table table, long moment) {
        if (table.spec.cursor() == null) {
            return moment + "|";
        }
        String greatest = database.at(table, moment).stream()
                .map(version -> version.row().value(CURSOR))
                .filter(Objects::nonNull)
                .max(Comparator.comparing(CursorReads::comparable))
                .orElse("");
        boolean cuts = fault == SourceFault.FORGETS_PRECISION && greatest.indexOf('.') > 0;
        return moment + "|" + (cuts ? greatest.substring(0, greatest.indexOf('.')) + "Z" : greatest);
    }

    static long commit(String value) {
        int bar = value.indexOf('|');
        return Long.parseLong(bar < 0 ? value : value.substring(0, bar));
    }

    /** What a faulty source reads; empty if the fault is another one. */
    static Optional<List<Row>> rows(
            SourceFault fault, MemoryDatabase database, MemoryDatabase.Table table, String position, long until) {
        long commit = commit(position);
        String last = position.substring(position.indexOf('|') + 1);
        List<MemoryDatabase.Version> visible = database.at(table, until);
        return switch (fault) {
            case LOSES_TIES -> Optional.of(select(visible, row -> isAfter(row, last)));
            case DOUBLES_TIES -> Optional.of(select(visible, row -> isAfter(row, last) || isAt(row, last)));
            case LOSES_LATE_NULL_CURSORS, LOSES_NULL_CURSORS ->
                Optional.of(newer(visible, commit).stream()
                        .filter(row -> row.value(CURSOR) != null)
                        .toList());
            case LOSES_LATE_COMMITS, TRUSTS_FUTURE_CURSORS ->
                Optional.of(newer(visible, commit).stream()
                        .filter(row -> row.value(CURSOR) == null || isAfter(row, last) || isAt(row, last))
                        .toList());
            case FORGETS_PRECISION -> Optional.of(select(visible, row -> isAfter(row, last)));
            default -> Optional.empty();
        };
    }

    private interface Condition {
        boolean holds(Row row);
    }

    private static List<Row> select(List<MemoryDatabase.Version> visible, Condition condition) {
        return visible.stream()
                .map(MemoryDatabase.Version::row)
                .filter(condition::holds)
                .toList();
    }

    private static List<Row> newer(List<MemoryDatabase.Version> visible, long commit) {
        return visible.stream()
                .filter(version -> version.from() > commit)
                .map(MemoryDatabase.Version::row)
                .toList();
    }

    private static boolean isAfter(Row row, String last) {
        String cursor = row.value(CURSOR);
        return cursor != null && comparable(cursor).compareTo(comparable(last)) > 0;
    }

    private static boolean isAt(Row row, String last) {
        return last.equals(row.value(CURSOR));
    }

    /** Numbers by value, ISO 8601 texts by letters. */
    private static String comparable(String cursor) {
        return cursor.matches("\\d+") ? String.format("%020d", Long.parseLong(cursor)) : cursor;
    }
}
