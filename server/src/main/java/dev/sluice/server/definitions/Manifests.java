package dev.sluice.server.definitions;

import dev.sluice.lowcode.source.ManifestConnector;
import dev.sluice.lowcode.source.ManifestWorkbench;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.workbench.Workbench;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sources that a manifest describes, as definitions hold them. */
public final class Manifests {
    /** What a reference calls the manifest. */
    public static final String MANIFEST = "manifest";

    private Manifests() {}

    /**
     * What to keep of a manifest.
     *
     * @param reference what to run
     * @param spec what it wants to be configured with
     */
    public record Kept(Json reference, Json spec) {}

    /**
     * Reads a manifest that somebody brings.
     *
     * @param name what messages call it
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_MANIFEST}, with the place of each mistake
     */
    public static Kept read(String name, Map<String, @Nullable Object> manifest) {
        SourceConnector connector = connector(name, manifest);
        return new Kept(new Json(JsonText.write(Map.of(MANIFEST, manifest))), new Json(connector.spec()));
    }

    /**
     * Reads a manifest that somebody brings as a text.
     *
     * @param text YAML or JSON
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_MANIFEST}, with the place of each mistake
     */
    public static Map<String, @Nullable Object> parse(String name, String text) {
        return JsonText.object(ManifestConnector.asJson(name, text));
    }

    /** Where manifests are worked on. */
    public static Workbench workbench(Clock clock) {
        return new ManifestWorkbench(clock);
    }

    /** The manifest of a version as a text for people; empty if it is none. */
    public static Optional<String> text(DefinitionVersion version) {
        return JsonText.object(version.reference().text()).get(MANIFEST) instanceof Map<?, ?> manifest
                ? Optional.of(ManifestConnector.asYaml("the manifest", JsonText.write(manifest)))
                : Optional.empty();
    }

    /** What a manifest says of signing in to its service; null if nothing. */
    public static @Nullable Object advancedAuth(DefinitionVersion version) {
        return JsonText.object(version.reference().text()).get(MANIFEST) instanceof Map<?, ?> manifest
                        && manifest.get("spec") instanceof Map<?, ?> spec
                ? spec.get("advanced_auth")
                : null;
    }

    /** The source that a version runs; empty if it is none that a manifest describes. */
    public static Optional<SourceConnector> connector(Definition definition, DefinitionVersion version) {
        return JsonText.object(version.reference().text()).get(MANIFEST) instanceof Map<?, ?> manifest
                ? Optional.of(connector(definition.name(), JsonText.members(manifest)))
                : Optional.empty();
    }

    /** JSON is YAML too. */
    private static SourceConnector connector(String name, Map<String, @Nullable Object> manifest) {
        String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return new ManifestConnector(word, "the manifest of " + name, JsonText.write(manifest));
    }
}
