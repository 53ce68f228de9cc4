package dev.sluice.server.auth;

import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

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
