package dev.sluice.server.alerts;

import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The alerts that there are. They are raised and resolved by the transactions that they tell of. */
public final class Alerts {
    private static final String LISTED =
            "SELECT a.*, c.name AS connection_name FROM alert a JOIN connection c ON c.id = a.connection_id";

    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param clock the time
     */
    public Alerts(Clock clock) {
        this.clock = clock;
    }

    /** Something is wrong; if that was known, it goes on being so, and whoever has acknowledged it is left in peace. */
    void raise(Transaction transaction, UUID connectionId, AlertKind kind, Alert.Cause cause) throws SQLException {
        Instant now = clock.instant();
        int known = transaction.change(
                "UPDATE alert SET last_at = ?, times = times + 1, job_id = coalesce(?, job_id), code = ?, message = ?,"
                        + " amount = ? WHERE connection_id = ? AND kind = ? AND resolved_at IS NULL",
                now,
                cause.jobId(),
                cause.code(),
                cause.message(),
                cause.count(),
                connectionId,
                kind);
        if (known == 0) {
            transaction.change(
                    "INSERT INTO alert (id, connection_id, kind, job_id, code, message, amount, opened_at, last_at,"
                            + " times) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                    UUID.randomUUID(),
                    connectionId,
                    kind,
                    cause.jobId(),
                    cause.code(),
                    cause.message(),
                    cause.count(),
                    now,
                    now);
        }
    }

    /** It is right again, if it was wrong. */
    void resolve(Transaction transaction, UUID connectionId, AlertKind kind) throws SQLException {
        transaction.change(
                "UPDATE alert SET resolved_at = ? WHERE connection_id = ? AND kind = ? AND resolved_at IS NULL",
                clock.instant(),
                connectionId,
                kind);
    }

    /** An alert. */
    public Optional<Alert> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(Alerts::read, LISTED + " WHERE a.id = ?", id);
    }

    /** Those of a workspace in a state, what was seen last first. */
    public List<Alert> list(Transaction transaction, UUID workspaceId, AlertState state, Page page)
            throws SQLException {
        Where where = in(workspaceId, state);
        String order = state == AlertState.RESOLVED ? "a.resolved_at" : "a.last_at";
        return transaction.all(
                Alerts::read,
                LISTED + where.sql() + " ORDER BY " + order + " DESC, a.id LIMIT ? OFFSET ?",
                where.values(page));
    }

    /** How many of a workspace are in a state. */
    public long count(Transaction transaction, UUID workspaceId, AlertState state) throws SQLException {
        Where where = in(workspaceId, state);
        return transaction
                .first(
                        row -> row.number("n"),
                        "SELECT count(*) AS n FROM alert a JOIN connection c ON c.id = a.connection_id" + where.sql(),
                        where.values())
                .orElse(0L);
    }

    private Where in(UUID workspaceId, AlertState state) {
        Where where = new Where().and("c.workspace_id = ?", workspaceId).and("c.deleted_at IS NULL");
        Instant now = clock.instant();
        return switch (state) {
            case RESOLVED -> where.and("a.resolved_at IS NOT NULL");
            case OPEN ->
                where.and("a.resolved_at IS NULL")
                        .and("a.acknowledged_at IS NULL")
                        .and("(a.snoozed_until IS NULL OR a.snoozed_until <= ?)", now);
            case SILENCED ->
                where.and("a.resolved_at IS NULL").and("(a.acknowledged_at IS NOT NULL OR a.snoozed_until > ?)", now);
        };
    }

    /** Somebody looks after it. */
    public void acknowledge(Transaction transaction, UUID id, String who) throws SQLException {
        transaction.change(
                "UPDATE alert SET acknowledged_by = ?, acknowledged_at = ? WHERE id = ? AND acknowledged_at IS NULL",
                who,
                clock.instant(),
                id);
    }

    /** Nobody looks after it any more. */
    public void forsake(Transaction transaction, UUID id) throws SQLException {
        transaction.change("UPDATE alert SET acknowledged_by = NULL, acknowledged_at = NULL WHERE id = ?", id);
    }

    /** Nobody wants to hear of it until some time; null to hear of it at once. */
    public void snooze(Transaction transaction, UUID id, @Nullable Instant until) throws SQLException {
        transaction.change("UPDATE alert SET snoozed_until = ? WHERE id = ?", until, id);
    }

    /**
     * Deletes what has been right for long.
     *
     * @param most how many at once
     * @return how many
     */
    public int sweep(Transaction transaction, Instant before, int most) throws SQLException {
        return transaction.change(
                "DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE resolved_at < ? ORDER BY resolved_at LIMIT"
                        + " ?)",
                before,
                most);
    }

    private static Alert read(Row row) throws SQLException {
        return new Alert(
                row.id("id"),
                row.id("connection_id"),
                row.text("connection_name"),
                row.word("kind", AlertKind.class),
                new Alert.Cause(
                        row.numberOrNull("job_id"),
                        row.textOrNull("code"),
                        row.textOrNull("message"),
                        row.numberOrNull("amount")),
                new Alert.Course(
                        row.time("opened_at"), row.time("last_at"), row.number("times"), row.timeOrNull("resolved_at")),
                new Alert.Attention(
                        row.textOrNull("acknowledged_by"),
                        row.timeOrNull("acknowledged_at"),
                        row.timeOrNull("snoozed_until")));
    }
}
