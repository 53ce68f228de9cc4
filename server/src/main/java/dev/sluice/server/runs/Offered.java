package dev.sluice.server.runs;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.ProgramLeave;
import dev.sluice.server.definitions.ProgramSpecs;
import dev.sluice.server.definitions.Programs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** What this server runs of the definitions that it knows. Opens jars and starts programs, so it is not for transactions. */
public final class Offered implements ProgramSpecs {
    /** The plug-in that starts programs. */
    private static final String PROGRAMS = "airbyte";

    /** How many are asked at a time what they are: each may have to be downloaded. */
    private static final int AT_ONCE = 2;

    private final ConnectorRegistry registry;
    private final ProgramLeave leave;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * What an installation offers.
     *
     * @param leave which programs may be started
     */
    public Offered(ConnectorRegistry registry, ProgramLeave leave, Clock clock) {
        this.registry = registry;
        this.leave = leave;
        this.clock = clock;
    }

    SourceConnector source(Definition definition, DefinitionVersion version) {
        return switch (definition.facts().origin()) {
            case BUILTIN -> builtin(definition, version, registry::source);
            case MANIFEST -> Manifests.connector(definition, version).orElseThrow(() -> unable(definition));
            case IMAGE, COMMAND, PYPI, NPM ->
                new ProgramSource(registry.source(PROGRAMS), program(definition, version));
        };
    }

    DestinationConnector destination(Definition definition, DefinitionVersion version) {
        return switch (definition.facts().origin()) {
            case BUILTIN -> builtin(definition, version, registry::destination);
            case IMAGE, COMMAND, PYPI, NPM ->
                new ProgramDestination(registry.destination(PROGRAMS), program(definition, version));
            case MANIFEST -> throw unable(definition);
        };
    }

    private ProgramTold program(Definition definition, DefinitionVersion version) {
        Origin origin = definition.facts().origin();
        leave.require(origin, definition.name());
        Json spec = version.spec();
        if (spec == null) {
            throw Problem.of(
                            "E_CONNECTOR_SPEC",
                            ProblemKind.CONFIG,
                            "the connector was never asked what it wants to be configured with")
                    .at(definition.name())
                    .fix("save its version once more under Settings, Connectors")
                    .exception();
        }
        return new ProgramTold(definition.name(), spec.text(), Programs.launch(origin, version.reference()));
    }

    @Override
    public boolean allows(Origin origin) {
        return leave.allows(origin);
    }

    @Override
    public Json describe(ConnectorKind kind, Origin origin, String name, Map<String, Object> reference) {
        leave.require(origin, name);
        Connector connector = kind == ConnectorKind.SOURCE ? registry.source(PROGRAMS) : registry.destination(PROGRAMS);
        Config told = Config.of(Programs.launch(origin, new Json(JsonText.write(reference))));
        if (!places.tryAcquire()) {
            throw Problem.of("E_SPEC_BUSY", ProblemKind.TRANSIENT, "other connectors are being asked what they are")
                    .fix("try it again in a minute")
                    .exception();
        }
        try {
            return new Json(connector.describe(told, new Unheard(clock)));
        } catch (ProblemException failure) {
            Problem why = failure.problem();
            throw Problem.of(
                            "E_CONNECTOR_SPEC",
                            ProblemKind.CONFIG,
                            "the connector does not say what it wants to be configured with")
                    .at(name)
                    .because(why.message() + (why.why() == null ? "" : ": " + why.why()))
                    .fix(why.fix() == null ? "check its name and version" : why.fix())
                    .exception(failure);
        } finally {
            places.release();
        }
    }

    /** What a program gets that is only asked what it is; it has no secret yet that it could change. */
    private record Unheard(Clock clock) implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {}

        @Override
        public boolean cancelled() {
            return Thread.currentThread().isInterrupted();
        }
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
                        "the server cannot run " + definition.name() + " on this side of a connection")
                .at(definition.name())
                .fix("choose another connector")
                .exception();
    }
}
