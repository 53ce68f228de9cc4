package dev.sluice.server.drafts;

import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.secrets.SecretFields;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Life;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The drafts that there are. Each is of one account, or of nobody where nobody logs in, and nobody else sees it. */
public final class Drafts {
    /** How many bytes a document has at most. */
    private static final int MOST_BYTES = 1024 * 1024;

    private static final int MOST = 100;
    private static final String COLUMNS =
            "id, workspace_id, account_id, kind, name, made, submitted_at, created_at, updated_at, version";

    private final Secrets secrets;
    private final Definitions definitions;
    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param secrets where the secrets in them lie
     * @param definitions the connectors, which say what is secret
     * @param clock the time for their ages
     */
    public Drafts(Secrets secrets, Definitions definitions, Clock clock) {
        this.secrets = secrets;
        this.definitions = definitions;
        this.clock = clock;
    }

    /** Makes one. */
    public Draft add(
            Transaction transaction,
            UUID workspaceId,
            @Nullable UUID accountId,
            String kind,
            @Nullable String name,
            Map<String, ? extends @Nullable Object> document)
            throws SQLException {
        Where own = own(accountId).and("workspace_id = ?", workspaceId);
        if (transaction.count("SELECT count(*) AS n FROM draft" + own.sql(), own.values()) >= MOST) {
            throw Problem.of("E_DRAFTS_FULL", ProblemKind.CONFLICT, "there are " + MOST + " drafts of you here already")
                    .fix("finish or delete one")
                    .exception();
        }
        Draft draft = new Draft(
                UUID.randomUUID(), workspaceId, accountId, kind, name, Draft.Made.NOTHING, Life.begun(clock.instant()));
        Json content = keep(transaction, draft, document, null);
        transaction.change(
                "INSERT INTO draft (id, workspace_id, account_id, kind, name, content, made, created_at, updated_at,"
                        + " version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                draft.id(),
                workspaceId,
                accountId,
                kind,
                name,
                content,
                draft.made().ids(),
                draft.life().createdAt(),
                draft.life().updatedAt(),
                draft.life().version());
        return draft;
    }

    /** One of an account. */
    public Optional<Draft> find(Transaction transaction, UUID id, @Nullable UUID accountId) throws SQLException {
        Where own = own(accountId).and("id = ?", id);
        return transaction.first(Drafts::read, "SELECT " + COLUMNS + " FROM draft" + own.sql(), own.values());
    }

    /** One as it is now; whoever else wants to make something of it waits until the transaction ends. */
    public Optional<Draft> hold(Transaction transaction, Draft draft) throws SQLException {
        return transaction.first(
                Drafts::read,
                "SELECT " + COLUMNS + " FROM draft WHERE id = ?"
                        + transaction.dialect().forUpdate(),
                draft.id());
    }

    /** Those of an account in some workspaces that are not submitted, the last one first. */
    public List<Draft> list(Transaction transaction, @Nullable UUID accountId, Collection<UUID> workspaceIds, Page page)
            throws SQLException {
        Where own = own(accountId).in("workspace_id", workspaceIds).and("submitted_at IS NULL");
        return transaction.all(
                Drafts::read,
                "SELECT " + COLUMNS + " FROM draft" + own.sql() + " ORDER BY updated_at DESC, id LIMIT ? OFFSET ?",
                own.values(page));
    }

    /** Replaces the document of one, unless somebody has changed it since it was read. */
    public Draft replace(
            Transaction transaction,
            Draft draft,
            @Nullable String name,
            Map<String, ? extends @Nullable Object> document)
            throws SQLException {
        if (draft.made().submittedAt() != null) {
            throw Problem.of("E_DRAFT_SUBMITTED", ProblemKind.CONFLICT, "the draft was submitted already")
                    .fix("change what was made of it, or begin another one")
                    .exception();
        }
        Json content = keep(transaction, draft, document, content(transaction, draft));
        Draft changed = new Draft(
                draft.id(),
                draft.workspaceId(),
                draft.accountId(),
                draft.kind(),
                name,
                draft.made(),
                draft.life().changed(clock.instant()));
        transaction.replace(
                "the draft",
                "UPDATE draft SET name = ?, content = ?, updated_at = ?, version = ? WHERE id = ? AND version = ?",
                name,
                content,
                changed.life().updatedAt(),
                changed.life().version(),
                draft.id(),
                draft.life().version());
        return changed;
    }

