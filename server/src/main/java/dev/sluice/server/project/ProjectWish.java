package dev.sluice.server.project;

import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a project file says.
 *
 * @param endpoints sources and destinations
 * @param connections the connections between them
 * @param removes true if what it does not name is to be deleted
 * @param revives true if a connection that was deleted comes back with its state where the project names it
 */
public record ProjectWish(
        List<EndpointWish> endpoints, List<ConnectionWish> connections, boolean removes, boolean revives) {
    public ProjectWish {
        endpoints = List.copyOf(endpoints);
        connections = List.copyOf(connections);
    }

    /**
     * Reads what a program has sent, which fits its shape already.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it makes no sense
     */
    public static ProjectWish read(Map<String, @Nullable Object> body) {
        List<EndpointWish> endpoints = new ArrayList<>();
        for (Object source : list(body, "sources")) {
            endpoints.add(EndpointWish.read(ConnectorKind.SOURCE, JsonText.members(source)));
        }
        for (Object destination : list(body, "destinations")) {
            endpoints.add(EndpointWish.read(ConnectorKind.DESTINATION, JsonText.members(destination)));
        }
        List<ConnectionWish> connections = new ArrayList<>();
        for (Object connection : list(body, "connections")) {
            connections.add(ConnectionWish.read(JsonText.members(connection)));
        }
        requireOnce(endpoints.stream().map(EndpointWish::toString).toList());
        requireOnce(
                connections.stream().map(each -> "connection " + each.name()).toList());
        ProjectWish wish = new ProjectWish(
                endpoints,
                connections,
                Boolean.TRUE.equals(body.get("removes")),
                Boolean.TRUE.equals(body.get("revives")));
        for (ConnectionWish connection : connections) {
            wish.endpoint(ConnectorKind.SOURCE, connection.source(), connection);
            wish.endpoint(ConnectorKind.DESTINATION, connection.destination(), connection);
        }
        return wish;
    }

    private void endpoint(ConnectorKind kind, String name, ConnectionWish connection) {
        if (endpoints.stream()
                .noneMatch(each -> each.kind() == kind && each.name().equals(name))) {
            throw Problem.of("E_PROJECT", ProblemKind.CONFIG, "the connection names something that the project lacks")
                    .at("connection " + connection.name())
                    .because("there is no " + EndpointWish.label(kind, name))
                    .exception();
        }
    }

    private static void requireOnce(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw Problem.of("E_PROJECT", ProblemKind.CONFIG, "names are identities, and this one is there twice")
                        .at(name)
                        .exception();
            }
        }
    }

    private static List<?> list(Map<String, @Nullable Object> body, String name) {
        return body.get(name) instanceof List<?> list ? list : List.of();
    }
}
