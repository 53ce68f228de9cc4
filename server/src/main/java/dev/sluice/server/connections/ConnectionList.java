package dev.sluice.server.connections;

import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import dev.sluice.server.tags.Tag;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Connections as lists show them. Searches no jobs: what they leave behind for lists is in their summary. */
public final class ConnectionList {
    private static final String FROM = " FROM connection c JOIN actor s ON s.id = c.source_id"
            + " JOIN actor d ON d.id = c.destination_id JOIN connection_summary u ON u.connection_id = c.id";

    /** The run that ended last is found by its number, one for each connection of a page. */
    private static final String WITH_LAST = FROM + " LEFT JOIN job j ON j.id = u.last_job_id";

    /**
     * The status of a connection in lists. Whether it is switched off is its own matter, all else is left by its jobs.
     */
    private static final String STATUS =
            "CASE WHEN c.status = 'active' OR u.open_job_id IS NOT NULL THEN u.shown_status ELSE 'paused' END";

    private ConnectionList() {}

    /** The connections that a filter means. */
    public static List<ListedConnection> list(
            Transaction transaction, ConnectionFilter filter, ConnectionOrder order, Page page) throws SQLException {
        Where where = where(filter);
        List<ListedConnection> found = transaction.all(
                ConnectionList::read,
                "SELECT c.*, s.name AS source_name, d.name AS destination_name, u.open_job_id,"
                        + " u.last_job_id, u.last_job_at, u.last_success_at, u.failed_in_row, u.next_run_at,"
                        + " j.records AS last_records, j.rejected AS last_rejected, " + STATUS
                        + " AS shown_status" + WITH_LAST + where.sql() + order.sql() + " LIMIT ? OFFSET ?",
                where.values(page));
        Map<UUID, List<Tag>> tags = tags(transaction, found);
        List<ListedConnection> tagged = new ArrayList<>();
        for (ListedConnection one : found) {
            tagged.add(new ListedConnection(
                    one.connection(),
                    one.sourceName(),
                    one.destinationName(),
                    one.status(),
                    one.runs(),
                    tags.getOrDefault(one.connection().id(), List.of())));
        }
        return tagged;
    }

    /** How many connections a filter means, by what lists show of them. */
    public static Map<ShownStatus, Long> count(Transaction transaction, ConnectionFilter filter) throws SQLException {
        Where where = where(filter);
        record Count(ShownStatus status, long connections) {}
        List<Count> counts = transaction.all(
                row -> new Count(row.word("shown", ShownStatus.class), row.number("n")),
                "SELECT " + STATUS + " AS shown, count(*) AS n" + FROM + where.sql() + " GROUP BY 1",
                where.values());
        Map<ShownStatus, Long> numbers = new EnumMap<>(ShownStatus.class);
        counts.forEach(count -> numbers.put(count.status(), count.connections()));
        return numbers;
    }

    private static Where where(ConnectionFilter filter) {
        Where where = new Where().in("c.workspace_id", filter.workspaceIds());
        if (!filter.deleted()) {
            where.and("c.deleted_at IS NULL");
        }
        if (!filter.tagIds().isEmpty()) {
            where.exists(
                    "SELECT 1 FROM connection_tag t WHERE t.connection_id = c.id AND ", "t.tag_id", filter.tagIds());
        }
        if (!filter.actorIds().isEmpty()) {
            where.exists(
                    "SELECT 1 FROM actor a WHERE a.id IN (c.source_id, c.destination_id) AND ",
                    "a.id",
                    filter.actorIds());
        }
        String text = filter.text();
        if (text != null) {
            where.contains(text, "c.name", "s.name", "d.name");
        }
        ShownStatus status = filter.status();
        if (status != null) {
            where.and(STATUS + " = ?", status);
        }
        return where;
    }

    private static Map<UUID, List<Tag>> tags(Transaction transaction, List<ListedConnection> connections)
            throws SQLException {
        record Tagged(UUID connection, Tag tag) {}
        Where where = new Where()
                .in(
                        "x.connection_id",
                        connections.stream().map(one -> one.connection().id()).toList());
        Map<UUID, List<Tag>> tags = new HashMap<>();
        transaction
                .all(
                        row -> new Tagged(
                                row.id("connection_id"),
                                new Tag(row.id("id"), row.id("workspace_id"), row.text("name"), row.text("color"))),
                        "SELECT t.*, x.connection_id FROM connection_tag x JOIN tag t ON t.id = x.tag_id" + where.sql()
                                + " ORDER BY t.name, t.id",
                        where.values())
                .forEach(one -> tags.computeIfAbsent(one.connection(), _ -> new ArrayList<>())
                        .add(one.tag()));
        return tags;
    }

    private static ListedConnection read(Row row) throws SQLException {
        return new ListedConnection(
                ConnectionRows.read(row),
                row.text("source_name"),
                row.text("destination_name"),
                row.word("shown_status", ShownStatus.class),
                runs(row),
                List.of());
    }

    private static ListedRuns runs(Row row) throws SQLException {
        Instant lastAt = row.timeOrNull("last_job_at");
        ListedRuns.Last last = lastAt == null
                ? null
                : new ListedRuns.Last(
                        row.numberOrNull("last_job_id"),
                        lastAt,
                        row.numberOrNull("last_records"),
                        row.numberOrNull("last_rejected"));
        return new ListedRuns(
                row.numberOrNull("open_job_id"),
                last,
                row.timeOrNull("last_success_at"),
                row.number("failed_in_row"),
                row.timeOrNull("next_run_at"));
    }
}
