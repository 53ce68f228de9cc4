package dev.sluice.server.auth;

import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The roles of accounts, one by one. An organisation keeps somebody who may administer it. */
public final class Permissions {
    /** Two who take away each other's role wait for each other, so that one of them stays. */
    private static final long ADMINISTERED = 0x736c756963650003L;

    private final Accounts accounts;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     */
    public Permissions(Clock clock) {
        this.accounts = new Accounts(clock);
    }

    /** Those of an account. */
    public List<Permission> of(Transaction transaction, UUID accountId) throws SQLException {
        return transaction.all(
                Permissions::read, "SELECT * FROM permission WHERE account_id = ? ORDER BY created_at, id", accountId);
    }

    /** One of them. */
    public Optional<Permission> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(Permissions::read, "SELECT * FROM permission WHERE id = ?", id);
    }

    /** Gives a role to an account, in the place of the one that it had there. */
    public Permission grant(Transaction transaction, UUID accountId, Grant grant) throws SQLException {
        List<UUID> guarded = administered(transaction, accountId);
        accounts.grant(transaction, accountId, grant);
        requireAdministrators(transaction, guarded);
        return of(transaction, accountId).stream()
                .filter(permission -> permission.grant().equals(grant))
                .findFirst()
                .orElseThrow();
    }

    /** Makes another role of one, in the same place. */
    public Permission grant(Transaction transaction, Permission old, Grant grant) throws SQLException {
        List<UUID> guarded = administered(transaction, old.accountId());
        transaction.change("UPDATE permission SET role = ? WHERE id = ?", grant.role(), old.id());
        requireAdministrators(transaction, guarded);
        return new Permission(old.id(), old.accountId(), grant);
    }

    /** Takes a role away. */
    public void revoke(Transaction transaction, Permission permission) throws SQLException {
        List<UUID> guarded = administered(transaction, permission.accountId());
        transaction.change("DELETE FROM permission WHERE id = ?", permission.id());
        requireAdministrators(transaction, guarded);
    }

    /** Lets an account log in, or not any more. */
    public void activate(Transaction transaction, UUID accountId, boolean active) throws SQLException {
        List<UUID> guarded = administered(transaction, accountId);
        accounts.activate(transaction, accountId, active);
        requireAdministrators(transaction, guarded);
    }

    /** The organisations in which somebody is an administrator: those of their own, or all. */
    private List<UUID> administered(Transaction transaction, UUID accountId) throws SQLException {
        transaction.exclusively(ADMINISTERED);
        boolean isEverywhere =
                accounts.grants(transaction, accountId).stream().anyMatch(grant -> grant.role() == Role.INSTANCE_ADMIN);
        return isEverywhere
                ? transaction.all(row -> row.id("id"), "SELECT id FROM organization WHERE deleted_at IS NULL")
                : accounts.grants(transaction, accountId).stream()
                        .filter(grant -> grant.role() == Role.ORGANIZATION_ADMIN)
                        .map(Grant::placeId)
                        .toList();
    }

    private static void requireAdministrators(Transaction transaction, List<UUID> organizations) throws SQLException {
        for (UUID organization : organizations) {
            if (transaction.count(
                            "SELECT count(*) AS n FROM permission p JOIN account a ON a.id = p.account_id"
                                    + " WHERE a.status = 'active' AND (p.role = ? OR (p.role = ?"
                                    + " AND p.organization_id = ?))",
                            Role.INSTANCE_ADMIN,
                            Role.ORGANIZATION_ADMIN,
                            organization)
                    == 0) {
                throw Problem.of(
                                "E_LAST_ADMIN",
                                ProblemKind.CONFLICT,
                                "nobody would be left who may administer the organisation")
                        .at(organization.toString())
                        .fix("make somebody else an administrator first")
                        .exception();
            }
        }
    }

    private static Permission read(Row row) throws SQLException {
        return new Permission(row.id("id"), row.id("account_id"), readGrant(row));
    }

    static Grant readGrant(Row row) throws SQLException {
        @Nullable UUID workspaceId = row.idOrNull("workspace_id");
        return new Grant(
                row.word("role", Role.class), workspaceId == null ? row.idOrNull("organization_id") : workspaceId);
    }
}
