package dev.sluice.server.api.open;

import dev.sluice.server.actors.ActorChecks;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.project.Projects.DestinationModes;
import dev.sluice.server.schemas.SourceCatalogs;

/**
 * What is done outside of requests.
 *
 * @param jobs the runs of connections
 * @param wake tells that there is one to begin or to stop
 * @param catalogs what sources offer
 * @param asked what sources and destinations say of themselves
 * @param previews what is seen before it is done
 * @param outside whom requests have asked outside of the server
 * @param builder what connectors are built with
 */
public record Work(
        Jobs jobs,
        Runnable wake,
        SourceCatalogs catalogs,
        Asked asked,
        Previews previews,
        Outside outside,
        Builder builder) {
    /**
     * What sources and destinations say when they are asked.
     *
     * @param checks whether they can be used
     * @param modes how destinations can write
     */
    public record Asked(ActorChecks checks, DestinationModes modes) {}
}
