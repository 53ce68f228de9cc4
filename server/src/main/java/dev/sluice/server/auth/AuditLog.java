package dev.sluice.server.auth;

import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of who did what. It names objects and never what is in them. */
public final class AuditLog {
    private static final int LONGEST = 300;

    private final Clock clock;

    /**
     * That of a store.
     *
     * @param clock the time of its entries
     */
    public AuditLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes an entry.
     *
     * @param agent what the program calls itself
     */
    public void write(Transaction transaction, AuditEntry entry, String agent) throws SQLException {
        transaction.change(
                "INSERT INTO audit_log (at, workspace_id, account_id, account_name, address, agent, operation,"
                        + " object_id, succeeded, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                clock.instant(),
                entry.workspaceId(),
                entry.caller().accountId(),
                cut(entry.caller().name()),
                cut(entry.address()),
                cut(agent),
                cut(entry.operation()),
                entry.objectId() == null ? null : cut(entry.objectId()),
                entry.succeeded(),
                Json.EMPTY);
    }

    /**
     * An entry that was written.
     *
     * @param id its number
     * @param at when
     * @param entry who did what; the caller as they were called then, without what they may do
     * @param agent what the program called itself
     */
    public record Written(long id, Instant at, AuditEntry entry, String agent) {}

    /**
     * Entries, the newest first.
     *
     * @param workspaceId only of this workspace; null for all
     */
    public List<Written> list(Transaction transaction, @Nullable UUID workspaceId, Page page) throws SQLException {
        Where where = new Where();
        if (workspaceId != null) {
            where.and("workspace_id = ?", workspaceId);
        }
        return transaction.all(
                row -> new Written(row.number("id"), row.time("at"), read(row), row.text("agent")),
                "SELECT * FROM audit_log" + where.sql() + " ORDER BY at DESC, id DESC LIMIT ? OFFSET ?",
                where.values(page));
    }

    private static AuditEntry read(Row row) throws SQLException {
        return new AuditEntry(
                new Caller(row.idOrNull("account_id"), row.text("account_name"), Set.of(), List.of()),
                row.idOrNull("workspace_id"),
                row.text("address"),
                row.text("operation"),
                row.textOrNull("object_id"),
                row.flag("succeeded"));
    }

    /**
     * Deletes old entries.
     *
     * @return how many
     */
    public int sweep(Transaction transaction, Instant before) throws SQLException {
        return transaction.change("DELETE FROM audit_log WHERE at < ?", before);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
