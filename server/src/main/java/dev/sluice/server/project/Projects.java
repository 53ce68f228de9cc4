package dev.sluice.server.project;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.DestinationObjects;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.schemas.SourceCatalogs;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.tags.Tags;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds projects against a workspace, and makes the workspace as they say. Sources and destinations come first, in one
 * transaction; then sources are asked for what they offer, and connections follow in another one. If something fails in
 * between, applying the same project again goes on from there.
 */
public final class Projects {
    private final Store store;
    private final SourceCatalogs catalogs;
    private final DestinationModes modes;
    private final DestinationObjects objects;
    private final Actors actors;
    private final Connections connections;
    private final Endpoints endpoints;
    private final Links links;

    /**
     * Over a store.
     *
     * @param catalogs tells what sources offer
     * @param modes tells how destinations write
     * @param objects tells what they know of objects of their own
     * @param listeners who hears of connections that change
     */
    public Projects(
            Store store,
            Secrets secrets,
            SourceCatalogs catalogs,
            DestinationModes modes,
            DestinationObjects objects,
            List<ConnectionListener> listeners,
            Clock clock) {
        this.store = store;
        this.catalogs = catalogs;
        this.modes = modes;
        this.objects = objects;
        StreamSecrets keys = new StreamSecrets(secrets);
        ActorConfigurations configurations = new ActorConfigurations(secrets);
        this.connections = new Connections(clock, keys, listeners);
        this.actors = new Actors(clock, List.of(connections, configurations));
        this.endpoints = new Endpoints(actors, configurations, new Definitions(clock));
        this.links = new Links(connections, keys, new Tags(clock));
    }

    /** Tells how destinations write; may have to connect, so it is not for transactions. */
    public interface DestinationModes {
        /** The ways in which it can write. */
        Set<DestinationSyncMode> of(UUID destinationId);
    }

    /** What a project changes. */
    public ProjectPlan plan(UUID workspaceId, ProjectWish wish) {
        List<Endpoints.Step> steps = endpointSteps(workspaceId, wish);
        List<Change> changes =
                new ArrayList<>(steps.stream().map(Endpoints.Step::change).toList());
        Set<String> touched = new HashSet<>();
        steps.forEach(step -> touched.add(step.wish().toString()));
        Stock stock = stock(workspaceId);
        for (ConnectionWish connection : wish.connections()) {
            boolean isTouched = touched.contains(EndpointWish.label(ConnectorKind.SOURCE, connection.source()))
                    || touched.contains(EndpointWish.label(ConnectorKind.DESTINATION, connection.destination()));
            if (isTouched) {
                foreseen(stock, connection, wish.revives()).ifPresent(changes::add);
            } else {
                linkStep(stock, connection, wish.revives()).ifPresent(step -> changes.add(step.change()));
            }
        }
        changes.addAll(removals(stock, wish));
        return new ProjectPlan(changes);
    }

    /**
     * What becomes of a connection whose source or destination changes too. It is held against what the source offers as it
     * is now; a source that is new, or that cannot be asked as it is, tells only when it is as the project says.
     */
    private Optional<Change> foreseen(Stock stock, ConnectionWish wish, boolean revives) {
        boolean isThere = stock.connections().find(wish.name()).isPresent();
        boolean hasEnds = stock.sources().find(wish.source()).isPresent()
                && stock.destinations().find(wish.destination()).isPresent();
        if (hasEnds) {
            try {
                return linkStep(stock, wish, revives).map(Links.Step::change);
            } catch (ProblemException notYet) {
                // It may well be what the project mends.
            }
        }
        return Optional.of(new Change(
                Change.Kind.CONNECTION,
                wish.name(),
                isThere ? Change.Action.UPDATE : Change.Action.CREATE,
                List.of(),
                "its streams are looked up when its source and destination are as the project says"));
    }

