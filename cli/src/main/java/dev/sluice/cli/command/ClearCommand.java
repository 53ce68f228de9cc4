package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.ProblemView;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.RunLock;
import dev.sluice.cli.state.StateFile;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.ClearRun;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Empties the tables of streams. */
@Command(
        name = "clear",
        header = "Empty the tables of streams, so that the next run copies everything.",
        customSynopsis = "sluice clear [FILE] [CONNECTION] --stream NAME|--all [OPTIONS]",
        description = {
            "  sluice clear shop.yaml --stream public.orders",
            "  sluice clear shop.yaml orders-to-lake --all --yes"
        })
final class ClearCommand extends CliCommand {
    @Mixin
    private OneConnection connection = new OneConnection();

    @Mixin
    private StreamChoice streams = new StreamChoice();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    ClearCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        streams.names();
        ConnectionWish wish = connection.wish(session);
        try (RunLock lock = RunLock.take(wish.state().lock(), wish.connection().name());
                StateFile file =
                        StateFile.open(wish.state().database(), session.host().clock());
                Destination destination = session.openDestination(wish.to(), new StopSignal())) {
            Objects.requireNonNull(lock);
            ClearRun clear = new ClearRun(
                    wish.connection(), destination, file.connection(wish.state().key()));
            SyncPlan plan = clear.plan().orThrow().only(streams.chosen());
            if (plan.isEmpty()) {
                throw nothing(wish);
            }
            plan.streams()
                    .forEach(stream -> session.console()
                            .message(
                                    Verbosity.NORMAL,
                                    Line.of("  ")
                                            .plus(Style.NAME, stream.stream().toString())
                                            .plus(
                                                    Style.DIM,
                                                    ": all rows of "
                                                            + stream.preview().location())));
            String question = "Delete all rows of "
                    + Units.count(plan.streams().size(), "table", "tables") + " at "
                    + wish.to().words() + "? This cannot be undone.";
            return Confirmation.given(session, question, yes)
                    ? report(session, clear.execute(plan))
                    : Confirmation.refused();
        }
    }

    private RuntimeException nothing(ConnectionWish wish) {
        return Problem.of(
                        "E_STREAM_NOT_FOUND",
                        ProblemKind.CONFIG,
                        wish.connection().name() + " has copied nothing of " + streams.words() + " yet")
                .fix("see what it has copied: `sluice state show " + wish.arguments() + "`")
                .exception();
    }

    private static Report report(Session session, List<ClearRun.Cleared> all) {
        List<Object> facts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (ClearRun.Cleared each : all) {
            facts.add(facts(each));
            if (each.problem() != null) {
                problems.add(each.problem());
            }
        }
        int good = all.size() - problems.size();
        String done = "Cleared " + Units.count(good, "table", "tables");
        problems.stream()
                .skip(1)
                .forEach(problem -> ProblemView.lines(problem, session.console().errLook())
                        .forEach(line -> session.console().message(Verbosity.QUIET, line)));
        Problem first = problems.isEmpty() ? null : problems.getFirst();
        int code = first == null ? ExitCode.SUCCESS : good > 0 ? ExitCode.PARTIAL : ExitCode.of(first);
        return Report.of(done, List.of(Line.of(Style.BOLD, done)), Map.of("streams", facts))
                .withExitCode(code)
                .withProblem(first);
    }

    private static Map<String, @Nullable Object> facts(ClearRun.Cleared cleared) {
        StreamPlan stream = cleared.stream();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", stream.stream().name());
        facts.put("namespace", stream.stream().namespace());
        facts.put("target", stream.preview().location());
        facts.put("cleared", cleared.problem() == null);
        facts.put("error", cleared.problem() == null ? null : ProblemView.fields(cleared.problem()));
        return facts;
    }
}
