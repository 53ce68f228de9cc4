package dev.sluice.cli.session;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.ProblemView;
import dev.sluice.cli.output.RunFacts;
import dev.sluice.cli.output.RunProgress;
import dev.sluice.cli.output.RunSummary;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.state.RunLock;
import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.state.StateFile;
import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.plan.PlanMemory;
import dev.sluice.engine.plan.StoppedStream;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.run.RunResult;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.engine.shelf.RejectFiles;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs one connection and says what it did. */
public final class Runner {
    private final Session session;
    private final RunWish wish;
    private final StopSignal stop;
    private final Interrupts interrupts;
    private final Preparation preparation;

    /** Prepares runs of one command. */
    public Runner(Session session, RunWish wish, StopSignal stop, Interrupts interrupts, Preparation preparation) {
        this.preparation = preparation;
        this.session = session;
        this.wish = wish;
        this.stop = stop;
        this.interrupts = interrupts;
    }

    /**
     * What a run came to.
     *
     * @param exitCode the code that it asks for
     * @param summary what it did; null if it did not begin
     * @param problem why it failed, or its first stream; null if it did not
     */
    public record Outcome(
            int exitCode,
            @Nullable RunSummary summary,
            @Nullable Problem problem) {}

    /** Runs a connection; failures are part of the outcome. */
    public Outcome run(ConnectionWish connection) {
        try (RunLock lock =
                RunLock.take(connection.state().lock(), connection.connection().name())) {
            Objects.requireNonNull(lock);
            connection.notes().forEach(session.reporter()::warn);
            return locked(connection);
        } catch (ProblemException failure) {
            session.trace(failure);
            return new Outcome(ExitCode.of(failure.problem()), null, Advice.complete(failure.problem(), connection));
        }
    }

    private Outcome locked(ConnectionWish connection) {
        RunResult result;
        Shelving shelved;
        try (StateFile state = StateFile.open(
                        connection.state().database(), session.host().clock());
                Source source = session.open(connection.from(), stop);
                Destination destination = session.openDestination(connection.to(), stop);
                RunProgress progress = RunProgress.of(
                        session.reporter(),
                        session.preferences().progress(),
                        session.host().clock())) {
            SqliteStateStore store = state.connection(connection.state().key());
            SyncRun run =
                    new SyncRun(patient(connection.connection()), source, destination, store, options(), progress);
            PlanMemory memory = preparation.memory(PlanMemory.of(store), wish.streams());
            SyncPlan plan = checked(chosen(run.plan(wish.takeOver(), memory)));
            preparation.beforeRun(plan, store);
            if (connection.rejects() != null) {
                new RejectFolder(session).require(connection.rejects());
            }
            result = run.execute(plan, stop);
            shelved = shelve(connection, store);
        }
        return outcome(connection, result, shelved);
    }

    /**
     * What became of the files of rejected records.
     *
     * @param files what was put; null if there was nothing to put
     * @param problem why not all could be; null if they were
     */
    private record Shelving(
            RejectFiles.@Nullable Shelved files, @Nullable Problem problem) {}

    /** Also after a run that failed: what it rejected until then counts. */
    private Shelving shelve(ConnectionWish connection, SqliteStateStore store) {
        RejectPlace place = connection.rejects();
        if (place == null) {
            return new Shelving(null, null);
        }
        try {
            return new Shelving(
                    new RejectFolder(session)
                            .put(place, store.unshelved(), stop)
                            .orElse(null),
                    null);
        } catch (ProblemException failure) {
            session.trace(failure);
            return new Shelving(null, failure.problem());
        }
    }

    private Connection patient(Connection connection) {
        ConnectionRules rules = connection.rules();
        return connection.with(rules.with(wish.patience().over(rules.limits())));
    }

    private RunOptions options() {
        RunOptions suitable = RunOptions.forMachine(
                Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors());
        return wish.lanes() == null ? suitable : suitable.withLanes(wish.lanes());
    }

