package dev.sluice.server.workspaces;

import dev.sluice.server.store.Life;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The organisations and workspaces that there are. */
public final class Workspaces {
    private static final int MOST_OF_A_SLUG = 60;

    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     */
    public Workspaces(Clock clock) {
        this.clock = clock;
    }

    /** Makes an organisation. */
    public Organization addOrganization(Transaction transaction, String name, String email) throws SQLException {
        Life life = Life.begun(clock.instant());
        Organization organization = new Organization(UUID.randomUUID(), name, email, life);
        transaction.change(
                "INSERT INTO organization (id, name, email, created_at, updated_at, version) VALUES (?, ?, ?, ?, ?, ?)",
                organization.id(),
                name,
                email,
                life.createdAt(),
                life.updatedAt(),
                life.version());
        return organization;
    }

    /** The organisations, the oldest first. */
    public List<Organization> organizations(Transaction transaction) throws SQLException {
        return transaction.all(
                row -> new Organization(row.id("id"), row.text("name"), row.text("email"), row.life()),
                "SELECT * FROM organization WHERE deleted_at IS NULL ORDER BY created_at, id");
    }

    /** Makes a workspace. */
    public Workspace add(Transaction transaction, UUID organizationId, String name, WorkspaceSettings settings)
            throws SQLException {
        UUID id = UUID.randomUUID();
        Life life = Life.begun(clock.instant());
        Workspace workspace = new Workspace(id, organizationId, name, slug(transaction, id, name), settings, life);
        transaction.change(
                "INSERT INTO workspace (id, organization_id, name, slug, email, notifications, settings, created_at,"
                        + " updated_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                organizationId,
                name,
                workspace.slug(),
                settings.email(),
                settings.notifications(),
                settings.more(),
                life.createdAt(),
                life.updatedAt(),
                life.version());
        return workspace;
    }

    /** A workspace, also one that was deleted. */
    public Optional<Workspace> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(Workspaces::read, "SELECT * FROM workspace WHERE id = ?", id);
    }

    /**
     * Workspaces, the oldest first.
     *
     * @param among only these; null for all
     * @param deleted true for those too that were deleted
     */
    public List<Workspace> list(Transaction transaction, @Nullable Collection<UUID> among, boolean deleted, Page page)
            throws SQLException {
        Where where = new Where();
        if (among != null) {
            where.in("id", among);
        }
        if (!deleted) {
            where.and("deleted_at IS NULL");
        }
        return transaction.all(
                Workspaces::read,
                "SELECT * FROM workspace" + where.sql() + " ORDER BY created_at, id LIMIT ? OFFSET ?",
                where.values(page));
    }

    /**
     * Replaces a workspace.
     *
     * @param workspace how it is from now on, with the version that it was made from
     * @return the workspace with its new version
     */
    public Workspace replace(Transaction transaction, Workspace workspace) throws SQLException {
        return save(transaction, workspace, workspace.life().changed(clock.instant()));
    }

    /** Marks a workspace as deleted; what is in it can no longer be listed through it. */
    public Workspace delete(Transaction transaction, Workspace workspace) throws SQLException {
        return save(transaction, workspace, workspace.life().ended(clock.instant()));
    }

    private static Workspace save(Transaction transaction, Workspace workspace, Life life) throws SQLException {
        WorkspaceSettings settings = workspace.settings();
        transaction.replace(
                "the workspace",
                "UPDATE workspace SET name = ?, email = ?, notifications = ?, settings = ?, updated_at = ?,"
                        + " deleted_at = ?, version = ? WHERE id = ? AND version = ?",
                workspace.name(),
                settings.email(),
                settings.notifications(),
                settings.more(),
                life.updatedAt(),
                life.deletedAt(),
                life.version(),
                workspace.id(),
                workspace.life().version());
        return new Workspace(
                workspace.id(), workspace.organizationId(), workspace.name(), workspace.slug(), settings, life);
    }

    /** The name in letters that an address may have; with a part of the id where another workspace has it. */
    private static String slug(Transaction transaction, UUID id, String name) throws SQLException {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String slug = plain.substring(0, Math.min(plain.length(), MOST_OF_A_SLUG));
        boolean isFree =
                !slug.isEmpty() && transaction.count("SELECT count(*) AS n FROM workspace WHERE slug = ?", slug) == 0;
        return isFree ? slug : (slug.isEmpty() ? "workspace" : slug) + "-" + id;
    }

    private static Workspace read(Row row) throws SQLException {
        return new Workspace(
                row.id("id"),
                row.id("organization_id"),
                row.text("name"),
                row.text("slug"),
                new WorkspaceSettings(row.textOrNull("email"), row.json("notifications"), row.json("settings")),
                row.life());
    }
}
