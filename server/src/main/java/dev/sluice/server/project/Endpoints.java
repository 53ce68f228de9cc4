package dev.sluice.server.project;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfiguration;
import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.ActorConnector;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.actors.CheckedConfiguration;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.project.Change.Difference;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sources and destinations of projects. */
final class Endpoints {
    private final Actors actors;
    private final ActorConfigurations configurations;
    private final Definitions definitions;

    Endpoints(Actors actors, ActorConfigurations configurations, Definitions definitions) {
        this.actors = actors;
        this.configurations = configurations;
        this.definitions = definitions;
    }

    /**
     * What is to be done.
     *
     * @param wish how it shall be
     * @param there how it is; null if it is not there
     * @param connector its connector
     * @param checked what it is told, which fits the connector
     * @param change the same for people
     */
    record Step(
            EndpointWish wish,
            @Nullable Actor there,
            ActorConnector connector,
            CheckedConfiguration checked,
            Change change) {}

    /** What it takes to have a source or destination as it is wished; nothing if it is so already. */
    Optional<Step> step(Transaction transaction, Stock stock, EndpointWish wish) throws SQLException {
        UUID definitionId = Builtins.id(wish.kind(), wish.connector());
        ConnectorSpec spec = spec(transaction, definitionId, wish);
        CheckedConfiguration checked = checked(spec, wish);
        Change.Kind kind = wish.kind() == ConnectorKind.SOURCE ? Change.Kind.SOURCE : Change.Kind.DESTINATION;
        Actor there = stock.actors(wish.kind()).find(wish.name()).orElse(null);
        if (there == null) {
            Change made = new Change(kind, wish.name(), Change.Action.CREATE, List.of(), null);
            return Optional.of(new Step(wish, null, new ActorConnector(definitionId, null), checked, made));
        }
        if (!there.connector().definitionId().equals(definitionId)) {
            throw problem(wish, "it has another connector there than in the project")
                    .fix("give it another name, or delete the one that is there")
                    .exception();
        }
        List<Difference> differences = differences(transaction, spec, there, wish);
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(
                        wish,
                        there,
                        there.connector(),
                        checked,
                        new Change(kind, wish.name(), Change.Action.UPDATE, differences, null)));
    }

    private static CheckedConfiguration checked(ConnectorSpec spec, EndpointWish wish) {
        try {
            return ActorConfigurations.require(spec, wish.configuration());
        } catch (ProblemException refused) {
            throw refused.problem().at(wish.toString()).exception(refused);
        }
    }

    private ConnectorSpec spec(Transaction transaction, UUID definitionId, EndpointWish wish) throws SQLException {
        Definition definition = definitions
                .find(transaction, definitionId)
                .filter(there -> there.life().isThere())
                .orElseThrow(() -> problem(wish, "this server has no connector " + wish.connector())
                        .fix("see what it has with `sluice connectors list`")
                        .exception());
        DefinitionVersion version = definitions
                .version(transaction, definitionId, definition.defaultNumber())
                .orElseThrow();
        return ConnectorSpec.of(Objects.requireNonNull(version.spec()));
    }

    private List<Difference> differences(Transaction transaction, ConnectorSpec spec, Actor there, EndpointWish wish)
            throws SQLException {
        ActorConfiguration wished = new ActorConfiguration(wish.configuration(), "", null);
        List<Difference> differences = new ArrayList<>();
        for (Difference each : Differences.between(
                JsonText.read(ActorConfigurations.shown(spec, there.configuration(), false)
                        .text()),
                JsonText.read(ActorConfigurations.shown(spec, wished, false).text()))) {
            differences.add(new Difference("config." + each.path(), each.before(), each.after()));
        }
        if (differences.isEmpty()) {
            Map<String, @Nullable Object> clear = configurations
                    .resolve(transaction, there, spec, name -> "${" + name + "}")
                    .values();
            if (!Differences.isSame(clear, JsonText.read(wish.configuration().text()))) {
                differences.add(new Difference("config", "a secret", "another secret"));
            }
        }
        return differences;
    }

    /** Does it. */
    void apply(Transaction transaction, UUID workspaceId, Step step) throws SQLException {
        Actor there = step.there();
        EndpointWish wish = step.wish();
        UUID id = there == null ? UUID.randomUUID() : there.id();
        ActorConfiguration before = there == null ? null : there.configuration();
        Json resources = before == null ? null : before.resources();
        ActorConfiguration accepted =
                configurations.accept(transaction, new Owner(workspaceId, id), step.checked(), before, resources);
        if (there == null) {
            actors.add(transaction, id, workspaceId, wish.kind(), wish.name(), step.connector(), accepted);
        } else {
            actors.replace(transaction, there.with(there.name(), there.connector(), accepted));
        }
    }

    private static Problem problem(EndpointWish wish, String message) {
        return Problem.of("E_PROJECT", ProblemKind.CONFIG, message).at(wish.toString());
    }
}
