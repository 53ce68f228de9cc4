package dev.sluice.lowcode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The manifests of real connectors, where they lie beside the checkout. */
public final class Manifests {
    private Manifests() {}

    /** All files; the test is skipped where there are none. */
    public static List<Path> all() {
        Path here = Path.of("").toAbsolutePath();
        Path folder = null;
        for (Path up = here; up != null && folder == null; up = up.getParent()) {
            Path candidate = up.resolveSibling("shared").resolve("manifests");
            folder = Files.isDirectory(candidate) ? candidate : null;
        }
        Assumptions.assumeTrue(folder != null, "the manifests of real connectors are not beside this checkout");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The text of a file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
