package dev.sluice.server.builder;

import dev.sluice.server.actors.RenewedFields;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.secrets.SecretFields;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.workbench.Checked;
import dev.sluice.spi.workbench.Workbench;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The projects that there are. */
public final class BuilderProjects {
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final int MOST = 500;

    /** While nobody knows what the options are, each of them is a secret. */
    private static final SecretFields UNKNOWN = new SecretFields() {
        @Override
        public boolean isSecret() {
            return false;
        }

        @Override
        public SecretFields member(String name) {
            return ALL;
        }

        @Override
        public SecretFields elements() {
            return ALL;
        }
    };

    private final Secrets secrets;
    private final Workbench workbench;
    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param secrets where the secrets of testing values lie
     * @param workbench what tells the options of a manifest
     * @param clock the time for their ages
     */
    public BuilderProjects(Secrets secrets, Workbench workbench, Clock clock) {
        this.secrets = secrets;
        this.workbench = workbench;
        this.clock = clock;
    }

    /** What there is to say of a manifest. */
    public Checked check(String manifest) {
        requireSize(manifest);
        return workbench.check(manifest);
    }

    private static void requireSize(String manifest) {
        if (manifest.length() > MOST_CHARACTERS) {
            throw Problem.of(
                            "E_BUILDER_SIZE",
                            ProblemKind.CONFIG,
                            "a manifest has at most " + MOST_CHARACTERS + " characters here")
                    .at("manifest")
                    .exception();
        }
    }

    /** Begins one. */
    public BuilderProject add(Transaction transaction, UUID workspaceId, String name, String manifest, String by)
            throws SQLException {
        if (transaction.count("SELECT count(*) AS n FROM builder_project WHERE workspace_id = ?", workspaceId)
                >= MOST) {
            throw Problem.of("E_BUILDER_FULL", ProblemKind.CONFLICT, "the workspace has " + MOST + " projects already")
                    .fix("delete one")
                    .exception();
        }
        Checked checked = check(manifest);
        Instant now = clock.instant();
        BuilderProject project = new BuilderProject(
                UUID.randomUUID(),
                workspaceId,
                new BuilderProject.Draft(name, manifest, checked.streams().size(), 1, by, now),
                BuilderProject.Published.NEVER,
                new BuilderProject.Testing(checked.spec().map(Json::new).orElse(null), Json.EMPTY),
                now);
        transaction.change(
                "INSERT INTO builder_project (id, workspace_id, name, manifest, stream_count, changed_by, spec,"
                        + " testing_values, created_at, updated_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                project.id(),
                workspaceId,
                name,
                manifest,
                project.draft().streams(),
                by,
                project.testing().spec(),
                project.testing().values(),
                now,
                now,
                project.draft().revision());
        return project;
    }

