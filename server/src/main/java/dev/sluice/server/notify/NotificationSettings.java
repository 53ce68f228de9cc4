package dev.sluice.server.notify;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.secrets.SecretFields;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.WorkspaceSettings;
import dev.sluice.server.workspaces.Workspaces;
import dev.sluice.spi.problem.ProblemException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is set for the messages of a workspace beside its occasions: the key they are signed with, and limits. */
public final class NotificationSettings {
    static final String REJECTED = "rejectedRecords";
    private static final String KEY = "signingKey";
    private static final int KEY_BYTES = 32;
    private static final SecretFields FIELDS =
            SecretFields.of("{\"properties\": {\"signingKey\": {\"type\": \"string\", \"airbyte_secret\": true}}}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Secrets secrets;
    private final Workspaces workspaces;

    /** Those of a store. */
    public NotificationSettings(Secrets secrets, Workspaces workspaces) {
        this.secrets = secrets;
        this.workspaces = workspaces;
    }

    /**
     * Replaces what is set.
     *
     * @param email where mails go; null for nowhere
     * @param occasions whom to tell what
     * @param rejected how many rejected records in a run are worth a message
     */
    public Workspace save(
            Transaction transaction, Workspace workspace, @Nullable String email, Json occasions, long rejected)
            throws SQLException {
        Map<String, @Nullable Object> more =
                JsonText.object(workspace.settings().more().text());
        more.put(REJECTED, rejected);
        return workspaces.replace(
                transaction,
                workspace.with(
                        workspace.name(), new WorkspaceSettings(email, occasions, new Json(JsonText.write(more)))));
    }

    /**
     * Whom to tell what.
     *
     * @param whole true for who may change it: the address of a webhook is a secret of its receiver, so others see its host
     */
    public static Map<String, @Nullable Object> occasions(Workspace workspace, boolean whole) {
        Map<String, @Nullable Object> occasions =
                JsonText.object(workspace.settings().notifications().text());
        if (!whole) {
            occasions.replaceAll((_, channels) -> hidden(channels));
        }
        return occasions;
    }

    private static @Nullable Object hidden(@Nullable Object channels) {
        if (!(channels instanceof Map<?, ?>)) {
            return channels;
        }
        Map<String, @Nullable Object> members = JsonText.members(channels);
        if (members.get("webhook") instanceof Map<?, ?> webhook) {
            Map<String, @Nullable Object> its = JsonText.members(webhook);
            its.computeIfPresent("url", (_, url) -> host(String.valueOf(url)));
            members.put("webhook", its);
        }
        return members;
    }

    private static String host(String url) {
        try {
            return EgressGuard.parse(url).getHost();
        } catch (ProblemException noAddress) {
            return "";
        }
    }

    /** How many rejected records in a run are worth a message. */
    public static long rejected(Workspace workspace) {
        return Wishes.of(workspace).rejected();
    }

    /** True if messages are signed. */
    public static boolean isSigned(Workspace workspace) {
        return JsonText.object(workspace.settings().more().text()).containsKey(KEY);
    }

    /**
     * Makes a new key; messages are signed with it from now on.
     *
     * @return the key, which nobody can see again
     */
    public String renewKey(Transaction transaction, Workspace workspace) throws SQLException {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        String key = "slu_sign_" + HexFormat.of().formatHex(bytes);
        Map<String, @Nullable Object> more =
                JsonText.object(workspace.settings().more().text());
        Json kept = secrets.keep(
                transaction, owner(workspace), FIELDS, new Json(JsonText.write(Map.of(KEY, key))), before(more));
        more.put(KEY, JsonText.object(kept.text()).get(KEY));
        WorkspaceSettings old = workspace.settings();
        workspaces.replace(
                transaction,
                workspace.with(
                        workspace.name(),
                        new WorkspaceSettings(old.email(), old.notifications(), new Json(JsonText.write(more)))));
        return key;
    }

    private static @Nullable Json before(Map<String, @Nullable Object> more) {
        Object reference = more.get(KEY);
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put(KEY, reference);
        return reference == null ? null : new Json(JsonText.write(kept));
    }

    /** The key of a workspace; nothing if its messages are not signed. */
    Optional<String> key(Transaction transaction, UUID workspaceId) throws SQLException {
        Workspace workspace = workspaces.find(transaction, workspaceId).orElse(null);
        Json kept = workspace == null
                ? null
                : before(JsonText.object(workspace.settings().more().text()));
        if (workspace == null || kept == null) {
            return Optional.empty();
        }
        Object key = secrets.resolve(transaction, owner(workspace), FIELDS, kept, _ -> null)
                .values()
                .get(KEY);
        return Optional.of(String.valueOf(key));
    }

    private static Owner owner(Workspace workspace) {
        return new Owner(workspace.id(), workspace.id());
    }
}
