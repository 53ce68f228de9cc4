package dev.sluice.cli.registry;

import dev.sluice.cli.output.Json;
import dev.sluice.lowcode.source.ManifestConnector;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An index of connectors, in the format of Airbyte's registry. Immutable.
 *
 * @param entries what it lists, by name
 */
public record Registry(List<RegistryEntry> entries) {
    public Registry {
        entries = List.copyOf(entries);
    }

    /**
     * Reads an index.
     *
     * @param place where it is, for messages
     * @param files where the files of connectors lie, a folder or an address
     * @param text the index
     */
    static Registry read(String place, String files, String text) {
        Object index;
        try {
            index = Json.read(text);
        } catch (RuntimeException notJson) {
            throw bad(place, "it is not valid JSON", notJson);
        }
        List<RegistryEntry> entries = new ArrayList<>();
        if (index instanceof Map<?, ?> map) {
            add(map.get("sources"), true, files, entries);
            add(map.get("destinations"), false, files, entries);
        }
        if (entries.isEmpty()) {
            throw bad(place, "it lists neither `sources` nor `destinations`", null);
        }
        entries.sort(Comparator.comparing(RegistryEntry::name));
        return new Registry(entries);
    }

    static ProblemException bad(String place, String why, @Nullable Throwable cause) {
        return Problem.of("E_REGISTRY", ProblemKind.CONFIG, "the registry of connectors cannot be read")
                .at(place)
                .because(why)
                .fix("name a registry's index as a file, a folder with it, or an https address")
                .exception(cause);
    }

    private static void add(@Nullable Object list, boolean source, String files, List<RegistryEntry> entries) {
        if (!(list instanceof List<?> all)) {
            return;
        }
        for (Object each : all) {
            if (each instanceof Map<?, ?> facts && facts.get("dockerRepository") instanceof String image) {
                String version = text(facts.get("dockerImageTag"), "latest");
                entries.add(new RegistryEntry(
                        source,
                        text(facts.get("name"), image),
                        image,
                        version,
                        text(facts.get("supportLevel"), "unknown"),
                        origin(facts, image, version, files),
                        facts));
            }
        }
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value instanceof String text && !text.isEmpty() ? text : otherwise;
    }

    /** The lightest way that there is: no program, else a package, else an image. */
    private static RegistryEntry.Origin origin(Map<?, ?> facts, String image, String version, String files) {
        boolean manifestOnly = "manifest-only".equals(facts.get("language"))
                || (facts.get("tags") instanceof List<?> tags && tags.contains("language:manifest-only"));
        if (manifestOnly) {
            String folder = files + "/metadata/" + image + "/" + version;
            String components = folder + "/components.py";
            boolean isAtHand = !files.contains("://") && Files.isRegularFile(Path.of(components));
            String name = image.substring(image.lastIndexOf('/') + 1).replaceFirst("^source-", "");
            return new RegistryEntry.Origin.Manifest(
                    folder + "/manifest.yaml",
                    isAtHand ? components : null,
                    ManifestConnector.withPorts().contains(name));
        }
        if (facts.get("remoteRegistries") instanceof Map<?, ?> others
                && others.get("pypi") instanceof Map<?, ?> pypi
                && Boolean.TRUE.equals(pypi.get("enabled"))
                && pypi.get("packageName") instanceof String name) {
            return new RegistryEntry.Origin.PythonPackage(name + "==" + version);
        }
        return new RegistryEntry.Origin.Image(
                image + ":" + version, Boolean.TRUE.equals(facts.get("supportsRefreshes")));
    }

    /** The connectors whose names hold all these words. */
    public List<RegistryEntry> search(List<String> words) {
        return entries.stream().filter(each -> each.has(words)).toList();
    }

    /**
     * The connector of a name, such as {@code source-jira}.
     *
     * @throws ProblemException if there is none
     */
    public RegistryEntry named(String name) {
        return entries.stream()
                .filter(each -> each.name().equals(name) || each.image().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                "E_CONNECTOR_UNKNOWN", ProblemKind.CONFIG, "the registry has no connector " + name)
                        .fix(NearNames.nearest(
                                        name,
                                        entries.stream()
                                                .map(RegistryEntry::name)
                                                .toList())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("search with `sluice connectors search WORDS`"))
                        .exception());
    }

    @Override
    public String toString() {
        return Objects.toString(entries.size()) + " connectors";
    }
}
