package dev.sluice.server.secrets;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a store. Configurations hold references to them, and go through here on their way in, out, and to a
 * run.
 */
public final class Secrets {
    private final KeyRing keys;
    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param keys what they are encrypted with
     * @param clock the time for their ages
     */
    public Secrets(KeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The text of a secret, which nobody sees by accident. */
    private record Opened(String text) {
        @Override
        public String toString() {
            return Reference.MASK;
        }
    }

    /**
     * Takes the secrets out of a configuration. Where the mask stands, or the coordinate of the secret that is there, the
     * secret stays; what the configuration does not refer to any more is deleted.
     *
     * @param given what somebody has entered
     * @param before what was kept before; null if it is new
     * @return what to keep
     * @throws ProblemException code {@code E_SECRET_UNKNOWN}, for a mask in a place without a secret
     */
    public Json keep(Transaction transaction, Owner owner, SecretFields fields, Json given, @Nullable Json before)
            throws SQLException {
        Map<UUID, Opened> there = open(transaction, owner);
        Keeping keeping = new Keeping(there);
        Object old = before == null ? null : JsonText.read(before.text());
        Object kept = keeping.value(fields, JsonText.read(given.text()), old, "");
        for (Map.Entry<UUID, Opened> secret : keeping.added.entrySet()) {
            transaction.change(
                    "INSERT INTO secret (id, workspace_id, owner_id, cipher_text, created_at) VALUES (?, ?, ?, ?, ?)",
                    secret.getKey(),
                    owner.workspaceId(),
                    owner.id(),
                    keys.encrypt(secret.getValue().text(), owner.id()),
                    clock.instant());
        }
        for (UUID id : there.keySet()) {
            if (!keeping.used.contains(id)) {
                transaction.change("DELETE FROM secret WHERE id = ? AND owner_id = ?", id, owner.id());
            }
        }
        return new Json(JsonText.write(kept));
    }

    /** True for a text that stands for a secret which is not known here: the mask, a coordinate, a variable. */
    public static boolean isPlaceholder(String text) {
        return Reference.MASK.equals(text)
                || Reference.isCoordinate(text)
                || Reference.variable(text).isPresent();
    }

    /**
     * A configuration as answers show it.
     *
     * @param fields what is secret; masked too where a value was kept before the spec called it a secret
     * @param coordinates true for coordinates in the place of masks, which come back like these
     */
    public static Json masked(Json kept, SecretFields fields, boolean coordinates) {
        return new Json(JsonText.write(masked(JsonText.read(kept.text()), fields, coordinates)));
    }

    /**
     * A configuration with its secrets in the clear, for a run.
     *
     * @param fields what is secret; variables are put in there alone
     * @param variables what variables stand for, which users name as <code>${NAME}</code>; null where one is not known
     * @throws ProblemException code {@code E_SECRET_UNKNOWN}, if one is missing; {@code
     *     E_SECRET_LOCKED}, if one does not open
     */
    public Config resolve(
            Transaction transaction,
            Owner owner,
            SecretFields fields,
            Json kept,
            Function<String, @Nullable String> variables)
            throws SQLException {
        Resolving resolving = new Resolving(open(transaction, owner), variables);
        return Config.of(JsonText.members(resolving.value(fields, JsonText.read(kept.text()), "")));
    }

    /**
     * A text that goes through hands which shall neither read nor change it; all servers with the same keys can open it.
     *
     * @param purpose what it is for; it opens for nothing else
     */
    public String sealed(String text, UUID purpose) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(keys.encrypt(text, purpose));
    }

    /** The text that was sealed for a purpose; empty if it is none of these. */
    public Optional<String> unsealed(String sealed, UUID purpose) {
        try {
            return Optional.of(keys.decrypt(Base64.getUrlDecoder().decode(sealed), purpose));
        } catch (IllegalArgumentException | ProblemException forged) {
            return Optional.empty();
        }
    }

    /**
     * A text that is kept for a while.
     *
     * @param workspaceId where it belongs
     */
    public record Lent(UUID workspaceId, String text) {
        @Override
        public String toString() {
            return Reference.MASK;
        }
    }

