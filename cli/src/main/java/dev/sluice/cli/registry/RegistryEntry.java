package dev.sluice.cli.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connector of a registry.
 *
 * @param source true if it is a source, false if it is a destination
 * @param title its name for people
 * @param image the name of its image, such as {@code airbyte/source-jira}
 * @param version its version
 * @param support how well it is looked after, in the words of the registry, such as {@code certified}
 * @param origin how it runs here
 * @param facts all that the registry says
 */
public record RegistryEntry(
        boolean source, String title, String image, String version, String support, Origin origin, Map<?, ?> facts) {
    public RegistryEntry {
        Objects.requireNonNull(title);
        Objects.requireNonNull(origin);
    }

    /** How a connector runs. */
    public sealed interface Origin {
        /** The {@code connector:} of a project file. */
        Map<String, Object> connector();

        /** In a few words. */
        String words();

        /**
         * A low-code source, which needs no program.
         *
         * @param place the file or address of its manifest
         * @param components the file with the Python classes that it names; null if it names none, or they are not at hand
         * @param hasPorts true if there are ports of its Python classes
         */
        record Manifest(String place, @Nullable String components, boolean hasPorts) implements Origin {
            @Override
            public Map<String, Object> connector() {
                return Map.of("manifest", place);
            }

            @Override
            public String words() {
                if (hasPorts) {
                    return "natively, from its manifest and ports of its Python classes";
                }
                return components == null
                        ? "natively, from its manifest"
                        : "natively where it needs no Python class, else by the official runner";
            }
        }

        /**
         * A package of Python.
         *
         * @param requirement its name and version
         */
        record PythonPackage(String requirement) implements Origin {
            @Override
            public Map<String, Object> connector() {
                return Map.of("pypi", requirement);
            }

            @Override
            public String words() {
                return "package of Python";
            }
        }

        /**
         * An image.
         *
         * @param image its name and version
         * @param generations true if it removes rows of older generations by itself
         */
        record Image(String image, boolean generations) implements Origin {
            @Override
            public Map<String, Object> connector() {
                Map<String, Object> connector = new LinkedHashMap<>();
                connector.put("docker", image);
                if (generations) {
                    connector.put("generations", true);
                }
                return connector;
            }

            @Override
            public String words() {
                return "image";
            }
        }
    }

    /** Its name in the registry, such as {@code source-jira}. */
    public String name() {
        return image.substring(image.lastIndexOf('/') + 1);
    }

    /** The JSON Schema of its options; null if the registry has none. */
    public @Nullable Object spec() {
        return facts.get("spec") instanceof Map<?, ?> spec ? spec.get("connectionSpecification") : null;
    }

    /** True if its names hold all these words. */
    boolean has(List<String> words) {
        String text = (title + " " + image + " " + support + " " + origin.words()).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }
}