    /** The part of a plan that the user asked for. */
    private SyncPlan chosen(SyncPlan plan) {
        if (wish.streams().isEmpty()) {
            return plan;
        }
        SyncPlan part = plan.only(StreamNames.of(wish.streams()));
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

    private SyncPlan checked(SyncPlan plan) {
        if (wish.incrementalOnly()) {
            for (StreamPlan stream : plan.streams()) {
                if (stream.mode().read() != SyncMode.INCREMENTAL) {
                    throw Problem.of("E_CURSOR_MISSING", ProblemKind.CONFIG, "an incremental read needs a cursor")
                            .at(stream.stream().toString())
                            .fix("name the field that grows with every change: --cursor updated_at")
                            .exception();
                }
            }
        }
        // All of them at once: whoever mends a project file wants to see everything.
        plan.problems().stream().skip(1).forEach(this::say);
        if (!plan.problems().isEmpty()) {
            throw plan.problems().getFirst().exception();
        }
        return plan;
    }

    private Outcome outcome(ConnectionWish connection, RunResult result, Shelving shelved) {
        RunSummary summary = new RunSummary(
                connection.connection().name(),
                connection.from().words(),
                connection.to().words(),
                result,
                shelved.files());
        for (StreamProgress stream : result.streams()) {
            RunFacts.notes(stream).forEach(note -> session.reporter().warn(stream.plan().stream() + ": " + note));
        }
        result.streams().forEach(this::noticeRejects);
        List<Problem> told = new ArrayList<>();
        for (StreamProgress stream : result.streams()) {
            Problem problem = stream.problem();
            if (problem != null) {
                told.add(Advice.complete(problem, connection));
                session.trace(stream.failure());
            }
        }
        result.stopped().forEach(stopped -> told.add(Advice.complete(stopped.problem(), connection)));
        int code = exitCode(result);
        if (shelved.problem() != null) {
            told.add(Advice.complete(shelved.problem(), connection));
            code = code == ExitCode.SUCCESS
                    ? ExitCode.PARTIAL
                    : code; // no green tick where somebody misses what was promised
        }
        told.stream().skip(1).forEach(this::say);
        Problem first = told.isEmpty() ? null : told.getFirst();
        return new Outcome(code, summary, first == null ? tooManyRejects(result) : first);
    }

    /** What a server would send as a message. */
    private void noticeRejects(StreamProgress stream) {
        RejectLimit notice = stream.plan().rejects().notice();
        if (notice.isExceeded(stream.rowsRejected(), stream.rowsRead(), true)) {
            session.reporter()
                    .warn(stream.plan().stream() + ": " + stream.rowsRejected() + " of " + stream.rowsRead()
                            + " records were rejected, and somebody is to be told of more than "
                            + notice.words().replace("at most ", ""));
        }
    }

    private void say(Problem problem) {
        ProblemView.lines(problem, session.console().errLook())
                .forEach(line -> session.console().message(Verbosity.QUIET, line));
    }

    private @Nullable Problem tooManyRejects(RunResult result) {
        return exceeds(result)
                ? Problem.of(
                                "E_TOO_MANY_REJECTS",
                                ProblemKind.DATA,
                                rejected(result) + " records were rejected, and "
                                        + wish.tolerance().words() + " may be")
                        .fix("see why with `sluice rejects list`, or allow more with --max-rejects")
                : null;
    }

    private boolean exceeds(RunResult result) {
        long read =
                result.streams().stream().mapToLong(StreamProgress::rowsRead).sum();
        return wish.tolerance().isExceeded(rejected(result), read);
    }

    private static long rejected(RunResult result) {
        return result.streams().stream().mapToLong(StreamProgress::rowsRejected).sum();
    }

    private int exitCode(RunResult result) {
        return switch (result.status()) {
            case SUCCEEDED -> ExitCode.SUCCESS;
            case SUCCEEDED_WITH_REJECTS -> rejectsCode(result);
            case PARTIAL -> partialCode();
            case FAILED -> failedCode(result);
            case CANCELLED -> interrupts.exitCode() == 0 ? ExitCode.INTERRUPTED : interrupts.exitCode();
        };
    }

    private int rejectsCode(RunResult result) {
        if (wish.failOn() == RunWish.FailOn.ANY) {
            return ExitCode.FAILED;
        }
        return exceeds(result) ? partialCode() : ExitCode.SUCCESS;
    }

    private int partialCode() {
        return switch (wish.failOn()) {
            case DEFAULT -> ExitCode.PARTIAL;
            case NEVER -> ExitCode.SUCCESS;
            case PARTIAL, ANY -> ExitCode.FAILED;
        };
    }

    /** The code that all failures agree on, else the general one. */
    private static int failedCode(RunResult result) {
        List<Integer> codes = Stream.concat(
                        result.streams().stream().map(StreamProgress::problem).filter(Objects::nonNull),
                        result.stopped().stream().map(StoppedStream::problem))
                .map(ExitCode::of)
                .distinct()
                .toList();
        return codes.size() == 1 ? codes.getFirst() : ExitCode.FAILED;
    }
}
