package dev.sluice.server.tags;

import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tags that there are. */
public final class Tags {
    private static final int MOST = 100;

    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     */
    public Tags(Clock clock) {
        this.clock = clock;
    }

    /** Makes a tag. */
    public Tag add(Transaction transaction, UUID workspaceId, String name, String color) throws SQLException {
        Tag tag = new Tag(UUID.randomUUID(), workspaceId, name, color);
        if (transaction.count("SELECT count(*) AS n FROM tag WHERE workspace_id = ?", workspaceId) >= MOST) {
            throw Problem.of("E_TAGS_FULL", ProblemKind.CONFLICT, "a workspace has at most " + MOST + " tags")
                    .fix("delete one that is not used any more")
                    .exception();
        }
        requireFree(transaction, tag);
        transaction.change(
                "INSERT INTO tag (id, workspace_id, name, color, created_at) VALUES (?, ?, ?, ?, ?)",
                tag.id(),
                workspaceId,
                name,
                color,
                clock.instant());
        return tag;
    }

    /** A tag. */
    public Optional<Tag> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(Tags::read, "SELECT * FROM tag WHERE id = ?", id);
    }

    /** The tags of some workspaces, by name. */
    public List<Tag> list(Transaction transaction, Collection<UUID> workspaceIds) throws SQLException {
        Where where = new Where().in("workspace_id", workspaceIds);
        return transaction.all(Tags::read, "SELECT * FROM tag" + where.sql() + " ORDER BY name, id", where.values());
    }

    /** Gives a tag another name or color. */
    public void replace(Transaction transaction, Tag tag) throws SQLException {
        requireFree(transaction, tag);
        transaction.replace(
                "the tag", "UPDATE tag SET name = ?, color = ? WHERE id = ?", tag.name(), tag.color(), tag.id());
    }

    /** Deletes a tag, and takes it from the connections that have it. */
    public void delete(Transaction transaction, UUID id) throws SQLException {
        transaction.change("DELETE FROM tag WHERE id = ?", id);
    }

    private static void requireFree(Transaction transaction, Tag tag) throws SQLException {
        long others = transaction.count(
                "SELECT count(*) AS n FROM tag WHERE workspace_id = ? AND name = ? AND id <> ?",
                tag.workspaceId(),
                tag.name(),
                tag.id());
        if (others > 0) {
            throw Problem.of("E_TAG_EXISTS", ProblemKind.CONFLICT, "the workspace has a tag of this name")
                    .at("name")
                    .fix("use that one, or choose another name")
                    .exception();
        }
    }

    private static Tag read(Row row) throws SQLException {
        return new Tag(row.id("id"), row.id("workspace_id"), row.text("name"), row.text("color"));
    }
}
