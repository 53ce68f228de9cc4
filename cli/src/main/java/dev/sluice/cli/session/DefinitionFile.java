package dev.sluice.cli.session;

import dev.sluice.cli.output.Json;
import dev.sluice.lowcode.activation.DeclarativeConnector;
import dev.sluice.lowcode.activation.DestinationTrial;
import dev.sluice.lowcode.source.ManifestConnector;
import dev.sluice.lowcode.source.ManifestWorkbench;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.workbench.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a connector that is being written, with what was recorded of it beside it.
 *
 * @param path the file
 * @param text what is in it
 */
public record DefinitionFile(Path path, String text) {
    private static final String FIXTURES = "fixtures";
    private static final String ENDING = ".json";

    /**
     * Reads one.
     *
     * @param file a file, or a folder with a {@code manifest.yaml}
     */
    public static DefinitionFile read(Path directory, String file) {
        Path path = directory.resolve(file);
        if (Files.isDirectory(path)) {
            path = path.resolve("manifest.yaml");
        }
        return new DefinitionFile(path, text(path));
    }

    /** True if it is the definition of a destination and not a manifest; what cannot be read is none. */
    public boolean isDestination() {
        try {
            return Json.read(ManifestConnector.asJson(path.toString(), text)) instanceof Map<?, ?> members
                    && members.containsKey("requester")
                    && !members.containsKey("streams")
                    && !members.containsKey("dynamic_streams");
        } catch (ProblemException unreadable) {
            return false;
        }
    }

    /** Where it is tried out, if it is that of a destination. */
    public DestinationTrial trial() {
        String name = String.valueOf(path.getFileName()).replaceFirst("\\.ya?ml$", "");
        return new DestinationTrial(name, path.toString(), text);
    }

    /** The options that it has, as a JSON schema. */
    public String spec() {
        return new DeclarativeConnector(String.valueOf(path.getFileName()), path.toString(), text).spec();
    }

    /** Where it is worked on. */
    public Workbench workbench(Clock clock) {
        return new ManifestWorkbench(clock, other -> ManifestFile.beside(path, other));
    }

    /** Keeps what was recorded of a stream. Returns the file. */
    public Path keep(String stream, String recording) {
        Path file = fixture(stream);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, recording);
            return file;
        } catch (IOException cause) {
            throw problem(file, cause);
        }
    }

    private Path fixture(String stream) {
        return path.resolveSibling(FIXTURES).resolve(stream.replaceAll("[^A-Za-z0-9_.-]", "_") + ENDING);
    }

    /** The recordings that lie beside it, by name; that of one stream if one is named. */
    public List<Path> recordings(@Nullable String stream) {
        if (stream != null) {
            return List.of(fixture(stream));
        }
        Path folder = path.resolveSibling(FIXTURES);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException cause) {
            throw problem(folder, cause);
        }
    }

    /** The text of a file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException cause) {
            throw problem(file, cause);
        }
    }

    private static ProblemException problem(Path file, Exception cause) {
        return Problem.of("E_FILE", ProblemKind.CONFIG, "a file cannot be used")
                .at(file.toString())
                .because(cause.toString())
                .exception(cause);
    }
}