    /** Writes down what was made of one; what is said of its age stays, so that whoever edits it goes on. */
    public void made(Transaction transaction, Draft draft, Map<String, ? extends @Nullable Object> ids, boolean isWhole)
            throws SQLException {
        transaction.change(
                "UPDATE draft SET made = ?, submitted_at = ? WHERE id = ?",
                new Json(JsonText.write(ids)),
                isWhole ? clock.instant() : null,
                draft.id());
    }

    /** Deletes one with its secrets. */
    public void delete(Transaction transaction, Draft draft) throws SQLException {
        secrets.delete(transaction, draft.id());
        transaction.change("DELETE FROM draft WHERE id = ?", draft.id());
    }

    /** Deletes those that nobody has changed since a time. */
    public int sweep(Transaction transaction, Instant before) throws SQLException {
        transaction.change("DELETE FROM secret WHERE owner_id IN (SELECT id FROM draft WHERE updated_at < ?)", before);
        return transaction.change("DELETE FROM draft WHERE updated_at < ?", before);
    }

    /** The document of one as answers show it. */
    public Object shown(Transaction transaction, Draft draft) throws SQLException {
        Json content = content(transaction, draft);
        SecretFields fields = fields(transaction, draft, JsonText.read(content.text()));
        return JsonText.object(Secrets.masked(content, fields, false).text());
    }

    /** The document of one with its secrets, to make something of it. Names of variables stay names. */
    public Map<String, @Nullable Object> clear(Transaction transaction, Draft draft) throws SQLException {
        Json content = content(transaction, draft);
        SecretFields fields = fields(transaction, draft, JsonText.read(content.text()));
        return secrets.resolve(transaction, owner(draft), fields, content, name -> "${" + name + "}")
                .values();
    }

    private Json keep(
            Transaction transaction,
            Draft draft,
            Map<String, ? extends @Nullable Object> document,
            @Nullable Json before)
            throws SQLException {
        Json given = new Json(JsonText.write(document));
        if (given.text().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw Problem.of("E_DRAFT_SIZE", ProblemKind.CONFIG, "a draft has at most " + MOST_BYTES + " bytes")
                    .at("document")
                    .fix("leave out what the server knows by itself, such as catalogs")
                    .exception();
        }
        return secrets.keep(transaction, owner(draft), fields(transaction, draft, document), given, before);
    }

    private SecretFields fields(Transaction transaction, Draft draft, @Nullable Object document) throws SQLException {
        Map<UUID, SecretFields> connectors = new HashMap<>();
        for (UUID id : DraftFields.named(document)) {
            Definition definition = definitions.find(transaction, id).orElse(null);
            if (definition == null
                    || (definition.workspaceId() != null && !draft.workspaceId().equals(definition.workspaceId()))) {
                continue;
            }
            Json spec = definitions
                    .version(transaction, id, definition.defaultNumber())
                    .map(DefinitionVersion::spec)
                    .orElse(null);
            if (spec != null) {
                connectors.put(id, SecretFields.of(spec.text()));
            }
        }
        return DraftFields.of(document, connectors);
    }

    private static Json content(Transaction transaction, Draft draft) throws SQLException {
        return transaction
                .first(row -> row.json("content"), "SELECT content FROM draft WHERE id = ?", draft.id())
                .orElseThrow();
    }

    private Where own(@Nullable UUID accountId) {
        Where own = accountId == null
                ? new Where().and("account_id IS NULL")
                : new Where().and("account_id = ?", accountId);
        return own.and("updated_at >= ?", clock.instant().minus(Draft.KEPT));
    }

    private static Owner owner(Draft draft) {
        return new Owner(draft.workspaceId(), draft.id());
    }

    private static Draft read(Row row) throws SQLException {
        return new Draft(
                row.id("id"),
                row.id("workspace_id"),
                row.idOrNull("account_id"),
                row.text("kind"),
                row.textOrNull("name"),
                new Draft.Made(
                        Objects.requireNonNullElse(row.jsonOrNull("made"), Json.EMPTY), row.timeOrNull("submitted_at")),
                new Life(row.time("created_at"), row.time("updated_at"), null, row.number("version")));
    }
}
