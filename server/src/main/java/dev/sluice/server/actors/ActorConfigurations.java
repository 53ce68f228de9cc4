package dev.sluice.server.actors;

import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.secrets.SecretFields;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.runtime.Config;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of sources and destinations between what somebody enters, what is kept, what answers show, and what
 * a run gets. Secrets go when their source or destination is deleted.
 */
public final class ActorConfigurations implements ActorListener {
    private final Secrets secrets;

    /**
     * Those of a store.
     *
     * @param secrets where their secrets lie
     */
    public ActorConfigurations(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Refuses what does not fit the connector. Looks at nothing in the store, so it comes before a transaction.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_CONFIGURATION}, with a line for each field
     */
    public static CheckedConfiguration require(ConnectorSpec spec, Json given) {
        spec.require(JsonText.object(given.text()), Secrets::isPlaceholder);
        return new CheckedConfiguration(spec, given);
    }

    /**
     * Takes in what somebody has entered.
     *
     * @param owner the source or destination
     * @param checked the whole configuration; the mask stands where a secret stays
     * @param before what was kept before; null if it is new
     */
    public ActorConfiguration accept(
            Transaction transaction,
            Owner owner,
            CheckedConfiguration checked,
            @Nullable ActorConfiguration before,
            @Nullable Json resources)
            throws SQLException {
        Json old = before == null ? null : before.content();
        Json kept =
                secrets.keep(transaction, owner, SecretFields.of(checked.spec().text()), checked.content(), old);
        return new ActorConfiguration(kept, hash(kept), resources);
    }

    /**
     * A configuration as answers show it.
     *
     * @param coordinates true for coordinates of secrets in the place of masks
     */
    public static Json shown(ConnectorSpec spec, ActorConfiguration configuration, boolean coordinates) {
        return Secrets.masked(configuration.content(), SecretFields.of(spec.text()), coordinates);
    }

    /**
     * A configuration with its secrets, for a run.
     *
     * @param variables what the variables that secrets name stand for; null for one that is not known
     */
    public Config resolve(
            Transaction transaction, Actor actor, ConnectorSpec spec, Function<String, @Nullable String> variables)
            throws SQLException {
        return secrets.resolve(
                transaction,
                new Owner(actor.workspaceId(), actor.id()),
                SecretFields.of(spec.text()),
                actor.configuration().content(),
                variables);
    }

    /**
     * Takes in what a connector has changed in its own configuration. Variables and secrets that it left alone stay; each text
     * that it changed is kept as a secret. It counts as the configuration that it came from, so that what is known of the
     * source stays known.
     *
     * @param told what the connector would be told now
     * @param changed the whole configuration, with its secrets
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_CONFIGURATION}, if it does not fit the spec
     */
    public ActorConfiguration renewed(
            Transaction transaction, Actor actor, ConnectorSpec spec, Config told, Config changed) throws SQLException {
        ActorConfiguration old = actor.configuration();
        Object shown = JsonText.read(shown(spec, old, false).text());
        Json given = new Json(JsonText.write(RenewedFields.over(shown, told.values(), changed.values())));
        CheckedConfiguration checked = require(spec, given);
        SecretFields fields = new RenewedFields(SecretFields.of(spec.text()), told.values(), changed.values());
        Owner owner = new Owner(actor.workspaceId(), actor.id());
        Json kept = secrets.keep(transaction, owner, fields, checked.content(), old.content());
        return new ActorConfiguration(kept, old.hash(), old.resources());
    }

    @Override
    public void deleted(Transaction transaction, Actor actor) throws SQLException {
        secrets.delete(transaction, actor.id());
    }

    /**
     * A configuration over which another one is laid: members that are named replace, and what they do not name stays.
     *
     * @param changes the members that change, to any depth; lists are replaced as a whole
     */
    public static Json merged(Json shown, Json changes) {
        Object merged = merge(JsonText.read(shown.text()), JsonText.read(changes.text()));
        return new Json(JsonText.write(merged));
    }

    private static @Nullable Object merge(@Nullable Object below, @Nullable Object above) {
        if (!(below instanceof Map<?, ?>) || !(above instanceof Map<?, ?> changes)) {
            return above;
        }
        Map<String, @Nullable Object> merged = JsonText.members(below);
        changes.forEach((key, value) -> {
            String name = String.valueOf(key);
            merged.put(name, merge(merged.get(name), value));
        });
        return merged;
    }

    /** A new secret has a new reference, so the references tell configurations apart as the secrets would. */
    private static String hash(Json kept) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(kept.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
