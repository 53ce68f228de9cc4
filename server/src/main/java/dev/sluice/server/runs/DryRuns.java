package dev.sluice.server.runs;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.DryReplay;
import dev.sluice.engine.run.ReplayRecord;
import dev.sluice.engine.run.ReplayRun;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.server.states.ConnectionStates;
import dev.sluice.server.states.RejectList.Kept;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What would become of rejected records if they were tried again now: they are read and mapped by the settings of now, and
 * nothing is written anywhere. Threads may share it.
 */
public final class DryRuns implements ReplayTrials {
    private final Store store;
    private final Sides sides;
    private final Subjects subjects;
    private final RunOptions options;
    private final Clock clock;
    private final Brief brief;

    /**
     * Those of a store.
     *
     * @param patience how long one may take
     */
    public DryRuns(Store store, Sides sides, RunOptions options, Clock clock, Duration patience) {
        this.store = store;
        this.sides = sides;
        this.subjects = new Subjects(store, sides, clock);
        this.options = options;
        this.clock = clock;
        this.brief = new Brief(patience);
    }

    @Override
    public DryRun of(UUID connectionId, Request request) {
        Subject subject = subjects.of(connectionId);
        Side<SourceConnector> from = sides.source(subject.connection().ends().sourceId());
        Side<DestinationConnector> to =
                sides.destination(subject.connection().ends().destinationId());
        Redactor redactor = subject.redactor(from, to);
        Map<StreamId, List<Kept>> chosen = OpenRejects.of(store, connectionId, request);
        try {
            return brief.answer(
                    stop -> {
                        try (Source source = from.connector()
                                        .open(from.endpoint().config(), Brief.context(clock, stop, from, redactor));
                                Destination destination = to.connector()
                                        .open(to.endpoint().config(), Brief.context(clock, stop, to, redactor))) {
                            return tried(new Trial(subject, from, to, redactor), source, destination, stop, chosen);
                        }
                    },
                    () -> late(subject));
        } catch (ProblemException failure) {
            throw redactor.redact(failure.problem()).exception();
        }
    }

    /** What is tried, by whom. */
    private record Trial(
            Subject subject, Side<SourceConnector> from, Side<DestinationConnector> to, Redactor redactor) {}

    private DryRun tried(
            Trial trial, Source source, Destination destination, StopSignal stop, Map<StreamId, List<Kept>> chosen) {
        Subject subject = trial.subject();
        ConnectionStates states =
                ConnectionStates.toLookAt(store, subject.connection().id(), clock);
        SyncPlan plan = new SyncRun(
                        Settings.connection(
                                subject.connection(),
                                trial.from().endpoint(),
                                trial.to().endpoint(),
                                subject.streams(),
                                brief.patience()),
                        source,
                        destination,
                        states,
                        options,
                        new RunListener() {})
                .plan(false);
        DryReplay replay = new DryReplay(source, destination, states, stop);
        List<Expected> streams = new ArrayList<>();
        Map<Reason, Reason> reasons = new LinkedHashMap<>();
        boolean isWhole = true;
        for (Map.Entry<StreamId, List<Kept>> each : chosen.entrySet()) {
            StreamId stream = each.getKey();
            try {
                StreamPlan own = OpenRejects.plan(plan, stream);
                List<ReplayRecord> records = OpenRejects.missing(own, each.getValue(), replay.generation(own));
                ReplayRun.Replayed outcome = replay.execute(own, records);
                Problem obstacle = replay.obstacle(own);
                streams.add(new Expected(
                        stream,
                        records.size(),
                        outcome.written(),
                        outcome.again().size(),
                        obstacle == null ? null : trial.redactor().redact(obstacle)));
                outcome.again().values().forEach(record -> count(reasons, stream, record, trial.redactor()));
            } catch (ProblemException failure) {
                streams.add(new Expected(
                        stream, each.getValue().size(), 0, 0, trial.redactor().redact(failure.problem())));
            }
            isWhole &= each.getValue().size() < OpenRejects.MOST;
        }
        return new DryRun(
                streams,
                reasons.values().stream()
                        .sorted(Comparator.comparingLong(Reason::records).reversed())
                        .toList(),
                isWhole);
    }

    private static void count(Map<Reason, Reason> reasons, StreamId stream, RejectedRecord record, Redactor redactor) {
        String field = Objects.requireNonNullElse(record.field(), "");
        reasons.merge(
                new Reason(stream, record.code(), field, 0, ""),
                new Reason(stream, record.code(), field, 1, redactor.redact(record.reason())),
                (known, one) -> new Reason(stream, known.code(), field, known.records() + 1, known.sample()));
    }

    private ProblemException late(Subject subject) {
        return Problem.of("E_DRY_RUN_TIMEOUT", ProblemKind.TRANSIENT, "the dry run was not done in time")
                .at(subject.toString())
                .because("it took more than " + brief.patience().toSeconds() + " s; nothing was written")
                .fix("try the records of one reason at a time, or try them again without a dry run")
                .exception();
    }
}
