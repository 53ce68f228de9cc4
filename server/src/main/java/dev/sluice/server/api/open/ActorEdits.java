package dev.sluice.server.api.open;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfiguration;
import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.ActorConnector;
import dev.sluice.server.actors.CheckedConfiguration;
import dev.sluice.server.api.Call;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.store.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes and changes sources and destinations. A configuration is held against its connector before a transaction begins. */
public final class ActorEdits {
    private final Features features;
    private final Places places;
    private final Connectors connectors;
    private final DefinitionEdits definitions;

    /** For the routes that make and change them. */
    public ActorEdits(Features features, Places places, Connectors connectors) {
        this.features = features;
        this.places = places;
        this.connectors = connectors;
        this.definitions = new DefinitionEdits(features);
    }

    /**
     * What somebody wishes; what is null stays as it is.
     *
     * @param name its name
     * @param definitionId the connector; null if the configuration says it
     * @param configuration what it is told
     * @param resources what a container of it gets
     * @param secretId what a consent has brought; null if nobody was asked
     */
    public record Wish(
            @Nullable String name,
            @Nullable UUID definitionId,
            @Nullable Object configuration,
            @Nullable Object resources,
            @Nullable String secretId) {
        /** That of a call. */
        public static Wish of(Call call) {
            return new Wish(
                    call.text("name"),
                    call.idOrNull("definitionId"),
                    call.body().get("configuration"),
                    call.body().get("resourceAllocation"),
                    call.text("secretId"));
        }

        private @Nullable Json resources(@Nullable Json otherwise) {
            return resources == null ? otherwise : new Json(JsonText.write(resources));
        }
    }

    /** Makes one. */
    public Actor create(UUID workspaceId, ConnectorKind kind, Wish wish) {
        return create(workspaceId, kind, wish, Made.nothingMore());
    }

    /** Makes one, and in the same transaction does what goes with it. */
    public Actor create(UUID workspaceId, ConnectorKind kind, Wish wish, Made<Actor> made) {
        Map<String, @Nullable Object> given =
                completed(workspaceId, wish, JsonText.members(Objects.requireNonNull(wish.configuration())));
        String name = Objects.requireNonNull(wish.name());
        Definition named = features.store.read(
                transaction -> connectors.named(transaction, workspaceId, kind, wish.definitionId(), given));
        features.store
                .read(transaction -> features.definitions.version(transaction, named.id(), named.defaultNumber()))
                .ifPresent(version -> definitions.requireAsked(named, version));
        Connectors.Chosen chosen = features.store.read(
                transaction -> connectors.chosen(transaction, new ActorConnector(named.id(), null)));
        CheckedConfiguration checked = ActorConfigurations.require(chosen.spec(), Connectors.withoutType(given, kind));
        return features.store.compute(transaction -> {
            UUID id = UUID.randomUUID();
            ActorConfiguration accepted = features.configurations.accept(
                    transaction, new Owner(workspaceId, id), checked, null, wish.resources(null));
            ActorConnector connector = new ActorConnector(chosen.definition().id(), null);
            Actor actor = features.actors.add(transaction, id, workspaceId, kind, name, connector, accepted);
            made.then(transaction, actor);
            return actor;
        });
    }

    /** With what a consent has brought. */
    private Map<String, @Nullable Object> completed(
            UUID workspaceId, Wish wish, Map<String, @Nullable Object> configuration) {
        String secretId = wish.secretId();
        return secretId == null ? configuration : features.consents.completed(workspaceId, secretId, configuration);
    }

    /**
     * Changes one, unless somebody else does so at the same time.
     *
     * @param isMerged true if the configuration is laid over the one that is there, false if it takes its place
     */
    public Actor change(ConnectorKind kind, UUID id, Wish wish, boolean isMerged) {
        record Known(Actor actor, Connectors.Chosen chosen) {}
        Known known = features.store.read(transaction -> {
            Actor actor = places.actor(transaction, kind, id);
            return new Known(actor, connectors.chosen(transaction, actor.connector()));
        });
        Actor actor = known.actor();
        ActorConfiguration old = actor.configuration();
        String name = Objects.requireNonNullElse(wish.name(), actor.name());
        Json resources = wish.resources(old.resources());
        if (wish.configuration() == null && wish.secretId() == null) {
            ActorConfiguration same = new ActorConfiguration(old.content(), old.hash(), resources);
            return features.store.compute(
                    transaction -> features.actors.replace(transaction, actor.with(name, actor.connector(), same)));
        }
        Object configuration = wish.configuration();
        Map<String, @Nullable Object> entered = completed(
                actor.workspaceId(),
                wish,
                configuration == null ? new LinkedHashMap<>() : JsonText.members(configuration));
        Json given = Connectors.withoutType(entered, kind);
        Json whole = isMerged
                ? ActorConfigurations.merged(
                        ActorConfigurations.shown(known.chosen().spec(), old, false), given)
                : given;
        CheckedConfiguration checked =
                ActorConfigurations.require(known.chosen().spec(), whole);
        return features.store.compute(transaction -> {
            ActorConfiguration accepted = features.configurations.accept(
                    transaction, new Owner(actor.workspaceId(), actor.id()), checked, old, resources);
            return features.actors.replace(transaction, actor.with(name, actor.connector(), accepted));
        });
    }
}
