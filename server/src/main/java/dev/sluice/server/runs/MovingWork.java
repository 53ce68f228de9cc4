package dev.sluice.server.runs;

import dev.sluice.engine.connection.Endpoint;
import dev.sluice.engine.plan.PlanMemory;
import dev.sluice.engine.plan.StoppedStream;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.ClearRun;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.run.RunResult;
import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.run.StreamStatus;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StreamState;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.states.ConnectionStates;
import dev.sluice.server.states.StreamStates;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sync, refresh and clear: one attempt each. */
final class MovingWork {
    /** How long a job may take in all. */
    private static final Duration LONGEST = Duration.ofDays(3);

    private static final Duration LOOKED_AT_EVERY = Duration.ofDays(1);

    private final Store store;
    private final Sides sides;
    private final Subjects subjects;
    private final Jobs jobs;
    private final RunOptions options;
    private final SchemaChanges changes;
    private final Schemas schemas;
    private final Inheritance inheritance;
    private final Clock clock;

    MovingWork(Store store, Sides sides, Jobs jobs, RunOptions options, SchemaChanges changes, Clock clock) {
        this.store = store;
        this.sides = sides;
        this.subjects = new Subjects(store, sides, clock);
        this.jobs = jobs;
        this.options = options;
        this.changes = changes;
        this.schemas = new Schemas(clock);
        this.inheritance = new Inheritance(store, clock);
        this.clock = clock;
    }

    AttemptResult sync(RunningJob job, RunObserver.Watch watch) {
        Subject known = subjects.of(job);
        Side<SourceConnector> from = sides.source(known.connection().ends().sourceId());
        Side<DestinationConnector> to =
                sides.destination(known.connection().ends().destinationId());
        Redactor redactor = known.redactor(job, from, to);
        ConnectionStates states =
                new ConnectionStates(store, job.held(), known.connection().id(), clock);
        Account account = new Account(job, redactor, watch);
        try (Source source = from.connector()
                        .open(from.endpoint().config(), JobContext.of(job, "source", from, redactor, clock));
                Destination destination = to.connector()
                        .open(to.endpoint().config(), JobContext.of(job, "destination", to, redactor, clock))) {
            Subject subject = looked(job, known, from, source);
            Request request = Request.read(job.job().wish().request());
            SyncRun run = new SyncRun(
                    Settings.connection(
                            subject.connection(),
                            from.endpoint(),
                            to.endpoint(),
                            moved(job, subject, request),
                            time(job)),
                    source,
                    destination,
                    states,
                    options,
                    account);
            boolean refreshes = job.job().wish().kind() == JobKind.REFRESH && !request.begun();
            PlanMemory memory = refreshes ? memory(states, request) : PlanMemory.of(states);
            SyncPlan plan = run.plan(false, memory);
            List<Inheritance.Table> inherited = inheritance.due(subject.connection(), states, plan, destination);
            if (!inherited.isEmpty()) {
                plan = run.plan(true, memory);
                inherited.forEach(table -> tell(job, table));
            }
            plan.problems().stream().skip(1).forEach(problem -> tell(job, problem));
            plan.orThrow();
            writeDown(job, subject.connection(), plan);
            if (refreshes) {
                refresh(job, subject.connection().id(), request, plan);
            }
            account.leave(plan.stopped());
            watch.planned(new RunObserver.Moved(subject.connection(), from.endpoint(), to.endpoint(), plan));
            RejectFolder rejects = RejectFolder.of(subject, sides, job, clock);
            AttemptResult result = result(run.execute(plan, job.stop()), account, redactor);
            return rejects == null ? result : rejects.after(result, states);
        } catch (ProblemException failure) {
            return AttemptResult.failed(redactor.redact(failure.problem()), account.numbers());
        }
    }

    /** A refresh of some streams moves what is new of the others too; a sync of some is about these alone. */
    private static List<ConnectionStream> moved(RunningJob job, Subject subject, Request request) {
        boolean isOfSome = job.job().wish().kind() == JobKind.SYNC;
        return subject.streams().stream()
                .filter(ConnectionStream::selected)
                .filter(stream -> !isOfSome || request.isAbout(stream.stream()))
                .toList();
    }

    /** What a plan has found in the source stands where people look before any row follows it. */
    private void writeDown(RunningJob job, Connection connection, SyncPlan plan) {
        store.change(transaction -> {
            Leases.require(transaction, job.lease());
            changes.planned(transaction, connection, job.job().id(), plan);
        });
    }

    /**
     * Looks at all that the source offers, once a day: a run itself asks for the streams that it copies, and would not see
     * a new one. A look that fails is no reason not to copy.
     */
    private Subject looked(RunningJob job, Subject subject, Side<SourceConnector> from, Source source) {
        UUID sourceId = subject.connection().ends().sourceId();
        CatalogVersion.Asked asked = new CatalogVersion.Asked(
                from.version(), from.actor().configuration().hash());
        boolean isOld = job.attempt() == 0
                && store.<Optional<CatalogVersion>>read(transaction -> schemas.fresh(
                                transaction, sourceId, asked, clock.instant().minus(LOOKED_AT_EVERY)))
                        .isEmpty();
        if (!isOld) {
            return subject;
        }
        try {
            Catalog now = source.discover(new DiscoverScope.All());
            store.change(transaction -> {
                Leases.require(transaction, job.lease());
                UUID chosenFrom = subject.connection().ends().sourceCatalogId();
                Catalog before = chosenFrom == null
                        ? null
                        : schemas.find(transaction, chosenFrom)
                                .map(CatalogVersion::catalog)
                                .orElse(null);
                schemas.save(transaction, sourceId, asked, now);
                changes.looked(transaction, subject.connection(), job.job().id(), before, now);
            });
            return subjects.of(job);
        } catch (ProblemException failure) {
            if (failure.problem().code().equals("E_LEASE_LOST")) {
                throw failure;
            }
            job.log()
                    .add(
                            System.Logger.Level.WARNING,
                            "platform",
                            "the source does not say what it offers: "
                                    + failure.problem().message());
            return subject;
        }
    }

