package dev.sluice.cli.project;

import dev.sluice.spi.runtime.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source or destination as the project file has it; its references are not resolved yet. */
public final class EndpointEntry {
    private final String name;
    private final String connector;
    private final @Nullable String manifest;
    private final Place place;
    private final Yaml.@Nullable Mapping program;
    private final Yaml.@Nullable Mapping config;

    private EndpointEntry(
            String name,
            String connector,
            @Nullable String manifest,
            Place place,
            Yaml.@Nullable Mapping program,
            Yaml.@Nullable Mapping config) {
        this.name = name;
        this.connector = connector;
        this.manifest = manifest;
        this.place = place;
        this.program = program;
        this.config = config;
    }

    EndpointEntry(
            String name, String connector, @Nullable String manifest, Place place, Yaml.@Nullable Mapping config) {
        this(name, connector, manifest, place, null, config);
    }

    /** One whose connector is a program of its own: where it comes from, and its options. */
    static EndpointEntry ofProgram(String name, Yaml.Mapping program, Yaml.@Nullable Mapping config) {
        return new EndpointEntry(name, "airbyte", null, program.place(), program, config);
    }

    /** Its name in the project. */
    public String name() {
        return name;
    }

    /** The name of its connector. */
    public String connector() {
        return connector;
    }

    /** The file or address of what defines its connector; empty if it is one of the installation. */
    public Optional<String> manifest() {
        return Optional.ofNullable(manifest);
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }

    /**
     * Where an option stands, or the group that it is missing from.
     *
     * @param option its name, preceded by those of the groups that it lies in, with dots
     */
    public Place place(String option) {
        Place nearest = config == null ? place : config.place();
        Yaml.Mapping group = config;
        for (String name : option.split("\\.", -1)) {
            Yaml.Entry entry = group == null ? null : group.entries().get(name);
            if (entry == null) {
                return nearest;
            }
            nearest = entry.keyPlace();
            group = entry.value() instanceof Yaml.Mapping inner ? inner : null;
        }
        return nearest;
    }

    /** Its options with all references resolved. */
    public Config config(References references) {
        Map<String, @Nullable Object> own = config == null ? Map.of() : map(config, references);
        if (program == null) {
            return Config.of(own);
        }
        Map<String, @Nullable Object> all = map(program, references);
        all.put("config", own);
        return Config.of(all);
    }

    private static Map<String, @Nullable Object> map(Yaml.Mapping mapping, References references) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> map.put(key, plain(entry.value(), references)));
        return map;
    }

    private static @Nullable Object plain(Yaml value, References references) {
        return switch (value) {
            case Yaml.Scalar(Place place, String text) -> references.resolve(text, place);
            case Yaml.Scalar(Place ignored, Object other) -> other;
            case Yaml.Mapping mapping -> map(mapping, references);
            case Yaml.Sequence(Place ignored, List<Yaml> elements) -> {
                List<@Nullable Object> list = new ArrayList<>(elements.size());
                elements.forEach(element -> list.add(plain(element, references)));
                yield list;
            }
        };
    }
}