    /** One of them. */
    public Optional<BuilderProject> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(BuilderProjects::read, "SELECT * FROM builder_project WHERE id = ?", id);
    }

    /** Those of a workspace, by name. */
    public List<BuilderProject> list(Transaction transaction, UUID workspaceId) throws SQLException {
        return transaction.all(
                BuilderProjects::read,
                "SELECT * FROM builder_project WHERE workspace_id = ? ORDER BY name, id",
                workspaceId);
    }

    /** Keeps what was written, unless somebody else has kept something since. */
    public BuilderProject replace(
            Transaction transaction, BuilderProject project, String name, String manifest, String by)
            throws SQLException {
        Checked checked = check(manifest);
        Json spec = checked.spec().map(Json::new).orElse(project.testing().spec());
        BuilderProject.Draft draft = new BuilderProject.Draft(
                name, manifest, checked.streams().size(), project.draft().revision() + 1, by, clock.instant());
        transaction.replace(
                "the project",
                "UPDATE builder_project SET name = ?, manifest = ?, stream_count = ?, changed_by = ?, spec = ?,"
                        + " updated_at = ?, version = ? WHERE id = ? AND version = ?",
                name,
                manifest,
                draft.streams(),
                by,
                spec,
                draft.changedAt(),
                draft.revision(),
                project.id(),
                project.draft().revision());
        return new BuilderProject(
                project.id(),
                project.workspaceId(),
                draft,
                project.published(),
                new BuilderProject.Testing(spec, project.testing().values()),
                project.createdAt());
    }

    /** Writes down what was made of one. */
    public void published(Transaction transaction, BuilderProject project, UUID definitionId) throws SQLException {
        transaction.change(
                "UPDATE builder_project SET definition_id = ?, published_print = ? WHERE id = ?",
                definitionId,
                Prints.of(project.draft().manifest()),
                project.id());
    }

    /** Deletes one with its secrets and tests; what was made of it stays. */
    public void delete(Transaction transaction, BuilderProject project) throws SQLException {
        secrets.delete(transaction, project.id());
        transaction.change("DELETE FROM builder_test WHERE project_id = ?", project.id());
        transaction.change("DELETE FROM builder_project WHERE id = ?", project.id());
    }

    private static SecretFields fields(BuilderProject project) {
        Json spec = project.testing().spec();
        return spec == null ? UNKNOWN : SecretFields.of(spec.text());
    }

    private static Owner owner(BuilderProject project) {
        return new Owner(project.workspaceId(), project.id());
    }

    /** Keeps what one is configured with to try it out; its secrets go where those of sources go. */
    public void configure(Transaction transaction, BuilderProject project, Map<String, @Nullable Object> values)
            throws SQLException {
        Json given = new Json(JsonText.write(values));
        Json kept = secrets.keep(
                transaction,
                owner(project),
                fields(project),
                given,
                project.testing().values());
        save(transaction, project, kept);
    }

    /** Keeps what the connector has changed in its own configuration while it was tried out; each text of that is a secret. */
    public void renewed(Transaction transaction, BuilderProject project, Config told, Config changed)
            throws SQLException {
        Json before = project.testing().values();
        Object shown =
                JsonText.read(Secrets.masked(before, fields(project), false).text());
        Json given = new Json(JsonText.write(RenewedFields.over(shown, told.values(), changed.values())));
        SecretFields fields = new RenewedFields(fields(project), told.values(), changed.values());
        save(transaction, project, secrets.keep(transaction, owner(project), fields, given, before));
    }

    private static void save(Transaction transaction, BuilderProject project, Json kept) throws SQLException {
        transaction.change("UPDATE builder_project SET testing_values = ? WHERE id = ?", kept, project.id());
    }

    /** What one is configured with, as answers show it. */
    public static Map<String, @Nullable Object> shownValues(BuilderProject project) {
        return JsonText.object(Secrets.masked(project.testing().values(), fields(project), false)
                .text());
    }

    /**
     * What one is configured with, with its secrets.
     *
     * @param variables what variables stand for; null where one is not known
     */
    public Config values(Transaction transaction, BuilderProject project, Function<String, @Nullable String> variables)
            throws SQLException {
        return secrets.resolve(
                transaction, owner(project), fields(project), project.testing().values(), variables);
    }

    /** Keeps the text of a version with what is new in it. */
    public void addVersion(
            Transaction transaction, UUID definitionId, long number, String manifest, String note, String by)
            throws SQLException {
        transaction.change(
                "INSERT INTO builder_version (definition_id, number, manifest, note, made_by) VALUES (?, ?, ?, ?, ?)",
                definitionId,
                number,
                manifest,
                note,
                by);
    }

    /** The texts of the versions of a connector that were published here, by their numbers. */
    public List<Text> texts(Transaction transaction, UUID definitionId) throws SQLException {
        return transaction.all(
                row -> new Text(row.number("number"), row.text("manifest"), row.text("note"), row.text("made_by")),
                "SELECT * FROM builder_version WHERE definition_id = ? ORDER BY number DESC",
                definitionId);
    }

    /**
     * The text of a version.
     *
     * @param number its place among the versions
     * @param manifest the text
     * @param note what is new in it
     * @param by who published it
     */
    public record Text(long number, String manifest, String note, String by) {}

    private static BuilderProject read(Row row) throws SQLException {
        return new BuilderProject(
                row.id("id"),
                row.id("workspace_id"),
                new BuilderProject.Draft(
                        row.text("name"),
                        row.text("manifest"),
                        row.number("stream_count"),
                        row.number("version"),
                        row.text("changed_by"),
                        row.time("updated_at")),
                new BuilderProject.Published(row.idOrNull("definition_id"), row.textOrNull("published_print")),
                new BuilderProject.Testing(row.jsonOrNull("spec"), row.json("testing_values")),
                row.time("created_at"));
    }
}