    AttemptResult clear(RunningJob job) {
        Subject subject = subjects.of(job);
        Side<DestinationConnector> to =
                sides.destination(subject.connection().ends().destinationId());
        Redactor redactor = subject.redactor(job, to);
        ConnectionStates states =
                new ConnectionStates(store, job.held(), subject.connection().id(), clock);
        Request request = Request.read(job.job().wish().request());
        try (Destination destination =
                to.connector().open(to.endpoint().config(), JobContext.of(job, "destination", to, redactor, clock))) {
            // The source is not asked; what is cleared is what the destination got of it.
            Endpoint nobody = new Endpoint("source", "none", Config.of(Map.of()));
            ClearRun run = new ClearRun(
                    Settings.connection(subject.connection(), nobody, to.endpoint(), subject.streams(), time(job)),
                    destination,
                    states);
            List<AttemptStream> streams = new ArrayList<>();
            Problem first = null;
            for (ClearRun.Cleared cleared : run.execute(run.plan().only(request::isAbout))) {
                Problem problem = cleared.problem() == null ? null : redactor.redact(cleared.problem());
                streams.add(AttemptStream.untouched(
                        cleared.stream().stream(),
                        problem == null ? StreamStatus.COMPLETE : StreamStatus.FAILED,
                        problem));
                first = first == null ? problem : first;
            }
            return first == null ? AttemptResult.succeeded(streams) : AttemptResult.failed(first, streams);
        } catch (ProblemException failure) {
            return AttemptResult.failed(redactor.redact(failure.problem()), List.of());
        }
    }

    private static PlanMemory memory(ConnectionStates states, Request request) {
        PlanMemory memory = PlanMemory.of(states);
        if (request.refresh() == Refresh.MERGE) {
            return memory;
        }
        Set<StreamId> replaced = new HashSet<>();
        memory.known().stream()
                .filter(stream -> request.isAbout(stream.id()))
                .forEach(stream -> replaced.add(stream.id()));
        return memory.replacing(replaced);
    }

    /**
     * Makes the wish a part of the states, for all streams at once: whichever attempt comes next fulfils what is left of
     * it, and begins nothing anew.
     */
    private void refresh(RunningJob job, UUID connectionId, Request request, SyncPlan plan) {
        List<StreamId> streams = plan.streams().stream()
                .filter(stream -> stream.mode().read() == SyncMode.INCREMENTAL)
                .map(StreamPlan::stream)
                .filter(request::isAbout)
                .toList();
        StreamStates states = new StreamStates(connectionId);
        store.change(transaction -> {
            Leases.require(transaction, job.lease());
            for (StreamId stream : streams) {
                Optional<StreamState> before = states.find(transaction, stream);
                states.save(
                        transaction,
                        before.orElseGet(() -> StreamState.initial(stream, StreamState.EDITED))
                                .refreshing(request.refresh()));
            }
            jobs.note(transaction, job.job(), request.asBegun().write());
        });
    }

    private static AttemptResult result(RunResult result, Account account, Redactor redactor) {
        List<AttemptStream> streams = account.numbers();
        return switch (result.status()) {
            case SUCCEEDED, SUCCEEDED_WITH_REJECTS -> AttemptResult.succeeded(streams);
            case CANCELLED -> AttemptResult.stopped(streams);
            case PARTIAL, FAILED -> AttemptResult.failed(redactor.redact(worst(result)), streams);
        };
    }

    /** The failure that decides what follows: while one may pass, another attempt can still bring something. */
    private static Problem worst(RunResult result) {
        List<Problem> problems = new ArrayList<>();
        result.stopped().stream().map(StoppedStream::problem).forEach(problems::add);
        result.streams().stream()
                .map(StreamProgress::problem)
                .filter(Objects::nonNull)
                .forEach(problems::add);
        return problems.stream()
                .filter(problem -> problem.kind().retry() == ProblemKind.Retry.BACKOFF)
                .findFirst()
                .orElseGet(() -> problems.isEmpty() ? unexplained() : problems.getFirst());
    }

    private static Problem unexplained() {
        return Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the run failed and no stream says why");
    }

    private Duration time(RunningJob job) {
        Instant begun = Objects.requireNonNull(job.job().times().startedAt());
        Duration left = Duration.between(clock.instant(), begun.plus(LONGEST));
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private static void tell(RunningJob job, Inheritance.Table table) {
        job.log()
                .add(
                        System.Logger.Level.INFO,
                        "platform",
                        "the table " + table.name() + " is taken over from the connection " + table.owner()
                                + ", which was deleted");
    }

    private static void tell(RunningJob job, Problem problem) {
        job.log().add(System.Logger.Level.ERROR, "platform", problem.code() + ": " + problem.message());
    }
}
