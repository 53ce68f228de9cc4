package dev.sluice.cli.session;

import dev.sluice.cli.output.Json;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files that an orchestrator hands to a connector.
 *
 * @param directory the folder from which they are named
 */
public record ServedFiles(Path directory) {
    private static final long LARGEST = 256L << 20;

    /**
     * The source that a manifest defines.
     *
     * @param warn hears that an old copy is used
     */
    public static SourceConnector manifest(String place, Path directory, Consumer<String> warn) {
        return ManifestFile.connector(place, directory, warn);
    }

    /** The text of a file; null without a file. */
    public @Nullable String text(@Nullable String file) {
        if (file == null) {
            return null;
        }
        Path path = directory.resolve(file);
        try {
            if (Files.size(path) > LARGEST) {
                throw bad(file, "it is larger than " + LARGEST + " bytes", null);
            }
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw bad(file, unreadable.toString(), unreadable);
        }
    }

    /** A configuration with absolute paths; an empty one without a file. */
    public Config config(@Nullable String file, Connector connector) {
        String text = text(file);
        if (file == null || text == null) {
            return Config.of(Map.of());
        }
        Object json;
        try {
            json = Json.read(text);
        } catch (RuntimeException notJson) {
            // Not its words: they may quote a secret.
            throw bad(file, "it is not valid JSON", null);
        }
        if (!(json instanceof Map<?, ?> map)) {
            throw bad(file, "it is no JSON object", null);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        return OptionSpec.of(connector.spec()).withAbsolutePaths(Config.of(values), directory);
    }

    private static ProblemException bad(String file, String why, @Nullable Throwable cause) {
        return Problem.of("E_FILE", ProblemKind.CONFIG, "a file cannot be used")
                .at(file)
                .because(why)
                .exception(cause);
    }
}
