package dev.sluice.engine.plugin;

import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.ConnectorServer;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connectors of this installation.
 *
 * <p>Lazy: asked for {@code postgres}, it opens the folder {@code postgres} and looks into the others only if that one
 * does not have it. What was opened stays open until the registry is closed. May be used by several threads.
 */
public final class ConnectorRegistry implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final PluginLoader loader;
    private final @Nullable Path directory;
    private final boolean stays;
    private final Map<String, Plugin> open = new LinkedHashMap<>();

    private ConnectorRegistry(@Nullable Path directory, ClassLoader host, boolean stays) {
        this.directory = directory;
        this.stays = stays;
        this.loader = new PluginLoader(host);
    }

    /**
     * The connectors in the folders of a directory.
     *
     * @param plugins a directory with one folder a connector, each full of jars
     * @throws ProblemException if there is no such directory
     */
    public static ConnectorRegistry ofDirectory(Path plugins) {
        return ofDirectory(plugins, false);
    }

    /**
     * The same, which stays open when it is closed: for processes that run many commands.
     *
     * @throws ProblemException if there is no such directory
     */
    public static ConnectorRegistry ofDirectoryForGood(Path plugins) {
        return ofDirectory(plugins, true);
    }

    private static ConnectorRegistry ofDirectory(Path plugins, boolean stays) {
        if (!Files.isDirectory(plugins)) {
            throw Problem.of("E_PLUGINS_MISSING", ProblemKind.RESOURCE, "the directory of connectors is missing")
                    .at(plugins.toString())
                    .fix("install Sluice again")
                    .exception();
        }
        return new ConnectorRegistry(plugins, ConnectorRegistry.class.getClassLoader(), stays);
    }

    /** The connectors on the class path of a class loader, without a boundary between them. For tests. */
    public static ConnectorRegistry ofClassPath(ClassLoader classes) {
        return new ConnectorRegistry(null, classes, false);
    }

    /**
     * The source connector with this name.
     *
     * @throws ProblemException if there is none
     */
    public SourceConnector source(String name) {
        return named(SourceConnector.class, "source", name);
    }

    /**
     * The destination connector with this name.
     *
     * @throws ProblemException if there is none
     */
    public DestinationConnector destination(String name) {
        return named(DestinationConnector.class, "destination", name);
    }

    /**
     * The source that an address means.
     *
     * @throws ProblemException if no connector understands it, or more than one
     */
    public Addressed<SourceConnector> sourceAt(String uri) {
        return addressed(SourceConnector.class, "source", uri);
    }

    /**
     * The destination that an address means.
     *
     * @throws ProblemException if no connector understands it, or more than one
     */
    public Addressed<DestinationConnector> destinationAt(String uri) {
        return addressed(DestinationConnector.class, "destination", uri);
    }

    /**
     * What serves connectors in the words of a protocol.
     *
     * @throws ProblemException if there is nothing
     */
    public ConnectorServer server(String protocol) {
        return folder(protocol)
                .flatMap(plugin -> speaking(protocol, plugin))
                .or(() -> plugins().stream()
                        .flatMap(plugin -> speaking(protocol, plugin).stream())
                        .findFirst())
                .orElseThrow(() -> Problem.of(
                                "E_CONNECTOR_UNKNOWN",
                                ProblemKind.CONFIG,
                                "nothing here speaks the protocol " + protocol)
                        .fix("install Sluice again")
                        .exception());
    }

    private static Optional<ConnectorServer> speaking(String protocol, Plugin plugin) {
        return plugin.servers().stream()
                .filter(each -> each.protocol().equals(protocol))
                .findFirst();
    }

    /** All sources by name. Opens everything. */
    public List<SourceConnector> sources() {
        return all(SourceConnector.class);
    }

    /** All destinations by name. Opens everything. */
    public List<DestinationConnector> destinations() {
        return all(DestinationConnector.class);
    }

    /** Why some connectors cannot be used. Opens everything. */
    public List<Problem> problems() {
        return plugins().stream().flatMap(plugin -> plugin.problems().stream()).toList();
    }

    @Override
    public void close() {
        if (stays) {
            return;
        }
        lock.lock();
        try {
            loader.close();
            open.clear();
        } finally {
            lock.unlock();
        }
    }

    private <C extends Connector> C named(Class<C> kind, String role, String name) {
        Optional<C> found = folder(name).flatMap(plugin -> plugin.find(kind, name));
        if (found.isEmpty()) {
            found = plugins().stream()
                    .flatMap(plugin -> plugin.find(kind, name).stream())
                    .findFirst();
        }
        return found.orElseThrow(() -> unknown(kind, role, name));
    }

    private <C extends Connector> ProblemException unknown(Class<C> kind, String role, String name) {
        List<Problem> broken = folder(name).map(Plugin::problems).orElse(List.of());
        if (!broken.isEmpty()) {
            return broken.getFirst().exception();
        }
        List<String> names = all(kind).stream().map(Connector::name).toList();
        return Problem.of("E_CONNECTOR_UNKNOWN", ProblemKind.CONFIG, "there is no " + role + " connector " + name)
                .because(names.isEmpty() ? "none is installed" : "installed are " + String.join(", ", names))
                .fix(NearNames.nearest(name, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("see all with `sluice connectors list`"))
                .exception();
    }

    private <C extends Connector> Addressed<C> addressed(Class<C> kind, String role, String uri) {
        int colon = uri.indexOf(':');
        if (colon > 0) {
            Optional<Addressed<C>> byScheme = folder(uri.substring(0, colon)).stream()
                    .flatMap(plugin -> answers(kind, plugin, uri))
                    .findFirst();
            if (byScheme.isPresent()) {
                return byScheme.get();
            }
        }
        List<Addressed<C>> answers =
                plugins().stream().flatMap(plugin -> answers(kind, plugin, uri)).toList();
        return switch (answers.size()) {
            case 1 -> answers.getFirst();
            case 0 ->
                throw Problem.of("E_ADDRESS", ProblemKind.CONFIG, "no " + role + " connector understands this address")
                        .because("installed are "
                                + all(kind).stream().map(Connector::name).collect(Collectors.joining(", ")))
                        .fix("write a file name, or scheme://..., or use a project file")
                        .exception();
            default ->
                throw Problem.of("E_ADDRESS", ProblemKind.CONFIG, "more than one connector understands this address")
                        .because(answers.stream()
                                .map(answer -> answer.connector().name())
                                .collect(Collectors.joining(", ")))
                        .fix("write the one that you mean ahead: "
                                + answers.getFirst().connector().name() + "://...")
                        .exception();
        };
    }

    private static <C extends Connector> Stream<Addressed<C>> answers(Class<C> kind, Plugin plugin, String uri) {
        return plugin.all(kind).stream().flatMap(connector -> {
            Optional<Config> config = connector.fromUri(uri);
            return config.map(understood -> new Addressed<>(connector, understood)).stream();
        });
    }

    private <C extends Connector> List<C> all(Class<C> kind) {
        return plugins().stream()
                .flatMap(plugin -> plugin.all(kind).stream())
                .sorted(Comparator.comparing(Connector::name))
                .toList();
    }

    /** The plugin in the folder of this name, if there is one. */
    private Optional<Plugin> folder(String name) {
        if (directory == null || !name.matches("[a-z0-9][a-z0-9._-]*")) {
            return Optional.empty();
        }
        Path folder = directory.resolve(name);
        return Files.isDirectory(folder) ? Optional.of(opened(folder)) : Optional.empty();
    }

    private List<Plugin> plugins() {
        Path folders = directory;
        if (folders == null) {
            return List.of(onClassPath());
        }
        try (Stream<Path> each = Files.list(folders)) {
            List<Plugin> plugins = new ArrayList<>();
            each.filter(Files::isDirectory).sorted().forEach(folder -> plugins.add(opened(folder)));
            return plugins;
        } catch (IOException unreadable) {
            throw Problem.of("E_PLUGINS_MISSING", ProblemKind.RESOURCE, "the directory of connectors cannot be read")
                    .at(folders.toString())
                    .because(unreadable.toString())
                    .exception(unreadable);
        }
    }

    private Plugin opened(Path folder) {
        lock.lock();
        try {
            return open.computeIfAbsent(String.valueOf(folder.getFileName()), name -> loader.open(folder));
        } finally {
            lock.unlock();
        }
    }

    private Plugin onClassPath() {
        lock.lock();
        try {
            return open.computeIfAbsent("class path", name -> loader.onClassPath());
        } finally {
            lock.unlock();
        }
    }
}
