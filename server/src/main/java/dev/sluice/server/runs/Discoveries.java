package dev.sluice.server.runs;

import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.schemas.SourceCatalogs;
import dev.sluice.server.store.Store;
import dev.sluice.spi.connector.SourceConnector;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Asks sources what they offer by jobs of their own, whichever server does these. Threads may share it. */
public final class Discoveries implements SourceCatalogs {
    private static final Duration FRESH = Duration.ofHours(1);

    private final Store store;
    private final Sides sides;
    private final Looks looks;
    private final Clock clock;
    private final Schemas schemas;

    /**
     * Those of a store.
     *
     * @param wake tells the dispatcher of this server that there is a job
     */
    public Discoveries(Store store, Sides sides, Jobs jobs, Runnable wake, Clock clock) {
        this.store = store;
        this.sides = sides;
        this.looks = new Looks(store, sides, jobs, wake);
        this.clock = clock;
        this.schemas = new Schemas(clock);
    }

    @Override
    public CatalogVersion current(UUID sourceId, boolean anew) {
        if (!anew) {
            Side<SourceConnector> side = sides.source(sourceId);
            CatalogVersion.Asked asked = new CatalogVersion.Asked(
                    side.version(), side.actor().configuration().hash());
            Optional<CatalogVersion> known = store.read(transaction ->
                    schemas.fresh(transaction, sourceId, asked, clock.instant().minus(FRESH)));
            if (known.isPresent()) {
                return known.get();
            }
        }
        Job job = looks.done(JobKind.DISCOVER, sourceId);
        if (job.status() != JobStatus.SUCCEEDED) {
            throw looks.failure(job).exception();
        }
        return store.<Optional<CatalogVersion>>read(transaction -> schemas.newest(transaction, sourceId))
                .orElseThrow(() -> looks.failure(job).exception());
    }
}
