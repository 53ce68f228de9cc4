package dev.sluice.server.runs;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.function.Function;

/** What this server runs of the definitions that it knows. Opens jars, so it is not for transactions. */
final class Offered {
    private final ConnectorRegistry registry;

    Offered(ConnectorRegistry registry) {
        this.registry = registry;
    }

    SourceConnector source(Definition definition, DefinitionVersion version) {
        return switch (definition.facts().origin()) {
            case BUILTIN -> builtin(definition, version, registry::source);
            case MANIFEST -> Manifests.connector(definition, version).orElseThrow(() -> unable(definition));
            case IMAGE, COMMAND, PYPI, NPM -> throw unable(definition);
        };
    }

    DestinationConnector destination(Definition definition, DefinitionVersion version) {
        return switch (definition.facts().origin()) {
            case BUILTIN -> builtin(definition, version, registry::destination);
            case MANIFEST, IMAGE, COMMAND, PYPI, NPM -> throw unable(definition);
        };
    }

    private static <C extends Connector> C builtin(
            Definition definition, DefinitionVersion version, Function<String, C> byName) {
        Object name = JsonText.object(version.reference().text()).get(Sides.CONNECTOR);
        C connector = byName.apply(String.valueOf(name));
        if (connector.runsPrograms()) {
            throw unable(definition); // its configuration would name programs
        }
        return connector;
    }

    private static ProblemException unable(Definition definition) {
        return Problem.of(
                        "E_CONNECTOR_ORIGIN",
                        ProblemKind.CONFIG,
                        "this server starts no programs, and " + definition.name() + " is one")
                .at(definition.name())
                .fix("choose a connector that is built in or described by a manifest, or run it at the terminal")
                .exception();
    }
}
