package dev.sluice.server.api.open;

import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.auth.Accounts;
import dev.sluice.server.auth.Applications;
import dev.sluice.server.auth.Authenticator;
import dev.sluice.server.auth.Permissions;
import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.drafts.Drafts;
import dev.sluice.server.oauth.Consents;
import dev.sluice.server.oauth.OAuthCredentials;
import dev.sluice.server.project.Projects;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.schemas.SourceCatalogs;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.server.tags.Tags;
import dev.sluice.server.workspaces.Workspaces;
import java.time.Clock;
import java.util.List;

/** What the routes of the APIs are about. */
public final class Features {
    /** The store. */
    public final Store store;

    /** Who may come in. */
    public final Authenticator authenticator;

    /** What is done outside of requests. */
    public final Work work;

    /** What sources offer; asks them where that is not known. */
    public final SourceCatalogs catalogs;

    /** The workspaces. */
    public final Workspaces workspaces;

    /** The tags. */
    public final Tags tags;

    /** The connectors that can be chosen. */
    public final Definitions definitions;

    /** The connections. */
    public final Connections connections;

    /** The configurations of sources and destinations. */
    public final ActorConfigurations configurations;

    /** The sources and destinations. */
    public final Actors actors;

    /** The applications of accounts. */
    public final Applications applications;

    /** The people who work here. */
    public final Accounts accounts;

    /** What they may do. */
    public final Permissions permissions;

    /** What sources have offered. */
    public final Schemas schemas;

    /** Workspaces as code. */
    public final Projects projects;

    /** What people have begun to set up. */
    public final Drafts drafts;

    /** Consent of people at other services. */
    public final Consents consents;

    /** The credentials of workspaces for these. */
    public final OAuthCredentials oauth;

    /** The time. */
    public final Clock clock;

    /**
     * Those of a store.
     *
     * @param authenticator who may come in
     * @param secrets the secrets of configurations
     * @param work what is done outside of requests
     * @param listeners who hears of connections
     * @param clock the time for ages
     */
    public Features(
            Store store,
            Authenticator authenticator,
            Secrets secrets,
            Work work,
            List<ConnectionListener> listeners,
            Clock clock) {
        this.store = store;
        this.authenticator = authenticator;
        this.work = work;
        this.catalogs = work.catalogs();
        this.workspaces = new Workspaces(clock);
        this.tags = new Tags(clock);
        this.definitions = new Definitions(clock);
        this.connections = new Connections(clock, new StreamSecrets(secrets), listeners);
        this.configurations = new ActorConfigurations(secrets);
        this.actors = new Actors(clock, List.of(connections, configurations));
        this.applications = new Applications(clock);
        this.accounts = new Accounts(clock);
        this.permissions = new Permissions(clock);
        this.schemas = new Schemas(clock);
        this.drafts = new Drafts(secrets, definitions, clock);
        this.projects = new Projects(
                store,
                secrets,
                work.catalogs(),
                work.asked().modes(),
                work.previews().objects(),
                listeners,
                clock);
        this.consents = new Consents(store, secrets, work.outside().web(), clock);
        this.oauth = new OAuthCredentials(secrets);
        this.clock = clock;
    }
}
