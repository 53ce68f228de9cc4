package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.LocalDates;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A manifest that was read, resolved and checked.
 *
 * @param name what messages call it
 * @param root the source
 */
public record Manifest(String name, Component root) {
    /**
     * Reads a manifest.
     *
     * @param name what messages call it, such as its file
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it cannot be used; the problem tells where
     */
    public static Manifest read(String name, String text) {
        Map<Object, Object> root = new LinkedHashMap<>(document(name, text));
        root.putIfAbsent("type", "DeclarativeSource");
        Map<Object, Object> resolved = Parameters.propagate(References.resolve(root));
        List<Mistake> mistakes = Validation.of(resolved);
        if (!mistakes.isEmpty()) {
            throw Problem.of(
                            "E_MANIFEST",
                            ProblemKind.CONFIG,
                            "the manifest cannot be used: " + mistakes.getFirst()
                                    + (mistakes.size() > 1 ? " (and " + (mistakes.size() - 1) + " more)" : ""))
                    .at(name)
                    .because(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("; ")))
                    .exception();
        }
        return new Manifest(name, new Component(Ports.applied(resolved), ""));
    }

    /**
     * A manifest as far as it can be read, and what is wrong with it.
     *
     * @param root the source, resolved as far as it can be
     * @param mistakes what keeps it from being used
     */
    public record Draft(Component root, List<Mistake> mistakes) {
        /** Copies the list. */
        public Draft {
            mistakes = List.copyOf(mistakes);
        }
    }

    /**
     * Reads a manifest that may have mistakes.
     *
     * @param name what messages call it, such as its file
     * @throws dev.sluice.spi.problem.ProblemException if not even its references can be followed
     */
    public static Draft draft(String name, String text) {
        Map<Object, Object> root = new LinkedHashMap<>(document(name, text));
        root.putIfAbsent("type", "DeclarativeSource");
        Map<Object, Object> resolved = Parameters.propagate(References.resolve(root));
        List<Mistake> mistakes = Validation.of(resolved);
        return new Draft(new Component(mistakes.isEmpty() ? Ports.applied(resolved) : resolved, ""), mistakes);
    }

    /**
     * Reads a file of another kind than a source, such as a destination: references are followed, and nothing is checked.
     *
     * @param name what messages call it, such as its file
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is no map in YAML
     */
    public static Manifest resolved(String name, String text) {
        return new Manifest(name, new Component(References.resolve(document(name, text)), ""));
    }

    /**
     * The text of a manifest as JSON, neither resolved nor checked.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is no YAML
     */
    public static String asJson(String name, String text) {
        return JsonValues.write(LocalDates.asTexts(document(name, text)));
    }

    /**
     * The text of a manifest, which may be JSON, as YAML for people.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is no YAML
     */
    public static String asYaml(String name, String text) {
        return YamlText.of(Values.mapOrEmpty(LocalDates.asTexts(document(name, text))));
    }

    /** The connectors that have ports of their Python classes, by name. */
    public static Set<String> withPorts() {
        return Collections.unmodifiableSet(Ports.all().keySet());
    }

    private static Map<Object, Object> document(String name, String text) {
        Object document = YamlDocument.read(name, text);
        if (!(document instanceof Map<?, ?> map) || map.isEmpty()) {
            throw Problem.of("E_MANIFEST", ProblemKind.CONFIG, "the manifest is empty or no map")
                    .at(name)
                    .fix("name the manifest.yaml of a low-code connector")
                    .exception();
        }
        return Values.asMap(map);
    }

    /** The options of the source as a JSON schema. */
    public String specification() {
        return root.optional("spec")
                .map(spec -> JsonValues.write(LocalDates.asTexts(spec.raw("connection_specification"))))
                .orElse("{\"type\":\"object\",\"properties\":{}}");
    }

    /** A component again after something was put into it: types and parameters inside it are filled in once more. */
    public static Map<Object, Object> propagated(
            Map<Object, Object> component, String place, Map<Object, Object> parameters) {
        return Parameters.component(component, place, parameters);
    }
}
