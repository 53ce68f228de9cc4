package dev.sluice.cli.session;

import dev.sluice.cli.state.KeptReject;
import dev.sluice.cli.state.RejectFilter;
import dev.sluice.cli.state.RejectState;
import dev.sluice.cli.state.RunLock;
import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.state.StateFile;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.DryReplay;
import dev.sluice.engine.run.ReplayRecord;
import dev.sluice.engine.run.ReplayRun;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tries the rejected records of one connection again. */
public final class Replayer {
    private final Session session;
    private final StopSignal stop;
    private final MendedRecords mended;
    private final boolean dry;

    /**
     * Prepares a replay.
     *
     * @param mended what a person made of the records
     * @param dry true to find out what would become of them, and to write nothing
     */
    public Replayer(Session session, StopSignal stop, MendedRecords mended, boolean dry) {
        this.session = session;
        this.stop = stop;
        this.mended = mended;
        this.dry = dry;
    }

    /**
     * Replays the records that are meant, stream by stream; the failure of one keeps no other from being replayed.
     *
     * @throws ProblemException if it cannot begin
     */
    public List<ReplayResult> run(ConnectionWish connection, RejectFilter filter) {
        try (RunLock lock = RunLock.take(
                        connection.state().lock(), connection.connection().name());
                StateFile state = StateFile.open(
                        connection.state().database(), session.host().clock())) {
            Objects.requireNonNull(lock);
            SqliteStateStore store = state.connection(connection.state().key());
            if (!dry && store.openJob().isPresent()) {
                throw Problem.of("E_REPLAY_NOT_READY", ProblemKind.CONFIG, "a sync of the connection was interrupted")
                        .fix("finish it with `sluice sync` first")
                        .exception();
            }
            Map<StreamId, List<KeptReject>> records = chosen(store, filter);
            if (records.isEmpty()) {
                return List.of();
            }
            try (Source source = session.open(connection.from(), stop);
                    Destination destination = session.openDestination(connection.to(), stop)) {
                SyncPlan plan = new SyncRun(
                                connection.connection(), source, destination, store, options(), new RunListener() {})
                        .plan(false);
                Trying trying = dry
                        ? tryDry(new DryReplay(source, destination, store, stop))
                        : replay(new ReplayRun(source, destination, store, stop));
                List<ReplayResult> results = new ArrayList<>();
                records.forEach((stream, kept) -> results.add(result(trying, plan, stream, kept)));
                return results;
            }
        }
    }

    private static RunOptions options() {
        return RunOptions.forMachine(
                Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors());
    }

    /** The records by stream; those that count, and of an export only those that it holds. */
    private Map<StreamId, List<KeptReject>> chosen(SqliteStateStore store, RejectFilter filter) {
        Map<StreamId, List<KeptReject>> byStream = new LinkedHashMap<>();
        for (KeptReject kept : store.rejects(mended.among(filter), Integer.MAX_VALUE)) {
            if (kept.state() == RejectState.OPEN) {
                byStream.computeIfAbsent(kept.stream(), none -> new ArrayList<>())
                        .add(kept);
            }
        }
        mended.requireAll(byStream.values().stream()
                .flatMap(List::stream)
                .map(KeptReject::id)
                .toList());
        return byStream;
    }

    /** How the records of a stream are tried. */
    private interface Trying {
        ReplayResult go(StreamPlan plan, List<KeptReject> kept);
    }

    private Trying replay(ReplayRun run) {
        return (plan, kept) -> {
            List<ReplayRecord> records = missing(plan, kept, run.generation(plan));
            return new ReplayResult(plan.stream(), records.size(), run.execute(plan, records), null, null);
        };
    }

    private Trying tryDry(DryReplay run) {
        return (plan, kept) -> {
            List<ReplayRecord> records = missing(plan, kept, run.generation(plan));
            return new ReplayResult(
                    plan.stream(), records.size(), run.execute(plan, records), null, run.obstacle(plan));
        };
    }

    /** What is missing in an older copy of a stream whose copies replace each other is missing in nothing now. */
    private List<ReplayRecord> missing(StreamPlan plan, List<KeptReject> kept, long generation) {
        return kept.stream()
                .filter(each ->
                        each.generation() == generation || !plan.mode().write().overwrites())
                .map(mended::of)
                .toList();
    }

    private ReplayResult result(Trying trying, SyncPlan plan, StreamId stream, List<KeptReject> kept) {
        try {
            return trying.go(planOf(plan, stream), kept);
        } catch (ProblemException failure) {
            session.trace(failure);
            Problem problem = failure.problem();
            return new ReplayResult(
                    stream, kept.size(), null, problem.where() == null ? problem.at(stream.toString()) : problem, null);
        }
    }

    private static StreamPlan planOf(SyncPlan plan, StreamId stream) {
        plan.stopped().stream()
                .filter(stopped -> stopped.stream().equals(stream))
                .findFirst()
                .ifPresent(stopped -> {
                    throw stopped.problem().exception();
                });
        return plan.only(stream::equals).orThrow().streams().stream()
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                "E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "the connection copies no stream " + stream)
                        .fix("see what it copies with `sluice plan`")
                        .exception());
    }
}
