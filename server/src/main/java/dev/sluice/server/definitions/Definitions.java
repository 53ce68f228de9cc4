package dev.sluice.server.definitions;

import dev.sluice.server.store.Json;
import dev.sluice.server.store.Life;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The definitions that there are. */
public final class Definitions {
    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     */
    public Definitions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes a definition, which has no version yet.
     *
     * @param id its identity; fixed ones for what each server has
     * @param workspaceId the workspace that has it; null for all
     */
    public Definition add(
            Transaction transaction,
            UUID id,
            @Nullable UUID workspaceId,
            ConnectorKind kind,
            String name,
            DefinitionFacts facts)
            throws SQLException {
        Life life = Life.begun(clock.instant());
        transaction.change(
                "INSERT INTO definition (id, workspace_id, kind, name, origin, support_level, documentation_url,"
                        + " icon_url, details, default_number, created_at, updated_at, version)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
                id,
                workspaceId,
                kind,
                name,
                facts.origin(),
                facts.supportLevel(),
                facts.documentationUrl(),
                facts.iconUrl(),
                facts.details(),
                life.createdAt(),
                life.updatedAt(),
                life.version());
        return new Definition(id, workspaceId, kind, name, facts, 0, life);
    }

    /** A definition, also one that was deleted. */
    public Optional<Definition> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(Definitions::read, "SELECT * FROM definition WHERE id = ?", id);
    }

    /** Those of a workspace and those of all, by name. */
    public List<Definition> list(Transaction transaction, UUID workspaceId, ConnectorKind kind) throws SQLException {
        return transaction.all(
                Definitions::read,
                "SELECT * FROM definition WHERE (workspace_id = ? OR workspace_id IS NULL) AND kind = ?"
                        + " AND deleted_at IS NULL ORDER BY name, id",
                workspaceId,
                kind);
    }

    /**
     * Replaces what a definition says.
     *
     * @param definition how it is from now on, with the version that it was made from
     * @return the definition with its new version
     */
    public Definition replace(Transaction transaction, Definition definition) throws SQLException {
        return save(transaction, definition, definition.life().changed(clock.instant()));
    }

    /** Marks a definition as deleted. */
    public Definition delete(Transaction transaction, Definition definition) throws SQLException {
        return save(transaction, definition, definition.life().ended(clock.instant()));
    }

    /** Adds a version, which becomes the default. */
    public DefinitionVersion addVersion(
            Transaction transaction, UUID definitionId, String label, Json reference, @Nullable Json spec)
            throws SQLException {
        Instant now = clock.instant();
        // The row of the definition is held, so that nobody else takes the same number.
        transaction.change("UPDATE definition SET updated_at = ? WHERE id = ?", now, definitionId);
        long number = 1
                + transaction.count(
                        "SELECT coalesce(max(number), 0) AS n FROM definition_version WHERE definition_id = ?",
                        definitionId);
        transaction.change(
                "INSERT INTO definition_version (definition_id, number, label, reference, spec, support_state,"
                        + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                definitionId,
                number,
                label,
                reference,
                spec,
                SupportState.SUPPORTED,
                now);
        transaction.change(
                "UPDATE definition SET default_number = ?, version = version + 1 WHERE id = ?", number, definitionId);
        return new DefinitionVersion(definitionId, number, label, reference, spec, SupportState.SUPPORTED, now);
    }

    /** Keeps what a version wants to be configured with, once it was asked. */
    public void saveSpec(Transaction transaction, UUID definitionId, long number, Json spec) throws SQLException {
        transaction.change(
                "UPDATE definition_version SET spec = ? WHERE definition_id = ? AND number = ?",
                spec,
                definitionId,
                number);
    }

    /** A version of a definition. */
    public Optional<DefinitionVersion> version(Transaction transaction, UUID definitionId, long number)
            throws SQLException {
        return transaction.first(
                Definitions::readVersion,
                "SELECT * FROM definition_version WHERE definition_id = ? AND number = ?",
                definitionId,
                number);
    }

    /** The versions of a definition, the newest first. */
    public List<DefinitionVersion> versions(Transaction transaction, UUID definitionId) throws SQLException {
        return transaction.all(
                Definitions::readVersion,
                "SELECT * FROM definition_version WHERE definition_id = ? ORDER BY number DESC",
                definitionId);
    }

    private static Definition save(Transaction transaction, Definition definition, Life life) throws SQLException {
        DefinitionFacts facts = definition.facts();
        transaction.replace(
                "the definition",
                "UPDATE definition SET name = ?, support_level = ?, documentation_url = ?, icon_url = ?, details = ?,"
                    + " default_number = ?, updated_at = ?, deleted_at = ?, version = ? WHERE id = ? AND version = ?",
                definition.name(),
                facts.supportLevel(),
                facts.documentationUrl(),
                facts.iconUrl(),
                facts.details(),
                definition.defaultNumber(),
                life.updatedAt(),
                life.deletedAt(),
                life.version(),
                definition.id(),
                definition.life().version());
        return new Definition(
                definition.id(),
                definition.workspaceId(),
                definition.kind(),
                definition.name(),
                facts,
                definition.defaultNumber(),
                life);
    }

    private static Definition read(Row row) throws SQLException {
        return new Definition(
                row.id("id"),
                row.idOrNull("workspace_id"),
                row.word("kind", ConnectorKind.class),
                row.text("name"),
                new DefinitionFacts(
                        row.word("origin", Origin.class),
                        row.word("support_level", SupportLevel.class),
                        row.textOrNull("documentation_url"),
                        row.textOrNull("icon_url"),
                        row.json("details")),
                row.number("default_number"),
                row.life());
    }

    private static DefinitionVersion readVersion(Row row) throws SQLException {
        return new DefinitionVersion(
                row.id("definition_id"),
                row.number("number"),
                row.text("label"),
                row.json("reference"),
                row.jsonOrNull("spec"),
                row.word("support_state", SupportState.class),
                row.time("created_at"));
    }
}
