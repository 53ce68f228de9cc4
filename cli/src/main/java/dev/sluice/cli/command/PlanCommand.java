package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.ProblemView;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.SchemaView;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.Advice;
import dev.sluice.cli.session.ChangedSchema;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.spi.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a run would do. */
@Command(
        name = "plan",
        header = "Show what a run would do, and change nothing.",
        customSynopsis = "sluice plan [FILE] [CONNECTION] [OPTIONS]",
        description = {
            "  sluice plan shop.yaml                            tables, modes, guarantees, types",
            "  sluice plan shop.yaml --exit-code                5 if it would create or alter a table",
            "  sluice plan shop.yaml --server http://127.0.0.1:8000   what `sluice apply` would change there",
            "  sluice plan --from orders.csv --to duckdb:///shop.db"
        })
final class PlanCommand extends CliCommand {
    @Mixin
    private Choice choice = new Choice();

    @Mixin
    private Shape shape = new Shape();

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Option(names = "--exit-code", description = "End with 5 if something would be created or altered.")
    private boolean exitCode;

    PlanCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (server.isGiven()) {
            return DiffCommand.report(session, choice.file(), server, false, false, exitCode);
        }
        List<Line> lines = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        long changes = 0;
        List<ConnectionWish> wishes = choice.wishes(session, shape.shape());
        for (ConnectionWish wish : wishes) {
            wish.notes().forEach(session.reporter()::warn);
            SyncPlan plan = ChangedSchema.look(session, wish, ChangedSchema::plan);
            PlanTable table = new PlanTable(plan);
            lines.add(Line.of(Style.BOLD, wish.connection().name())
                    .plus(
                            Style.DIM,
                            "  " + wish.from().words() + " "
                                    + session.console().outLook().arrow() + " "
                                    + wish.to().words()));
            lines.addAll(table.lines(
                    session.console().outLook(), session.console().terminal().width()));
            changes += table.changes();
            plan.problems().forEach(problem -> problems.add(Advice.complete(problem, wish)));
            plan.stopped().forEach(stopped -> warnings.add(Advice.complete(stopped.problem(), wish)));
            facts.add(facts(wish, table, plan));
        }
        warnings.forEach(problem -> say(session, problem));
        return report(session, lines, facts, problems, changes);
    }

    private Report report(Session session, List<Line> lines, List<Object> facts, List<Problem> problems, long changes) {
        String summary = changes == 0
                ? "no table would be created or altered"
                : changes
                        + (changes == 1 ? " table would be created or altered" : " tables would be created or altered");
        lines.add(Line.of(summary));
        // All but the last are said here; the report says the last one.
        problems.stream().limit(Math.max(0, problems.size() - 1)).forEach(problem -> say(session, problem));
        Problem last = problems.isEmpty() ? null : problems.getLast();
        int code =
                last != null ? ExitCode.of(last) : exitCode && changes > 0 ? ExitCode.PLAN_CHANGES : ExitCode.SUCCESS;
        return Report.of(summary, lines, Map.of("connections", facts))
                .withExitCode(code)
                .withProblem(last);
    }

    private static void say(Session session, Problem problem) {
        ProblemView.lines(problem, session.console().errLook())
                .forEach(line -> session.console().message(Verbosity.QUIET, line));
    }

    private static Map<String, @Nullable Object> facts(ConnectionWish wish, PlanTable table, SyncPlan plan) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connection", wish.connection().name());
        facts.put("streams", table.facts());
        facts.put("changes", table.changes());
        facts.put("schema_changes", SchemaView.facts(plan.changes()));
        facts.put(
                "stopped",
                plan.stopped().stream()
                        .map(stopped -> ProblemView.fields(stopped.problem()))
                        .toList());
        facts.put("problems", plan.problems().stream().map(ProblemView::fields).toList());
        return facts;
    }
}
