package dev.sluice.cli.session;

import dev.sluice.cli.output.Json;
import dev.sluice.spi.runtime.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the host must know of a connector's options: which are secrets ({@code airbyte_secret}) and which are places in
 * the file system ({@code "format": "path"}).
 */
final class OptionSpec {
    private final Map<?, ?> schema;

    private OptionSpec(Map<?, ?> schema) {
        this.schema = schema;
    }

    static OptionSpec of(String jsonSchema) {
        return new OptionSpec(Json.read(jsonSchema) instanceof Map<?, ?> map ? map : Map.of());
    }

    /** The secrets in a configuration. */
    List<String> secrets(Config config) {
        List<String> secrets = new ArrayList<>();
        visit(config.values(), schema, (option, value) -> {
            if (Boolean.TRUE.equals(option.get("airbyte_secret"))) {
                secrets.add(value);
            }
            return value;
        });
        return secrets;
    }

    /**
     * The configuration with absolute paths. Words of a command line are paths where they say so themselves, by a dot at the
     * beginning: the program starts in a folder of its own.
     */
    Config withAbsolutePaths(Config config, Path directory) {
        return Config.of(visit(
                config.values(),
                schema,
                (option, value) -> "path".equals(option.get("format")) || isRelativeWord(option, value)
                        ? absolute(value, directory)
                        : value));
    }

    private static boolean isRelativeWord(Map<?, ?> option, String value) {
        return "command-word".equals(option.get("format")) && (value.startsWith("./") || value.startsWith("../"));
    }

    /** The configuration without its secrets: what tells one system from another. */
    Map<String, @Nullable Object> publicPart(Config config) {
        return visit(
                config.values(),
                schema,
                (option, value) -> Boolean.TRUE.equals(option.get("airbyte_secret")) ? null : value);
    }

    /** The value of the first option that is a place in the file system; null if there is none. */
    @Nullable
    String path(Config config) {
        List<String> paths = new ArrayList<>();
        visit(config.values(), schema, (option, value) -> {
            if ("path".equals(option.get("format"))) {
                paths.add(value);
            }
            return value;
        });
        return paths.isEmpty() ? null : paths.getFirst();
    }

    /** Leaves alone what is no path: addresses, standard input, names like {@code :memory:}. */
    private static String absolute(String value, Path directory) {
        if (value.isEmpty()
                || value.equals("-")
                || value.startsWith(":")
                || value.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            return value;
        }
        if (value.startsWith("~/")) {
            return System.getProperty("user.home") + value.substring(1);
        }
        if (value.startsWith("/")) {
            return value;
        }
        // Not through Path: a pattern may hold signs that no file name has.
        String relative = value.startsWith("./") ? value.substring(2) : value;
        return directory + "/" + relative;
    }

    private static Map<String, @Nullable Object> visit(
            Map<?, ?> config, Map<?, ?> schema, BiFunction<Map<?, ?>, String, @Nullable String> each) {
        Map<?, ?> properties = properties(schema, config);
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        config.forEach((name, value) -> {
            // Names that the user chose have one schema for all of them.
            Object declared = properties.containsKey(name) ? properties.get(name) : schema.get("additionalProperties");
            Map<?, ?> option = declared instanceof Map<?, ?> map ? map : Map.of();
            result.put(String.valueOf(name), visitValue(value, option, each));
        });
        return result;
    }

    private static @Nullable Object visitValue(
            @Nullable Object value, Map<?, ?> option, BiFunction<Map<?, ?>, String, @Nullable String> each) {
        return switch (value) {
            case null -> null;
            case String text -> each.apply(option, text);
            case Number number
            when Boolean.TRUE.equals(option.get("airbyte_secret")) -> each.apply(option, number.toString());
            case Map<?, ?> map -> visit(map, option, each);
            case List<?> list -> {
                Map<?, ?> items = option.get("items") instanceof Map<?, ?> map ? map : Map.of();
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(visitValue(element, items, each)));
                yield copy;
            }
            default -> value;
        };
    }

    /** The options of a group, and of the alternative whose constants the configuration has. */
    private static Map<?, ?> properties(Map<?, ?> schema, Map<?, ?> config) {
        Map<Object, @Nullable Object> properties = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> own) {
            properties.putAll(own);
        }
        if (schema.get("oneOf") instanceof List<?> alternatives) {
            for (Object alternative : alternatives) {
                if (alternative instanceof Map<?, ?> map
                        && map.get("properties") instanceof Map<?, ?> options
                        && fits(options, config)) {
                    properties.putAll(options);
                }
            }
        }
        return properties;
    }

    private static boolean fits(Map<?, ?> options, Map<?, ?> config) {
        return options.entrySet().stream()
                .allMatch(entry -> !(entry.getValue() instanceof Map<?, ?> option)
                        || !option.containsKey("const")
                        || String.valueOf(option.get("const")).equals(String.valueOf(config.get(entry.getKey()))));
    }
}
