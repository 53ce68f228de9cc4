package dev.sluice.cli.session;

import dev.sluice.cli.state.KeptReject;
import dev.sluice.cli.state.RejectFilter;
import dev.sluice.cli.state.RejectState;
import dev.sluice.cli.state.RunLock;
import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.state.StateFile;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.engine.verify.Verification;
import dev.sluice.engine.verify.VerifyOptions;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the streams of one connection against their copies. */
public final class Verifier {
    private final Session session;
    private final StopSignal stop;
    private final VerifyWish wish;

    /** Prepares a comparison. */
    public Verifier(Session session, StopSignal stop, VerifyWish wish) {
        this.session = session;
        this.stop = stop;
        this.wish = wish;
    }

    /**
     * Compares the streams that are meant, one after the other; the failure of one keeps no other from being compared.
     *
     * @throws ProblemException if it cannot begin
     */
    public List<VerifyResult> run(ConnectionWish connection) {
        try (RunLock lock = RunLock.take(
                        connection.state().lock(), connection.connection().name());
                StateFile state = StateFile.open(
                        connection.state().database(), session.host().clock())) {
            Objects.requireNonNull(lock);
            SqliteStateStore store = state.connection(connection.state().key());
            if (store.openJob().isPresent()) {
                throw Problem.of("E_VERIFY_NOT_READY", ProblemKind.CONFIG, "a sync of the connection was interrupted")
                        .fix("finish it with `sluice sync` first")
                        .exception();
            }
            RunOptions machine = RunOptions.forMachine(
                    Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors());
            try (Source source = session.open(connection.from(), stop);
                    Destination destination = session.openDestination(connection.to(), stop)) {
                SyncPlan plan = new SyncRun(
                                connection.connection(), source, destination, store, machine, new RunListener() {})
                        .plan(false);
                VerifyOptions options =
                        new VerifyOptions(machine.lanes(), machine.maxValueBytes(), wish.shown(), wish.inside());
                Verification verification = new Verification(source, destination, store, options, stop);
                return results(verification, chosen(plan), store);
            }
        }
    }

    private SyncPlan chosen(SyncPlan plan) {
        SyncPlan part = plan.only(StreamNames.of(wish.streams())).orThrow();
        if (part.isEmpty()) {
            throw Problem.of(
                            "E_STREAM_NOT_FOUND",
                            ProblemKind.CONFIG,
                            "the connection copies no stream " + String.join(", ", wish.streams()))
                    .fix("see what it copies with `sluice plan`")
                    .exception();
        }
        return part;
    }

    private List<VerifyResult> results(Verification verification, SyncPlan plan, SqliteStateStore store) {
        List<VerifyResult> results = new ArrayList<>();
        plan.stopped().forEach(stopped -> results.add(new VerifyResult.Failed(stopped.stream(), stopped.problem())));
        for (StreamPlan stream : plan.streams()) {
            results.add(result(verification, stream, rejected(store, stream.stream())));
            if (stop.isRequested()) {
                break;
            }
        }
        return results;
    }

    private VerifyResult result(Verification verification, StreamPlan plan, Set<String> rejected) {
        try {
            return wish.repair()
                    ? new VerifyResult.Mended(verification.repair(plan, rejected))
                    : new VerifyResult.Compared(verification.verify(plan, rejected));
        } catch (ProblemException failure) {
            session.trace(failure);
            return new VerifyResult.Failed(plan.stream(), placed(failure.problem(), plan.stream()));
        }
    }

    private static Problem placed(Problem problem, StreamId stream) {
        return problem.where() == null ? problem.at(stream.toString()) : problem;
    }

    /** The places of the records of a stream that were rejected and are kept. */
    private static Set<String> rejected(SqliteStateStore store, StreamId stream) {
        RejectFilter filter = new RejectFilter(stream.toString(), null, null, List.of(), false);
        return store.rejects(filter, Integer.MAX_VALUE).stream()
                .filter(kept -> kept.state() == RejectState.OPEN)
                .map(KeptReject::record)
                .map(record -> record.place())
                .collect(Collectors.toSet());
    }
}
