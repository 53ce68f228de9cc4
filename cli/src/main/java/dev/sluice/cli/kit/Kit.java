package dev.sluice.cli.kit;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the product carries for authors of connectors: a folder that Maven takes for a repository, with the versions that go together.
 *
 * @param product the folder of the product
 * @param folder the repository
 * @param versions the versions by name
 */
public record Kit(Path product, Path folder, Map<String, String> versions) {
    private static final String VERSIONS = "versions.properties";

    public Kit {
        versions = Map.copyOf(versions);
    }

    /**
     * The kit of this installation.
     *
     * @throws ProblemException if it has none
     */
    public static Kit here() {
        String home = System.getProperty("sluice.home");
        if (home == null) {
            throw missing("Sluice was started without its launcher");
        }
        return of(Path.of(home));
    }

    static Kit of(Path product) {
        Path folder = product.resolve("lib").resolve("kit");
        Path file = folder.resolve(VERSIONS);
        if (!Files.isRegularFile(file)) {
            throw missing("there is no " + file);
        }
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Map<String, String> versions = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> versions.put(name, read.getProperty(name)));
        return new Kit(product, folder, versions);
    }

    private static ProblemException missing(String why) {
        return Problem.of("E_KIT", ProblemKind.RESOURCE, "this Sluice comes without the kit for authors of connectors")
                .because(why)
                .fix("use a distribution, or build the whole from its sources: `mvn -DskipTests package`")
                .exception();
    }
}
