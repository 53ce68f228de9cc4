package dev.sluice.connector.file.places;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads what only one kind of store needs. Its libraries lie in a folder of their own, {@code places/s3} beside the
 * connector's jar, so that a connector which reads files from a disk does not open dozens of jars.
 */
final class PlaceLoader extends URLClassLoader {
    private final String ours;

    static {
        registerAsParallelCapable();
    }

    private PlaceLoader(String name, URL[] jars, String ours, ClassLoader connector) {
        super("place " + name, jars, connector);
        this.ours = ours;
    }

    /**
     * Makes the object of a class.
     *
     * @param name the name of the folder
     * @param ours the package that needs the libraries in it
     * @param type the class, in that package
     */
    static <T> T load(String name, String ours, String type, Class<T> as) {
        try {
            Path jar = Path.of(PlaceLoader.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = jar.resolveSibling("places").resolve(name);
            ClassLoader loader = PlaceLoader.class.getClassLoader();
            // Without the folder everything is on one class path, as in tests.
            ClassLoader from =
                    Files.isDirectory(folder) ? new PlaceLoader(name, jars(jar, folder), ours + ".", loader) : loader;
            return as.cast(Class.forName(ours + "." + type, true, from)
                    .getConstructor()
                    .newInstance());
        } catch (IOException | URISyntaxException | ReflectiveOperationException | LinkageError broken) {
            throw broken(name, broken);
        }
    }

    private static ProblemException broken(String name, Throwable cause) {
        return Problem.of("E_PLUGIN_BROKEN", ProblemKind.RESOURCE, "the libraries for " + name + " cannot be loaded")
                .at("places/" + name)
                .because(cause.toString())
                .fix("install the connector again")
                .exception(cause);
    }

    private static URL[] jars(Path connector, Path folder) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(connector.toUri().toURL());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                urls.add(file.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(ours)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : findClass(name);
        }
    }
}
