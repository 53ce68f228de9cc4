package dev.sluice.server.auth;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tokens: whoever shows one acts for its account, within its scopes, until it expires. Kept as hashes. */
public final class Tokens {
    /** How long the tokens of applications last; clients renew them by themselves. */
    public static final Duration SHORT = Duration.ofMinutes(15);

    /** How long somebody stays logged in. */
    public static final Duration SESSION = Duration.ofHours(12);

    /** How long a page that people come back to has for asking for a session. */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    private final Clock clock;
    private final Accounts accounts;

    /**
     * Those of a store.
     *
     * @param clock the time that they expire by
     * @param accounts for whom they act
     */
    public Tokens(Clock clock, Accounts accounts) {
        this.clock = clock;
        this.accounts = accounts;
    }

    /** What a token is for. */
    public enum Kind {
        /** An application has it for some minutes. */
        APPLICATION,
        /** Somebody uses the page with it. */
        SESSION,
        /** A program has it for long. */
        LONG,
        /** The page has it for a moment after somebody else has signed people in, and asks for a session with it. */
        ARRIVAL
    }

    /**
     * Makes a token.
     *
     * @param applicationId the application that it goes with; null for none
     * @param name how people call it
     * @param scopes what it is good for
     * @return its text, which nobody can see again
     */
    public String issue(
            Transaction transaction,
            Kind kind,
            UUID accountId,
            @Nullable UUID applicationId,
            String name,
            Set<Access> scopes,
            Duration lifetime)
            throws SQLException {
        String text = Digest.random("slu_token_");
        Instant now = clock.instant();
        transaction.change(
                "INSERT INTO token (token_hash, id, kind, account_id, application_id, name, scopes, created_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Digest.of(text),
                UUID.randomUUID(),
                kind,
                accountId,
                applicationId,
                name,
                new Json(JsonText.write(
                        scopes.stream().sorted().map(Access::name).toList())),
                now,
                now.plus(lifetime));
        return text;
    }

    /** Who shows this token; empty if it is none, has expired, or its account may not log in. */
    Optional<Caller> caller(Transaction transaction, String text) throws SQLException {
        record Shown(Account account, Set<Access> scopes) {}
        Shown shown = transaction
                .first(
                        row -> new Shown(Accounts.read(row), scopes(row)),
                        "SELECT a.*, t.scopes FROM token t JOIN account a ON a.id = t.account_id WHERE t.token_hash ="
                                + " ? AND t.expires_at > ? AND t.kind <> ? AND a.status = 'active'",
                        Digest.of(text),
                        clock.instant(),
                        Kind.ARRIVAL)
                .orElse(null);
        if (shown == null) {
            return Optional.empty();
        }
        Account account = shown.account();
        return Optional.of(
                new Caller(account.id(), account.email(), shown.scopes(), accounts.grants(transaction, account.id())));
    }

    /**
     * A token, without its text.
     *
     * @param id its identity
     * @param accountId for whom it acts
     * @param name how people call it
     * @param scopes what it is good for
     * @param createdAt when it was made
     * @param expiresAt when it ends
     */
    public record Issued(
            UUID id, UUID accountId, String name, Set<Access> scopes, Instant createdAt, Instant expiresAt) {}

    /** The long-lived tokens of an account that have not expired, the oldest first. */
    public List<Issued> list(Transaction transaction, UUID accountId) throws SQLException {
        return transaction.all(
                row -> new Issued(
                        row.id("id"),
                        row.id("account_id"),
                        row.text("name"),
                        scopes(row),
                        row.time("created_at"),
                        row.time("expires_at")),
                "SELECT * FROM token WHERE account_id = ? AND kind = ? AND expires_at > ? ORDER BY created_at, id",
                accountId,
                Kind.LONG,
                clock.instant());
    }

    /** Makes a long-lived token worthless. */
    public void revoke(Transaction transaction, UUID id) throws SQLException {
        transaction.change("DELETE FROM token WHERE id = ? AND kind = ?", id, Kind.LONG);
    }

    /**
     * What a page gets for a moment, to ask for a session with.
     *
     * @param browser what the browser keeps beside it, so that it is worth nothing in another one
     */
    public String arrival(Transaction transaction, UUID accountId, String browser) throws SQLException {
        return issue(
                transaction, Kind.ARRIVAL, accountId, null, Digest.of(browser), EnumSet.noneOf(Access.class), MOMENT);
    }

    /** The account for which a page got this, once; empty if it is none, too late, or from another browser. */
    public Optional<UUID> arrived(Transaction transaction, String text, String browser) throws SQLException {
        Optional<UUID> account = transaction.first(
                row -> row.id("account_id"),
                "SELECT t.account_id FROM token t JOIN account a ON a.id = t.account_id WHERE t.token_hash = ?"
                        + " AND t.kind = ? AND t.name = ? AND t.expires_at > ? AND a.status = 'active'",
                Digest.of(text),
                Kind.ARRIVAL,
                Digest.of(browser),
                clock.instant());
        boolean isFirst = account.isPresent()
                && transaction.change("DELETE FROM token WHERE token_hash = ?", Digest.of(text)) == 1;
        return isFirst ? account : Optional.empty();
    }

    /** Ends a session, if the text is one's token. */
    public void endSession(Transaction transaction, String text) throws SQLException {
        transaction.change("DELETE FROM token WHERE token_hash = ? AND kind = ?", Digest.of(text), Kind.SESSION);
    }

    /** Ends all sessions of an account. */
    public void endSessions(Transaction transaction, UUID accountId) throws SQLException {
        transaction.change("DELETE FROM token WHERE account_id = ? AND kind = ?", accountId, Kind.SESSION);
    }

    /** Makes a token worthless. */
    public void revoke(Transaction transaction, String text) throws SQLException {
        transaction.change("DELETE FROM token WHERE token_hash = ?", Digest.of(text));
    }

    /**
     * Deletes those that have expired.
     *
     * @return how many
     */
    public int sweep(Transaction transaction) throws SQLException {
        return transaction.change("DELETE FROM token WHERE expires_at <= ?", clock.instant());
    }

    private static Set<Access> scopes(Row row) throws SQLException {
        Set<Access> scopes = EnumSet.noneOf(Access.class);
        if (JsonText.read(row.text("scopes")) instanceof List<?> names) {
            names.forEach(name -> scopes.add(Access.valueOf(String.valueOf(name))));
        }
        return scopes;
    }
}
