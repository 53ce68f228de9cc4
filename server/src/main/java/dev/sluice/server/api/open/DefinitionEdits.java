package dev.sluice.server.api.open;

import dev.sluice.server.api.Refusal;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionFacts;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.Programs;
import dev.sluice.server.definitions.SupportLevel;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes definitions of connectors and versions of them. What they want is asked before anything is kept. */
public final class DefinitionEdits {
    private final Features features;

    /** For the routes that make and change them. */
    public DefinitionEdits(Features features) {
        this.features = features;
    }

    /**
     * A version as somebody brings it.
     *
     * @param origin where the connector comes from
     * @param label how the version is called
     * @param reference what to run
     * @param spec what it wants; null if nobody could ask it here
     */
    public record Offer(
            Origin origin,
            String label,
            Json reference,
            @Nullable Json spec) {}

    /** A manifest. It can be large, so it is read before a transaction begins. */
    public Offer manifest(String name, String label, Map<String, @Nullable Object> manifest) {
        Manifests.Kept kept = Manifests.read(name, manifest);
        return new Offer(Origin.MANIFEST, label, kept.reference(), kept.spec());
    }

    /** A program, which is started and asked where that is allowed; elsewhere it can be kept, but not configured. */
    public Offer program(ConnectorKind kind, Origin origin, String name, String label, Map<String, Object> reference) {
        if (!features.work.outside().programs().allows(origin)) {
            return new Offer(origin, label, new Json(JsonText.write(reference)), null);
        }
        Map<String, @Nullable Object> said = JsonText.object(features.work
                .outside()
                .programs()
                .describe(kind, origin, name, reference)
                .text());
        if (!(said.get("connectionSpecification") instanceof Map<?, ?> spec)) {
            throw Refusal.unprocessable("the connector " + name + " does not say what it wants to be configured with");
        }
        return new Offer(
                origin, label, Programs.signed(reference, said.get("advanced_auth")), new Json(JsonText.write(spec)));
    }

    /** Makes a definition with its first version. */
    public Definition create(
            UUID workspaceId, ConnectorKind kind, String name, @Nullable String documentationUrl, Offer offer) {
        DefinitionFacts facts =
                new DefinitionFacts(offer.origin(), SupportLevel.NONE, documentationUrl, null, Json.EMPTY);
        return features.store.compute(transaction -> {
            Definition made = features.definitions.add(transaction, UUID.randomUUID(), workspaceId, kind, name, facts);
            return version(transaction, made, offer);
        });
    }

    /** Gives a definition another name, and a version if there is one that it did not have before. */
    public Definition change(Definition known, String name, @Nullable Offer offer) {
        return features.store.compute(transaction -> {
            Definition renamed = name.equals(known.name())
                    ? known
                    : features.definitions.replace(transaction, known.with(name, known.facts()));
            return offer == null ? renamed : version(transaction, renamed, offer);
        });
    }

    private Definition version(Transaction transaction, Definition definition, Offer offer) throws SQLException {
        features.definitions.addVersion(transaction, definition.id(), offer.label(), offer.reference(), offer.spec());
        return features.definitions.find(transaction, definition.id()).orElseThrow();
    }

    /**
     * The version of a connector in use, asked what it wants if it never was. Starts programs, so it comes before a
     * transaction.
     */
    void requireAsked(Definition definition, DefinitionVersion version) {
        Origin origin = definition.facts().origin();
        if (version.spec() != null) {
            return;
        }
        Map<String, Object> reference = Programs.at(version.reference(), version.label());
        Json said =
                features.work.outside().programs().describe(definition.kind(), origin, definition.name(), reference);
        if (JsonText.object(said.text()).get("connectionSpecification") instanceof Map<?, ?> spec) {
            Json kept = new Json(JsonText.write(spec));
            features.store.change(
                    transaction -> features.definitions.saveSpec(transaction, definition.id(), version.number(), kept));
        }
    }

    /** What the server itself has is not for a workspace to change. */
    public static void requireOwn(Definition definition) {
        if (definition.workspaceId() == null) {
            throw Refusal.of(409, "state-conflict", "the connector belongs to the server and stays as it is");
        }
    }
}