    /** Keeps a text for a while, for whoever knows its id. */
    public void lend(Transaction transaction, UUID id, UUID workspaceId, String text, Instant until)
            throws SQLException {
        transaction.change(
                "INSERT INTO secret (id, workspace_id, owner_id, cipher_text, created_at, expires_at)"
                        + " VALUES (?, ?, NULL, ?, ?, ?)",
                id,
                workspaceId,
                keys.encrypt(text, id),
                clock.instant(),
                until);
    }

    /** A text that was kept for a while, until that is over. */
    public Optional<Lent> lent(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(
                row -> new Lent(row.id("workspace_id"), keys.decrypt(row.bytes("cipher_text"), id)),
                "SELECT * FROM secret WHERE id = ? AND owner_id IS NULL AND expires_at > ?",
                id,
                clock.instant());
    }

    /** The same, for once. */
    public Optional<Lent> take(Transaction transaction, UUID id) throws SQLException {
        Optional<Lent> lent = lent(transaction, id);
        return transaction.change("DELETE FROM secret WHERE id = ? AND owner_id IS NULL", id) == 1
                ? lent
                : Optional.empty();
    }

    /** Keeps one text of an owner in the place of the one before. */
    public void put(Transaction transaction, Owner owner, String text) throws SQLException {
        delete(transaction, owner.id());
        transaction.change(
                "INSERT INTO secret (id, workspace_id, owner_id, cipher_text, created_at) VALUES (?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                owner.workspaceId(),
                owner.id(),
                keys.encrypt(text, owner.id()),
                clock.instant());
    }

    /** The one text of an owner. */
    public Optional<String> only(Transaction transaction, Owner owner) throws SQLException {
        return open(transaction, owner).values().stream().map(Opened::text).findFirst();
    }

    /** Deletes the secrets of an owner. */
    public void delete(Transaction transaction, UUID ownerId) throws SQLException {
        transaction.change("DELETE FROM secret WHERE owner_id = ?", ownerId);
    }

    /**
     * Deletes those that have expired, and those whose source, destination or connection is gone.
     *
     * @return how many
     */
    public int sweep(Transaction transaction) throws SQLException {
        return transaction.change("DELETE FROM secret WHERE expires_at <= ?", clock.instant())
                + transaction.change(
                        "DELETE FROM secret WHERE owner_id IN" + " (SELECT id FROM actor WHERE deleted_at IS NOT NULL)")
                + transaction.change("DELETE FROM secret WHERE owner_id IN"
                        + " (SELECT id FROM connection WHERE deleted_at IS NOT NULL)");
    }

    /**
     * Encrypts with the present key what is encrypted with another one.
     *
     * @param most how many at once
     * @return how many were; less than the most if nothing is left to do
     */
    public int renew(Transaction transaction, int most) throws SQLException {
        List<Sealed> all = transaction.all(Sealed::new, "SELECT * FROM secret WHERE owner_id IS NOT NULL ORDER BY id");
        int renewed = 0;
        for (Sealed secret : all) {
            if (renewed < most && !keys.isCurrent(secret.cipherText)) {
                String text = keys.decrypt(secret.cipherText, secret.owner);
                transaction.change(
                        "UPDATE secret SET cipher_text = ? WHERE id = ?", keys.encrypt(text, secret.owner), secret.id);
                renewed++;
            }
        }
        return renewed;
    }

    /**
     * Tries to open a secret of the store, so that a server with the wrong keys says so at its start.
     *
     * @throws ProblemException code {@code E_SECRET_LOCKED}, if it does not open
     */
    public void probe(Transaction transaction) throws SQLException {
        transaction
                .first(
                        Sealed::new,
                        "SELECT * FROM secret WHERE owner_id IS NOT NULL ORDER BY created_at DESC, id LIMIT 1")
                .ifPresent(secret -> keys.decrypt(secret.cipherText, secret.owner));
    }

    /** A secret as it lies in the store. */
    private static final class Sealed {
        private final UUID id;
        private final UUID owner;
        private final byte[] cipherText;

        Sealed(Row row) throws SQLException {
            id = row.id("id");
            owner = row.id("owner_id");
            cipherText = row.bytes("cipher_text");
        }
    }

