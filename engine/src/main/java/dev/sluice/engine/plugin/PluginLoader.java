package dev.sluice.engine.plugin;

import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.ConnectorServer;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Opens plugins and makes the connectors in them. */
final class PluginLoader {
    private final ClassLoader host;
    private final List<PluginClassLoader> opened = new ArrayList<>();

    PluginLoader(ClassLoader host) {
        this.host = host;
    }

    /** Opens a folder of jars. Never fails: what cannot be loaded is among the plugin's problems. */
    Plugin open(Path folder) {
        String name = String.valueOf(folder.getFileName());
        try {
            List<Path> jars = jars(folder);
            if (jars.isEmpty()) {
                return Plugin.broken(broken(name, folder.toString(), "the folder holds no jar"));
            }
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                requireReadable(name, jars.get(i));
                urls[i] = jars.get(i).toUri().toURL();
            }
            PluginClassLoader loader = new PluginClassLoader(name, urls, host);
            opened.add(loader);
            return make(name, loader, true);
        } catch (BrokenJar broken) {
            return Plugin.broken(broken.problem);
        } catch (IOException | UncheckedIOException unreadable) {
            return Plugin.broken(broken(name, folder.toString(), unreadable.toString()));
        }
    }

    /** Makes the connectors that are on a class path, without a boundary. */
    Plugin onClassPath() {
        return make("class path", host, false);
    }

    void close() {
        for (PluginClassLoader loader : opened) {
            try {
                loader.close();
            } catch (IOException alreadyGone) {
                // Nobody reads from it any more, and the process is about to end.
            }
        }
        opened.clear();
    }

    private static Plugin make(String name, ClassLoader loader, boolean isolated) {
        List<Problem> problems = new ArrayList<>();
        List<SourceConnector> sources = connectors(SourceConnector.class, name, loader, isolated, problems);
        List<DestinationConnector> destinations =
                connectors(DestinationConnector.class, name, loader, isolated, problems);
        List<ConnectorServer> servers = make(ConnectorServer.class, name, loader, problems);
        if (sources.isEmpty() && destinations.isEmpty() && problems.isEmpty() && isolated) {
            problems.add(
                    broken(name, "META-INF/services", "none of its jars names a source or a destination connector"));
        }
        return new Plugin(sources, destinations, servers, problems);
    }

    private static <C extends Connector> List<C> connectors(
            Class<C> kind, String name, ClassLoader loader, boolean isolated, List<Problem> problems) {
        List<C> made = make(kind, name, loader, problems);
        return isolated
                ? made.stream()
                        .map(each -> ContextLoader.wrap(kind, each, loader))
                        .toList()
                : made;
    }

    private static <S> List<S> make(Class<S> kind, String name, ClassLoader loader, List<Problem> problems) {
        List<S> made = new ArrayList<>();
        Iterator<S> providers = ServiceLoader.load(kind, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return made;
                }
                made.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError cause) {
                problems.add(broken(name, declaringJars(kind, loader), rootOf(cause)));
            }
        }
    }

    private static String declaringJars(Class<?> kind, ClassLoader loader) {
        try {
            return String.join(
                    ", ",
                    loader.resources("META-INF/services/" + kind.getName())
                            .map(PluginLoader::jarOf)
                            .toList());
        } catch (UncheckedIOException unknown) {
            return "META-INF/services/" + kind.getName();
        }
    }

    private static String jarOf(URL entry) {
        String text = entry.toString();
        int bang = text.indexOf("!/");
        return bang < 0 ? text : text.substring(text.lastIndexOf('/', bang) + 1, bang);
    }

    private static String rootOf(Throwable failure) {
        String own = failure instanceof ServiceConfigurationError
                ? String.valueOf(failure.getMessage())
                : failure.toString();
        Throwable cause = failure.getCause();
        if (cause == null) {
            return own;
        }
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return own + " (" + cause + ")";
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** The class loader would pass over a broken jar in silence and then miss its classes. */
    private static void requireReadable(String plugin, Path jar) throws BrokenJar {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            file.size();
        } catch (IOException cause) {
            throw new BrokenJar(broken(plugin, jar.toString(), String.valueOf(cause.getMessage())));
        }
    }

    private static Problem broken(String plugin, String where, String why) {
        return Problem.of(
                        "E_PLUGIN_BROKEN", ProblemKind.RESOURCE, "the connector plugin " + plugin + " cannot be loaded")
                .at(where)
                .because(why)
                .fix("install the connector again, or remove its folder");
    }

    /** Carries the problem of a jar out of the loop over all jars. */
    private static final class BrokenJar extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        BrokenJar(Problem problem) {
            super(problem.message());
            this.problem = problem;
        }
    }
}
