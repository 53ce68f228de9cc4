package dev.sluice.server.runs;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.ProblemText;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Check and discovery: looks at a source or destination and moves nothing. */
final class LookingWork {
    private final Store store;
    private final Sides sides;
    private final Schemas schemas;
    private final Clock clock;

    LookingWork(Store store, Sides sides, Clock clock) {
        this.store = store;
        this.sides = sides;
        this.schemas = new Schemas(clock);
        this.clock = clock;
    }

    AttemptResult check(RunningJob job) {
        UUID id = Objects.requireNonNull(job.job().wish().actorId());
        Actor actor = sides.actor(id);
        Side<?> side = actor.kind() == ConnectorKind.SOURCE ? sides.source(id) : sides.destination(id);
        Redactor redactor = redactor(job, side);
        CheckReport report;
        try {
            report = report(side, job, redactor);
        } catch (ProblemException failure) {
            report = new CheckReport(List.of(CheckReport.Step.failed("configuration", failure.problem())));
        }
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        for (CheckReport.Step step : report.steps()) {
            Problem problem = step.problem();
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("name", step.name());
            members.put("detail", step.detail() == null ? null : redactor.redact(step.detail()));
            members.put("problem", problem == null ? null : ProblemText.members(redactor.redact(problem)));
            steps.add(members);
        }
        Json found = new Json(JsonText.write(Map.of("steps", steps)));
        return report.firstProblem()
                .map(problem -> AttemptResult.failed(redactor.redact(problem), List.of()))
                .orElseGet(() -> AttemptResult.succeeded(List.of()))
                .found(found);
    }

    private CheckReport report(Side<?> side, RunningJob job, Redactor redactor) {
        return switch (side.connector()) {
            case SourceConnector connector -> {
                try (Source source =
                        connector.open(side.endpoint().config(), JobContext.of(job, "source", side, redactor, clock))) {
                    yield source.check();
                }
            }
            case DestinationConnector connector -> {
                try (Destination destination = connector.open(
                        side.endpoint().config(), JobContext.of(job, "destination", side, redactor, clock))) {
                    yield destination.check();
                }
            }
        };
    }

    AttemptResult discover(RunningJob job) {
        UUID id = Objects.requireNonNull(job.job().wish().actorId());
        Side<SourceConnector> side = sides.source(id);
        Redactor redactor = redactor(job, side);
        try (Source source =
                side.connector().open(side.endpoint().config(), JobContext.of(job, "source", side, redactor, clock))) {
            Catalog catalog = source.discover(new DiscoverScope.All());
            store.change(transaction -> {
                Leases.require(transaction, job.lease());
                CatalogVersion.Asked asked = new CatalogVersion.Asked(
                        side.version(), side.actor().configuration().hash());
                schemas.save(transaction, side.actor().id(), asked, catalog);
            });
            return AttemptResult.succeeded(List.of())
                    .found(new Json(
                            JsonText.write(Map.of("streams", catalog.streams().size()))));
        } catch (ProblemException failure) {
            return AttemptResult.failed(redactor.redact(failure.problem()), List.of());
        }
    }

    private static Redactor redactor(RunningJob job, Side<?> side) {
        Redactor redactor = Redactor.of(side.secrets());
        job.log().redact(redactor::redact);
        return redactor;
    }
}
