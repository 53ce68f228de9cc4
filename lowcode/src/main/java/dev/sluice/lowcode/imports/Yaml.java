package dev.sluice.lowcode.imports;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML and JSON of strangers, as far as it is worth it. */
final class Yaml {
    private static final int MOST_CHARACTERS = 16 << 20;
    private static final int MOST_ALIASES = 20;

    private Yaml() {}

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is none, too large, or made to harm
     */
    static @Nullable Object read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("it has more than " + MOST_CHARACTERS + " characters");
        }
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowDuplicateKeys(true)
                .setAllowRecursiveKeys(false)
                .build();
        try {
            return new Load(settings).loadFromString(text);
        } catch (YamlEngineException malformed) {
            String message =
                    String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException("it is neither JSON nor YAML: " + message, malformed);
        } catch (StackOverflowError deep) {
            throw new IllegalArgumentException("it is nested too deeply", deep);
        }
    }

    /** A value as a mapping; empty if it is none. */
    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A value as text; null if it is none. */
    static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
