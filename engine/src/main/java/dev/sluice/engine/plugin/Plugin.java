package dev.sluice.engine.plugin;

import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.ConnectorServer;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What one folder of jars, or the class path, holds.
 *
 * @param sources the sources that could be made
 * @param destinations the destinations that could be made
 * @param servers the servers of protocols that could be made
 * @param problems why others could not
 */
record Plugin(
        List<SourceConnector> sources,
        List<DestinationConnector> destinations,
        List<ConnectorServer> servers,
        List<Problem> problems) {
    Plugin {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
        servers = List.copyOf(servers);
        problems = List.copyOf(problems);
    }

    /** A plugin of which nothing could be loaded. */
    static Plugin broken(Problem problem) {
        return new Plugin(List.of(), List.of(), List.of(), List.of(problem));
    }

    /** The connectors of a kind. */
    <C extends Connector> List<C> all(Class<C> kind) {
        List<? extends Connector> list = kind == SourceConnector.class ? sources : destinations;
        return list.stream().map(kind::cast).toList();
    }

    /** The connector of a kind with this name. */
    <C extends Connector> Optional<C> find(Class<C> kind, String name) {
        return all(kind).stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
