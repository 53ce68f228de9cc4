package dev.sluice.server.api.open;

import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.schemas.SourceCatalogs;

/**
 * What is done outside of requests.
 *
 * @param jobs the runs of connections
 * @param wake tells that there is one to begin or to stop
 * @param catalogs what sources offer
 */
public record Work(Jobs jobs, Runnable wake, SourceCatalogs catalogs) {}
