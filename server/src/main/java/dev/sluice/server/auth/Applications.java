package dev.sluice.server.auth;

import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The applications that there are. */
public final class Applications {
    private static final int HINT = 4;

    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     */
    public Applications(Clock clock) {
        this.clock = clock;
    }

    /**
     * An application with its secret, which nobody can see again.
     *
     * @param application the application
     * @param secret its secret
     */
    public record Made(Application application, String secret) {
        @Override
        public String toString() {
            return application.toString();
        }
    }

    /** Makes an application that acts for an account. */
    public Made add(Transaction transaction, UUID accountId, String name) throws SQLException {
        String secret = Digest.random("slu_secret_");
        Instant now = clock.instant();
        Application application = new Application(
                UUID.randomUUID(),
                accountId,
                name,
                UUID.randomUUID().toString(),
                secret.substring(secret.length() - HINT),
                now);
        transaction.change(
                "INSERT INTO application (id, account_id, name, client_id, secret_hash, secret_hint, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                application.id(),
                accountId,
                name,
                application.clientId(),
                Digest.of(secret),
                application.hint(),
                now);
        return new Made(application, secret);
    }

    /** The applications of an account, the oldest first. */
    public List<Application> list(Transaction transaction, UUID accountId) throws SQLException {
        return transaction.all(
                Applications::read,
                "SELECT * FROM application WHERE account_id = ? ORDER BY created_at, id",
                accountId);
    }

    /** An application. */
    public Optional<Application> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(Applications::read, "SELECT * FROM application WHERE id = ?", id);
    }

    /** Deletes an application; its tokens are worth nothing any more. */
    public void delete(Transaction transaction, UUID id) throws SQLException {
        transaction.change("DELETE FROM application WHERE id = ?", id);
    }

    /** The application that knows this secret, of an account that may log in. */
    Optional<Application> login(Transaction transaction, String clientId, String secret) throws SQLException {
        byte[] given = Digest.of(secret).getBytes(StandardCharsets.UTF_8);
        record Found(Application application, String secretHash) {}
        return transaction
                .first(
                        row -> new Found(read(row), row.text("secret_hash")),
                        "SELECT p.* FROM application p JOIN account a ON a.id = p.account_id"
                                + " WHERE p.client_id = ? AND a.status = 'active'",
                        clientId)
                .filter(found -> MessageDigest.isEqual(given, found.secretHash().getBytes(StandardCharsets.UTF_8)))
                .map(Found::application);
    }

    private static Application read(Row row) throws SQLException {
        return new Application(
                row.id("id"),
                row.id("account_id"),
                row.text("name"),
                row.text("client_id"),
                row.text("secret_hint"),
                row.time("created_at"));
    }
}
