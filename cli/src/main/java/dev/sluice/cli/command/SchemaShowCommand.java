package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.ProblemView;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.SchemaView;
import dev.sluice.cli.session.Advice;
import dev.sluice.cli.session.ChangedSchema;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.plan.SyncPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what has changed in a source. */
@Command(
        name = "show",
        header = "Show what has changed in the source since the tables were last made.",
        customSynopsis = "sluice schema show [FILE] [CONNECTION] [OPTIONS]",
        description = {
            "  sluice schema show shop.yaml",
            "  sluice schema show shop.yaml --exit-code      5 if something has changed"
        })
final class SchemaShowCommand extends CliCommand {
    @Mixin
    private Choice choice = new Choice();

    @Mixin
    private Shape shape = new Shape();

    @Option(names = "--exit-code", description = "End with 5 if something has changed.")
    private boolean exitCode;

    SchemaShowCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        List<Line> lines = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        int changes = 0;
        for (ConnectionWish wish : choice.wishes(session, shape.shape())) {
            SyncPlan plan = ChangedSchema.look(session, wish, ChangedSchema::plan);
            lines.add(Line.of(Style.BOLD, wish.connection().name()));
            lines.addAll(SchemaView.lines(plan.changes()));
            plan.stopped()
                    .forEach(stopped -> ProblemView.lines(
                                    Advice.complete(stopped.problem(), wish),
                                    session.console().outLook())
                            .forEach(line -> lines.add(Line.of("  ").plus(line))));
            facts.add(facts(wish, plan));
            changes += plan.changes().size();
        }
        String summary = changes == 0
                ? "nothing has changed"
                : Units.count(changes, "stream has changed", "streams have changed");
        lines.add(Line.of(summary));
        return Report.of(summary, lines, Map.of("connections", facts))
                .withExitCode(exitCode && changes > 0 ? ExitCode.PLAN_CHANGES : ExitCode.SUCCESS);
    }

    private static Map<String, @Nullable Object> facts(ConnectionWish wish, SyncPlan plan) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connection", wish.connection().name());
        facts.put("changes", SchemaView.facts(plan.changes()));
        facts.put(
                "stopped",
                plan.stopped().stream()
                        .map(stopped -> ProblemView.fields(stopped.problem()))
                        .toList());
        return facts;
    }
}
