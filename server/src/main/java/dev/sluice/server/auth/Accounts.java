package dev.sluice.server.auth;

import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The accounts that there are, with their passwords and roles. */
public final class Accounts {
    /** What a guess at a password shall cost. */
    private static final int ROUNDS = 600_000;

    private static final int SHORTEST = 12;
    private static final int LONGEST = 500;

    private final Clock clock;
    private final Passwords passwords;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     */
    public Accounts(Clock clock) {
        this(clock, ROUNDS);
    }

    Accounts(Clock clock, int rounds) {
        this.clock = clock;
        this.passwords = new Passwords(rounds);
    }

    /**
     * What is kept of a password. Slow on purpose, so it comes before a transaction.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_PASSWORD}, if it is too short or too long
     */
    public String hash(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw Problem.of(
                            "E_PASSWORD",
                            ProblemKind.CONFIG,
                            "a password has " + SHORTEST + " to " + LONGEST + " characters")
                    .fix("choose another one")
                    .exception();
        }
        return passwords.hash(password);
    }

    /**
     * Makes an account.
     *
     * @param passwordHash what {@link #hash} made of its password; null for one that logs in elsewhere, or not at all
     */
    public Account add(Transaction transaction, String email, String name, @Nullable String passwordHash)
            throws SQLException {
        Account account = new Account(UUID.randomUUID(), email, name, true);
        Instant now = clock.instant();
        transaction.change(
                "INSERT INTO account (id, email, name, status, password_hash, created_at, updated_at, version)"
                        + " VALUES (?, ?, ?, 'active', ?, ?, ?, 1)",
                account.id(),
                email,
                name,
                passwordHash,
                now,
                now);
        return account;
    }

    /** An account. */
    public Optional<Account> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(Accounts::read, "SELECT * FROM account WHERE id = ?", id);
    }

    /**
     * The accounts with a role in an organisation, in one of its workspaces, or everywhere; by address.
     *
     * @param ids only these; null for all
     * @param emails only those with these addresses; null for all
     */
    public List<Account> of(
            Transaction transaction, UUID organizationId, @Nullable List<UUID> ids, @Nullable List<String> emails)
            throws SQLException {
        Where where = new Where()
                .and(
                        "EXISTS (SELECT 1 FROM permission p LEFT JOIN workspace w ON w.id = p.workspace_id"
                                + " WHERE p.account_id = account.id AND (p.organization_id = ?"
                                + " OR w.organization_id = ? OR p.role = ?))",
                        organizationId,
                        organizationId,
                        Role.INSTANCE_ADMIN);
        if (ids != null) {
            where.in("id", ids);
        }
        if (emails != null) {
            where.in(
                    "lower(email)",
                    emails.stream().map(email -> email.toLowerCase(Locale.ROOT)).toList());
        }
        return transaction.all(
                Accounts::read,
                "SELECT * FROM account" + where.sql() + " ORDER BY lower(email), id LIMIT ? OFFSET ?",
                where.values(Page.first(Page.MOST)));
    }

    /** True if there is an account with this address. */
    public boolean isTaken(Transaction transaction, String email) throws SQLException {
        return transaction.count("SELECT count(*) AS n FROM account WHERE lower(email) = lower(?)", email) > 0;
    }

    /** How many accounts there are that may log in and do everything. */
    long administrators(Transaction transaction) throws SQLException {
        return transaction.count(
                "SELECT count(*) AS n FROM account a JOIN permission p ON p.account_id = a.id"
                        + " WHERE a.status = 'active' AND p.role = ?",
                Role.INSTANCE_ADMIN);
    }

    /** The account with an address. */
    public Optional<Account> find(Transaction transaction, String email) throws SQLException {
        return transaction.first(Accounts::read, "SELECT * FROM account WHERE lower(email) = lower(?)", email);
    }

    /** An account that may log in, with what is kept of its password. */
    record Login(Account account, String passwordHash) {}

    Optional<Login> login(Transaction transaction, String email) throws SQLException {
        return transaction.first(
                row -> new Login(read(row), Objects.requireNonNullElse(row.textOrNull("password_hash"), "")),
                "SELECT * FROM account WHERE lower(email) = lower(?) AND status = 'active'",
                email);
    }

    /** Lets an account log in, or not any more; its tokens are worth nothing then. */
    public void activate(Transaction transaction, UUID id, boolean active) throws SQLException {
        transaction.change(
                "UPDATE account SET status = ?, updated_at = ?, version = version + 1 WHERE id = ?",
                active ? "active" : "disabled",
                clock.instant(),
                id);
    }

    /** Gives an account another password. */
    public void savePassword(Transaction transaction, UUID id, String passwordHash) throws SQLException {
        transaction.change(
                "UPDATE account SET password_hash = ?, updated_at = ?, version = version + 1 WHERE id = ?",
                passwordHash,
                clock.instant(),
                id);
    }

    /** Gives a role to an account; it has one in each place. */
    public void grant(Transaction transaction, UUID accountId, Grant grant) throws SQLException {
        UUID organizationId = grant.role().place() == Role.Place.ORGANIZATION ? grant.placeId() : null;
        UUID workspaceId = grant.role().place() == Role.Place.WORKSPACE ? grant.placeId() : null;
        Where same = new Where().and("account_id = ?", accountId);
        at(same, "organization_id", organizationId);
        at(same, "workspace_id", workspaceId);
        transaction.change("DELETE FROM permission" + same.sql(), same.values());
        transaction.change(
                "INSERT INTO permission (id, account_id, role, organization_id, workspace_id, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                accountId,
                grant.role(),
                organizationId,
                workspaceId,
                clock.instant());
    }

    private static void at(Where where, String column, @Nullable UUID id) {
        if (id == null) {
            where.and(column + " IS NULL");
        } else {
            where.and(column + " = ?", id);
        }
    }

    /** The roles of an account. */
    public List<Grant> grants(Transaction transaction, UUID accountId) throws SQLException {
        return transaction.all(
                Permissions::readGrant, "SELECT * FROM permission WHERE account_id = ? ORDER BY id", accountId);
    }

    static Account read(Row row) throws SQLException {
        return new Account(
                row.id("id"),
                row.text("email"),
                row.text("name"),
                row.text("status").equals("active"));
    }
}