    private Map<UUID, Opened> open(Transaction transaction, Owner owner) throws SQLException {
        Map<UUID, Opened> opened = new HashMap<>();
        for (Sealed secret : transaction.all(
                Sealed::new,
                "SELECT * FROM secret WHERE owner_id = ? AND workspace_id = ?",
                owner.id(),
                owner.workspaceId())) {
            opened.put(secret.id, new Opened(keys.decrypt(secret.cipherText, owner.id())));
        }
        return opened;
    }

    private static @Nullable Object masked(@Nullable Object kept, SecretFields fields, boolean coordinates) {
        UUID id = Reference.id(kept).orElse(null);
        if (id != null) {
            return coordinates ? Reference.coordinate(id) : Reference.MASK;
        }
        if (fields.isSecret()
                && kept != null
                && !kept.equals("")
                && Reference.variable(kept).isEmpty()) {
            return Reference.MASK;
        }
        return Walk.over(
                kept,
                (name, value) -> masked(value, name == null ? fields.elements() : fields.member(name), coordinates));
    }

    private static String below(String path, @Nullable String name) {
        return name == null ? path + "[]" : path.isEmpty() ? name : path + "." + name;
    }

    private static Problem unknown(String message, String path) {
        return Problem.of("E_SECRET_UNKNOWN", ProblemKind.CONFIG, message)
                .at(path)
                .fix("enter the secret itself once more");
    }

    /** One configuration on its way to a run. */
    private record Resolving(Map<UUID, Opened> there, Function<String, @Nullable String> variables) {
        @Nullable
        Object value(SecretFields fields, @Nullable Object kept, String path) {
            UUID id = Reference.id(kept).orElse(null);
            if (id != null) {
                Opened secret = there.get(id);
                if (secret == null) {
                    throw unknown("the secret is gone", path).exception();
                }
                return JsonText.read(secret.text());
            }
            String variable = fields.isSecret() ? Reference.variable(kept).orElse(null) : null;
            if (variable != null) {
                String value = variables.apply(variable);
                if (value == null) {
                    throw unknown("the variable " + variable + " is not known to the server", path)
                            .fix("set it where the server is started, or enter the secret itself")
                            .exception();
                }
                return value;
            }
            return Walk.over(
                    kept,
                    (name, part) ->
                            value(name == null ? fields.elements() : fields.member(name), part, below(path, name)));
        }
    }

    /** One configuration on its way in. */
    private static final class Keeping {
        private final Map<UUID, Opened> there;
        private final Map<UUID, Opened> added = new LinkedHashMap<>();
        private final Set<UUID> used = new HashSet<>();

        Keeping(Map<UUID, Opened> there) {
            this.there = there;
        }

        @Nullable
        Object value(SecretFields fields, @Nullable Object given, @Nullable Object before, String path) {
            if (Reference.isReference(given)) {
                throw unknown("references to secrets are not written by hand", path)
                        .exception();
            }
            if (Reference.MASK.equals(given) || Reference.isCoordinate(given)) {
                return same(given, before, path);
            }
            if (fields.isSecret() && given != null && !given.equals("")) {
                return Reference.variable(given).isPresent() ? given : secret(given, before);
            }
            Siblings siblings = new Siblings(given, before);
            return Walk.over(
                    given,
                    (name, value) -> name == null
                            ? value(fields.elements(), value, siblings.next(value), below(path, null))
                            : value(fields.member(name), value, siblings.member(name), below(path, name)));
        }

        /** The secret that is there stays. */
        private Object same(@Nullable Object given, @Nullable Object before, String path) {
            UUID id = Reference.id(before).orElse(null);
            if (id == null && Reference.variable(before).isPresent() && before != null) {
                return before;
            }
            boolean isIt = id != null
                    && there.containsKey(id)
                    && (Reference.MASK.equals(given) || Reference.coordinate(id).equals(given));
            if (id == null || !isIt) {
                throw unknown("there is no secret in this place that could stay", path)
                        .exception();
            }
            used.add(id);
            return Reference.to(id);
        }

        private Object secret(Object given, @Nullable Object before) {
            String text = JsonText.write(given);
            UUID id = Reference.id(before).orElse(null);
            Opened old = id == null ? null : there.get(id);
            if (id == null || old == null || !old.text().equals(text)) {
                id = UUID.randomUUID();
                added.put(id, new Opened(text));
            }
            used.add(id);
            return Reference.to(id);
        }
    }
}
