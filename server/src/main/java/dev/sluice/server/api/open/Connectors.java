package dev.sluice.server.api.open;

import dev.sluice.server.actors.ActorConnector;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the connector that a call names, and what it wants. */
public final class Connectors {
    /** Those that the clients' models know, under the names that they have there. */
    private static final Set<String> KNOWN_SOURCES = Set.of("postgres", "mysql", "file");

    private static final Set<String> KNOWN_DESTINATIONS = Set.of("postgres", "duckdb");

    private final Features features;

    /** Those of a store. */
    public Connectors(Features features) {
        this.features = features;
    }

    /**
     * A connector.
     *
     * @param definition what it is
     * @param version which version of it
     * @param spec what it wants
     */
    public record Chosen(Definition definition, DefinitionVersion version, ConnectorSpec spec) {
        /** How the configuration of a client calls it; empty for those that users brought. */
        public String type() {
            return Builtins.name(version).orElse("");
        }

        /** True if the models of clients know it by its name. */
        boolean isKnownToClients() {
            Set<String> known = definition.kind() == ConnectorKind.SOURCE ? KNOWN_SOURCES : KNOWN_DESTINATIONS;
            return known.contains(type());
        }
    }

    /** The connector that an id names, or else the type in a configuration. */
    Definition named(
            Transaction transaction,
            UUID workspaceId,
            ConnectorKind kind,
            @Nullable UUID definitionId,
            Map<String, @Nullable Object> configuration)
            throws SQLException {
        if (definitionId != null) {
            return visible(transaction, workspaceId, kind, definitionId);
        }
        Object type = configuration.get(Places.word(kind) + "Type");
        if (!(type instanceof String name)) {
            throw Refusal.unprocessable(
                    "definitionId is required, or " + Places.word(kind) + "Type in the configuration");
        }
        return features.definitions
                .find(transaction, Builtins.id(kind, name))
                .filter(definition -> definition.life().isThere())
                .orElseThrow(() -> Refusal.unknownValue(name));
    }

    /** A definition that a workspace may use. */
    public Definition visible(Transaction transaction, UUID workspaceId, ConnectorKind kind, UUID id)
            throws SQLException {
        return features.definitions
                .find(transaction, id)
                .filter(definition -> definition.kind() == kind
                        && definition.life().isThere()
                        && (definition.workspaceId() == null || workspaceId.equals(definition.workspaceId())))
                .orElseThrow(() -> Refusal.notFound("definition", id));
    }

    /** The version of a connector that something uses, with its spec. */
    public Chosen chosen(Transaction transaction, ActorConnector connector) throws SQLException {
        Definition definition = features.definitions
                .find(transaction, connector.definitionId())
                .orElseThrow(() -> Refusal.notFound("definition", connector.definitionId()));
        Long pinned = connector.pinnedNumber();
        long number = pinned == null ? definition.defaultNumber() : pinned;
        DefinitionVersion version = features.definitions
                .version(transaction, definition.id(), number)
                .orElseThrow(() -> Refusal.notFound("definition", definition.id()));
        Json spec = version.spec();
        if (spec == null) {
            throw Refusal.unprocessable("the connector " + definition.name()
                    + " was never asked what it wants to be configured with; save its version once more");
        }
        return new Chosen(definition, version, ConnectorSpec.of(spec));
    }

    /**
     * An image, as clients know connectors.
     *
     * @param repository where it is
     * @param tag its version
     */
    public record Image(String repository, String tag) {}

    /** The image of a connector; those that are built in have one that nobody downloads. */
    public Image image(Transaction transaction, Definition definition) throws SQLException {
        DefinitionVersion version = features.definitions
                .version(transaction, definition.id(), definition.defaultNumber())
                .orElseThrow(() -> Refusal.notFound("definition", definition.id()));
        String own = "sluice/" + Places.word(definition.kind()) + "-"
                + Builtins.name(version).orElse("");
        Object repository = JsonText.object(version.reference().text()).getOrDefault("dockerRepository", own);
        return new Image(String.valueOf(repository), version.label());
    }

    /** A configuration without the word that says which connector it is of. */
    static Json withoutType(Map<String, @Nullable Object> configuration, ConnectorKind kind) {
        Map<String, @Nullable Object> rest = JsonText.members(configuration);
        rest.remove(Places.word(kind) + "Type");
        return new Json(JsonText.write(rest));
    }
}
