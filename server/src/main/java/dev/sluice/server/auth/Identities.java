package dev.sluice.server.auth;

import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** How somebody else who signs people in knows the accounts. */
public final class Identities {
    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     */
    public Identities(Clock clock) {
        this.clock = clock;
    }

    /** The account of somebody, also one that may not log in. */
    public Optional<Account> find(Transaction transaction, String issuer, String subject) throws SQLException {
        return transaction.first(
                Accounts::read,
                "SELECT a.* FROM account a JOIN account_identity i ON i.account_id = a.id"
                        + " WHERE i.issuer = ? AND i.subject = ?",
                issuer,
                subject);
    }

    /** Makes an account that of somebody. */
    public void add(Transaction transaction, UUID accountId, String issuer, String subject) throws SQLException {
        transaction.change(
                "INSERT INTO account_identity (issuer, subject, account_id, created_at) VALUES (?, ?, ?, ?)",
                issuer,
                subject,
                accountId,
                clock.instant());
    }
}
