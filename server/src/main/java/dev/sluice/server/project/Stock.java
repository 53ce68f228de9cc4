package dev.sluice.server.project;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorFilter;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.connections.ConnectionFilter;
import dev.sluice.server.connections.ConnectionList;
import dev.sluice.server.connections.ConnectionOrder;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a workspace has, by name.
 *
 * @param sources its sources
 * @param destinations its destinations
 * @param connections its connections
 */
record Stock(Named<Actor> sources, Named<Actor> destinations, Named<ListedConnection> connections) {
    private static final int AT_ONCE = 500;

    /** A page of a list. */
    private interface Pages<T> {
        List<T> page(Page page) throws SQLException;
    }

    static Stock of(Transaction transaction, Actors actors, UUID workspaceId) throws SQLException {
        List<UUID> here = List.of(workspaceId);
        ConnectionFilter filter = new ConnectionFilter(here, List.of(), List.of(), null, null, false);
        return new Stock(
                actors(transaction, actors, here, ConnectorKind.SOURCE),
                actors(transaction, actors, here, ConnectorKind.DESTINATION),
                new Named<>(
                        "connection",
                        all(page -> ConnectionList.list(transaction, filter, ConnectionOrder.CREATED, page)),
                        listed -> listed.connection().name()));
    }

    private static Named<Actor> actors(Transaction transaction, Actors actors, List<UUID> here, ConnectorKind kind)
            throws SQLException {
        ActorFilter filter = new ActorFilter(kind, here, null, false);
        return new Named<>(
                kind == ConnectorKind.SOURCE ? "source" : "destination",
                all(page -> actors.list(transaction, filter, page)),
                Actor::name);
    }

    private static <T> List<T> all(Pages<T> pages) throws SQLException {
        List<T> all = new ArrayList<>();
        List<T> page;
        do {
            page = pages.page(new Page(AT_ONCE, all.size()));
            all.addAll(page);
        } while (page.size() == AT_ONCE);
        return all;
    }

    Named<Actor> actors(ConnectorKind kind) {
        return switch (kind) {
            case SOURCE -> sources;
            case DESTINATION -> destinations;
        };
    }

    /** Things of one kind under their names. */
    static final class Named<T> {
        private final String what;
        private final List<T> all;
        private final Map<String, List<T>> byName = new LinkedHashMap<>();

        Named(String what, List<T> all, Function<T, String> name) {
            this.what = what;
            this.all = List.copyOf(all);
            all.forEach(each -> byName.computeIfAbsent(name.apply(each), _ -> new ArrayList<>())
                    .add(each));
        }

        List<T> all() {
            return all;
        }

        /** The one of a name; refuses a name that several have, since nobody could say which is meant. */
        Optional<T> find(String name) {
            List<T> found = byName.getOrDefault(name, List.of());
            if (found.size() > 1) {
                throw Problem.of(
                                "E_PROJECT",
                                ProblemKind.CONFLICT,
                                "the workspace has " + found.size() + " " + what
                                        + "s of the same name, so it cannot be told which is meant")
                        .at(what + " " + name)
                        .fix("rename or delete all but one of them")
                        .exception();
            }
            return found.stream().findFirst();
        }
    }
}
