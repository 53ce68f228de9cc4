package dev.sluice.server.timeline;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events that there are. They are written by the transactions that they tell of. */
public final class Timeline {
    private final Clock clock;

    /**
     * That of a store.
     *
     * @param clock the time of its events
     */
    public Timeline(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes an event, in the name of whoever is asking just now.
     *
     * @param jobId the job that it belongs to; null for none
     * @param summary what there is to tell; no secrets, and no rows
     */
    public void add(
            Transaction transaction,
            UUID connectionId,
            EventKind kind,
            @Nullable Long jobId,
            Map<String, ? extends @Nullable Object> summary)
            throws SQLException {
        Author author = Author.current().orElse(null);
        transaction.change(
                "INSERT INTO event (id, connection_id, kind, job_id, account_id, account_name, summary, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                connectionId,
                kind,
                jobId,
                author == null ? null : author.accountId(),
                author == null ? null : author.name(),
                new Json(JsonText.write(summary)),
                clock.instant());
    }

    /** The events that a filter means, the last one first. */
    public List<TimelineEvent> list(Transaction transaction, EventFilter filter, Page page) throws SQLException {
        Where where = filter.where();
        return transaction.all(
                Timeline::read,
                "SELECT * FROM event" + where.sql() + " ORDER BY at DESC, id DESC LIMIT ? OFFSET ?",
                where.values(page));
    }

    /**
     * Deletes old events.
     *
     * @param most how many at once
     * @return how many
     */
    public int sweep(Transaction transaction, Instant before, int most) throws SQLException {
        return transaction.change(
                "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at < ? ORDER BY at LIMIT ?)", before, most);
    }

    private static TimelineEvent read(Row row) throws SQLException {
        String name = row.textOrNull("account_name");
        return new TimelineEvent(
                row.id("id"),
                row.id("connection_id"),
                row.word("kind", EventKind.class),
                row.numberOrNull("job_id"),
                name == null ? null : new Author(row.idOrNull("account_id"), name),
                row.json("summary"),
                row.time("at"));
    }
}
