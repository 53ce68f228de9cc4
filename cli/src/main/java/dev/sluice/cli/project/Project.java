package dev.sluice.cli.project;

import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project file, read and checked as far as that is possible without its connectors.
 *
 * @param file where it is, absolute
 * @param label how the user named it
 * @param sources the sources by name
 * @param destinations the destinations by name
 * @param connections the connections by name
 */
public record Project(
        Path file,
        String label,
        Map<String, EndpointEntry> sources,
        Map<String, EndpointEntry> destinations,
        Map<String, ConnectionEntry> connections) {
    public Project {
        sources = new LinkedHashMap<>(sources);
        destinations = new LinkedHashMap<>(destinations);
        connections = new LinkedHashMap<>(connections);
    }

    /**
     * Reads a project file.
     *
     * @param file where it is
     * @param label how the user named it, for messages
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} that names the place
     */
    public static Project read(Path file, String label) {
        return ProjectReader.read(file.toAbsolutePath().normalize(), label, YamlReader.read(file, label));
    }

    /** The directory that relative paths in the file start from. */
    public Path directory() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** The file's name without its ending. */
    public String baseName() {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * The connections of these names in their order, or all if none is named.
     *
     * @throws dev.sluice.spi.problem.ProblemException if there is no such connection
     */
    public List<ConnectionEntry> chosen(List<String> names) {
        if (connections.isEmpty()) {
            throw problem("the project file has no connection")
                    .fix("add one under `connections:`")
                    .exception();
        }
        return names.isEmpty()
                ? List.copyOf(connections.values())
                : names.stream().map(this::connection).toList();
    }

    /**
     * The connection of this name; without a name the only one.
     *
     * @throws dev.sluice.spi.problem.ProblemException if there is no such connection, or several and no name
     */
    public ConnectionEntry chosen(@Nullable String name) {
        if (name != null) {
            return connection(name);
        }
        List<ConnectionEntry> all = chosen(List.of());
        if (all.size() > 1) {
            throw problem("the project file has several connections, so one has to be named")
                    .because("they are " + String.join(", ", connections.keySet()))
                    .exception();
        }
        return all.getFirst();
    }

    private ConnectionEntry connection(String name) {
        ConnectionEntry found = connections.get(name);
        if (found == null) {
            throw problem("there is no connection " + name)
                    .because("there are " + String.join(", ", connections.keySet()))
                    .fix(NearNames.nearest(name, connections.keySet())
                            .map(near -> "did you mean " + near + "?")
                            .orElse(null))
                    .exception();
        }
        return found;
    }

    private Problem problem(String message) {
        return Problem.of("E_PROJECT", ProblemKind.CONFIG, message).at(label);
    }
}
