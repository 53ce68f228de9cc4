package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Format;
import dev.sluice.cli.output.ProblemView;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.project.ConnectionEntry;
import dev.sluice.cli.project.EndpointEntry;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.ChangedSchema;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.Side;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries whether sources and destinations work. */
@Command(
        name = "check",
        header = "Try whether sources and destinations can be reached and used.",
        customSynopsis = "sluice check [FILE|URI] [NAME...] [OPTIONS]",
        description = {
            "  sluice check shop.yaml                    everything in the file",
            "  sluice check shop.yaml lake               one source or destination of it",
            "  sluice check postgres://ann@db/shop       an address, as a source",
            "  sluice check duckdb:///x.db --as destination"
        })
final class CheckCommand extends CliCommand {
    @Mixin
    private FileOrUri place = new FileOrUri();

    @Parameters(index = "1..*", paramLabel = "NAME", description = "Only these sources and destinations.")
    private List<String> names = List.of();

    @Option(names = "--as", paramLabel = "ROLE", description = "What an address is: source or destination.")
    private Role role = Role.SOURCE;

    /** The two sides of a connection. */
    enum Role {
        SOURCE,
        DESTINATION
    }

    private record Checked(String role, String name, CheckReport report) {}

    CheckCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        List<Checked> checked = new ArrayList<>();
        String uri = place.uri();
        if (uri == null) {
            checkProject(session, place.project(session), checked);
        } else if (role == Role.SOURCE) {
            Side<SourceConnector> side = session.sourceAt(uri);
            checked.add(source(session, side.words(), () -> side));
        } else {
            Side<DestinationConnector> side = session.destinationAt(uri);
            checked.add(destination(session, side.words(), () -> side));
        }
        return report(checked, session);
    }

    private void checkProject(Session session, Project project, List<Checked> checked) {
        requireKnown(project);
        for (EndpointEntry entry : project.sources().values()) {
            if (isWanted(entry)) {
                checked.add(source(session, entry.name(), () -> session.source(project, entry)));
            }
        }
        for (EndpointEntry entry : project.destinations().values()) {
            if (isWanted(entry)) {
                checked.add(destination(session, entry.name(), () -> session.destination(project, entry)));
            }
        }
        boolean reachable = checked.stream().allMatch(each -> each.report().succeeded());
        for (ConnectionEntry entry : project.connections().values()) {
            boolean maps = entry.streams().stream()
                    .anyMatch(stream -> !stream.rows().mappers().isEmpty());
            if (names.isEmpty() && reachable && maps) {
                checked.add(mappers(session, project, entry));
            }
        }
    }

    /** Mappers can be held against the fields of their streams only where both sides can be reached. */
    private static Checked mappers(Session session, Project project, ConnectionEntry entry) {
        return new Checked("connection", entry.name(), guarded(session, () -> {
            SyncPlan plan = ChangedSchema.look(session, session.wish(project, entry), ChangedSchema::plan);
            List<CheckReport.Step> steps = new ArrayList<>();
            plan.problems().forEach(problem -> steps.add(CheckReport.Step.failed("mappers", problem)));
            plan.stopped().forEach(stopped -> steps.add(CheckReport.Step.failed("mappers", stopped.problem())));
            if (steps.isEmpty()) {
                steps.add(CheckReport.Step.ok("mappers", "they fit their streams"));
            }
            return new CheckReport(steps);
        }));
    }

    private boolean isWanted(EndpointEntry entry) {
        return names.isEmpty() || names.contains(entry.name());
    }

    private void requireKnown(Project project) {
        List<String> known = new ArrayList<>(project.sources().keySet());
        known.addAll(project.destinations().keySet());
        for (String name : names) {
            if (!known.contains(name)) {
                throw usage("the file has no source or destination " + name, "name one of " + String.join(", ", known));
            }
        }
    }

    private static Checked source(Session session, String name, Supplier<Side<SourceConnector>> side) {
        return new Checked("source", name, guarded(session, () -> {
            try (Source source = session.open(side.get(), new StopSignal())) {
                return source.check();
            }
        }));
    }

    private static Checked destination(Session session, String name, Supplier<Side<DestinationConnector>> side) {
        return new Checked("destination", name, guarded(session, () -> {
            try (Destination destination = session.openDestination(side.get(), new StopSignal())) {
                return destination.check();
            }
        }));
    }

    /** What fails before the first step is a failed step, so that the other sides are checked all the same. */
    private static CheckReport guarded(Session session, Supplier<CheckReport> check) {
        try {
            return check.get();
        } catch (ProblemException failure) {
            session.trace(failure);
            return new CheckReport(List.of(CheckReport.Step.failed("configuration", failure.problem())));
        }
    }

    private static Report report(List<Checked> checked, Session session) {
        Look look = session.console().outLook();
        List<Line> lines = new ArrayList<>();
        List<Object> results = new ArrayList<>();
        Problem first = null;
        long failed = 0;
        for (Checked each : checked) {
            lines.add(Line.of(Style.DIM, each.role() + " ").plus(Style.BOLD, each.name()));
            List<Object> steps = new ArrayList<>();
            for (CheckReport.Step step : each.report().steps()) {
                lines.addAll(lines(step, look));
                steps.add(facts(step));
            }
            results.add(result(each, steps));
            Problem problem = each.report().firstProblem().orElse(null);
            failed += problem == null ? 0 : 1;
            first = first == null ? problem : first;
        }
        String summary = failed == 0 ? "all checks passed" : failed + " of " + checked.size() + " failed";
        int code = first == null ? ExitCode.SUCCESS : ExitCode.of(first);
        // For people the problems stand among the steps already.
        Problem told = session.reporter().format() == Format.TEXT ? null : first;
        return Report.of(summary, lines, Map.of("checks", results))
                .withExitCode(code)
                .withProblem(told);
    }

    private static List<Line> lines(CheckReport.Step step, Look look) {
        Problem problem = step.problem();
        List<Line> lines = new ArrayList<>();
        if (problem == null) {
            Line line = Line.of("  ").plus(Style.GOOD, look.ok()).plus(" " + step.name());
            lines.add(step.detail() == null ? line : line.plus(Style.DIM, "  " + step.detail()));
        } else {
            lines.add(Line.of("  ").plus(Style.BAD, look.failure()).plus(" " + step.name()));
            ProblemView.lines(problem, look)
                    .forEach(line -> lines.add(Line.of("    ").plus(line)));
        }
        return lines;
    }

    private static Map<String, @Nullable Object> facts(CheckReport.Step step) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("step", step.name());
        facts.put("ok", step.problem() == null);
        facts.put("detail", step.detail());
        facts.put("error", step.problem() == null ? null : ProblemView.fields(step.problem()));
        return facts;
    }

    private static Map<String, @Nullable Object> result(Checked checked, List<Object> steps) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("role", checked.role());
        result.put("name", checked.name());
        result.put("ok", checked.report().succeeded());
        result.put("steps", steps);
        return result;
    }
}
