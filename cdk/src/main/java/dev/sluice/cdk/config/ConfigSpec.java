package dev.sluice.cdk.config;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.runtime.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a connector, or of one group of them, in the order in which a form shows them. Immutable. */
public final class ConfigSpec {
    private final String title;
    private final Map<String, Option<?>> options = new LinkedHashMap<>();

    private ConfigSpec(String title, List<Option<?>> options) {
        this.title = title;
        for (Option<?> option : options) {
            if (this.options.put(option.name(), option) != null) {
                throw new IllegalArgumentException("the option " + option.name() + " is declared twice");
            }
        }
    }

    /** A spec of these options. */
    public static ConfigSpec of(String title, Option<?>... options) {
        return new ConfigSpec(title, List.of(options));
    }

    /**
     * Checks a configuration and gives typed access to it.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG}, with the code {@code E_CONFIG}, if an
     *     option lacks, is unknown or does not fit; the problem tells which
     */
    public Settings read(Config config) {
        return new ConfigReader(this).read(config.values());
    }

    /** The options as a JSON Schema (draft-07) with the annotations of the Airbyte protocol. */
    public String jsonSchema() {
        return Json.write(SpecWriter.schema(this));
    }

    String title() {
        return title;
    }

    Iterable<Option<?>> options() {
        return options.values();
    }

    Optional<Option<?>> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    List<String> names() {
        return List.copyOf(options.keySet());
    }
}
