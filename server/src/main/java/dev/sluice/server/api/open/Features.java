package dev.sluice.server.api.open;

import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.ActorListener;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.auth.Applications;
import dev.sluice.server.auth.Authenticator;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.schemas.SourceCatalogs;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.server.tags.Tags;
import dev.sluice.server.workspaces.Workspaces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What the routes of the public API are about. */
public final class Features {
    final Store store;
    final Authenticator authenticator;
    final SourceCatalogs catalogs;
    final Workspaces workspaces;
    final Tags tags;
    final Definitions definitions;
    final Connections connections;
    final ActorConfigurations configurations;
    final Actors actors;
    final Applications applications;

    /**
     * Those of a store.
     *
     * @param authenticator who may come in
     * @param secrets the secrets of configurations
     * @param catalogs what sources offer
     * @param listeners who else hears that sources and destinations are deleted
     * @param clock the time for ages
     */
    public Features(
            Store store,
            Authenticator authenticator,
            Secrets secrets,
            SourceCatalogs catalogs,
            List<ActorListener> listeners,
            Clock clock) {
        this.store = store;
        this.authenticator = authenticator;
        this.catalogs = catalogs;
        this.workspaces = new Workspaces(clock);
        this.tags = new Tags(clock);
        this.definitions = new Definitions(clock);
        this.connections = new Connections(clock);
        this.configurations = new ActorConfigurations(secrets);
        List<ActorListener> all = new ArrayList<>(listeners);
        all.add(connections);
        all.add(configurations);
        this.actors = new Actors(clock, all);
        this.applications = new Applications(clock);
    }
}