    /**
     * Makes a workspace as a project says.
     *
     * @param fingerprint the plan that somebody has agreed to; null to do whatever it takes
     * @return what was done
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_PLAN_STALE}, if the plan is another one by now
     */
    public ProjectPlan apply(UUID workspaceId, ProjectWish wish, @Nullable String fingerprint) {
        if (fingerprint != null && !plan(workspaceId, wish).fingerprint().equals(fingerprint)) {
            throw Problem.of("E_PLAN_STALE", ProblemKind.CONFLICT, "the workspace has changed since the plan was made")
                    .fix("make the plan again, and look at it")
                    .exception();
        }
        List<Endpoints.Step> steps = endpointSteps(workspaceId, wish);
        store.change(transaction -> {
            for (Endpoints.Step step : steps) {
                endpoints.apply(transaction, workspaceId, step);
            }
        });
        List<Change> done =
                new ArrayList<>(steps.stream().map(Endpoints.Step::change).toList());
        Stock stock = stock(workspaceId);
        List<Links.Step> linking = new ArrayList<>();
        for (ConnectionWish connection : wish.connections()) {
            linkStep(stock, connection, wish.revives()).ifPresent(linking::add);
        }
        done.addAll(linking.stream().map(Links.Step::change).toList());
        done.addAll(removals(stock, wish));
        store.change(transaction -> {
            for (Links.Step step : linking) {
                links.apply(transaction, workspaceId, step);
            }
            if (wish.removes()) {
                remove(transaction, stock, wish);
            }
        });
        return new ProjectPlan(done);
    }

    private Stock stock(UUID workspaceId) {
        return store.read(transaction -> Stock.of(transaction, actors, workspaceId));
    }

    private List<Endpoints.Step> endpointSteps(UUID workspaceId, ProjectWish wish) {
        return store.read(transaction -> {
            Stock stock = Stock.of(transaction, actors, workspaceId);
            List<Endpoints.Step> steps = new ArrayList<>();
            for (EndpointWish endpoint : wish.endpoints()) {
                endpoints.step(transaction, stock, endpoint).ifPresent(steps::add);
            }
            return steps;
        });
    }

    private Optional<Links.Step> linkStep(Stock stock, ConnectionWish wish, boolean revives) {
        Actor source = stock.sources().find(wish.source()).orElseThrow();
        Actor destination = stock.destinations().find(wish.destination()).orElseThrow();
        CatalogVersion catalog = catalogs.current(source.id(), false);
        List<ConnectionStream> streams = Links.streams(wish, catalog.catalog(), () -> modes.of(destination.id()));
        objects.check(destination.id(), catalog.catalog(), streams).stream()
                .findFirst()
                .ifPresent(refused -> {
                    throw refused.mistakes().getFirst().problem().exception();
                });
        return store.read(transaction -> {
            Connection deleted =
                    revives && stock.connections().find(wish.name()).isEmpty()
                            ? connections
                                    .lastDeleted(transaction, source.workspaceId(), wish.name())
                                    .filter(gone -> gone.ends().sourceId().equals(source.id())
                                            && gone.ends().destinationId().equals(destination.id()))
                                    .orElse(null)
                            : null;
            return deleted == null
                    ? links.step(transaction, stock, wish, catalog, streams)
                    : Optional.of(Links.revival(stock, wish, deleted, catalog, streams));
        });
    }

    private static List<Change> removals(Stock stock, ProjectWish wish) {
        List<Change> removals = new ArrayList<>();
        if (wish.removes()) {
            unnamedLinks(stock, wish)
                    .forEach(each -> removals.add(
                            removal(Change.Kind.CONNECTION, each.connection().name())));
            for (Actor actor : unnamedActors(stock, wish)) {
                removals.add(removal(
                        actor.kind() == ConnectorKind.SOURCE ? Change.Kind.SOURCE : Change.Kind.DESTINATION,
                        actor.name()));
            }
        }
        return removals;
    }

    private static Change removal(Change.Kind kind, String name) {
        String note = kind == Change.Kind.CONNECTION ? "its tables at the destination stay" : null;
        return new Change(kind, name, Change.Action.REMOVE, List.of(), note);
    }

    private static List<ListedConnection> unnamedLinks(Stock stock, ProjectWish wish) {
        Set<String> named = new HashSet<>();
        wish.connections().forEach(each -> named.add(each.name()));
        return stock.connections().all().stream()
                .filter(each -> !named.contains(each.connection().name()))
                .toList();
    }

    private static List<Actor> unnamedActors(Stock stock, ProjectWish wish) {
        Set<String> named = new HashSet<>();
        wish.endpoints().forEach(each -> named.add(each.toString()));
        List<Actor> unnamed = new ArrayList<>();
        for (ConnectorKind kind : ConnectorKind.values()) {
            stock.actors(kind).all().stream()
                    .filter(actor -> !named.contains(EndpointWish.label(kind, actor.name())))
                    .forEach(unnamed::add);
        }
        return unnamed;
    }

    private void remove(Transaction transaction, Stock stock, ProjectWish wish) throws SQLException {
        for (ListedConnection listed : unnamedLinks(stock, wish)) {
            connections.delete(transaction, listed.connection());
        }
        for (Actor actor : unnamedActors(stock, wish)) {
            actors.delete(transaction, actor);
        }
    }
}
