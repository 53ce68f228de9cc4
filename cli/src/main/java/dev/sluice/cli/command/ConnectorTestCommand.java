package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.DefinitionFile;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.TestResult;
import dev.sluice.spi.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tries out a stream of a manifest, and keeps what was answered if that is wanted. */
abstract class ConnectorTestCommand extends CliCommand {
    @Mixin
    private TrialChoice choice = new TrialChoice();

    private final boolean keeps;

    private ConnectorTestCommand(Host host, boolean keeps) {
        super(host);
        this.keeps = keeps;
    }

    /** Reads a stream with limits and shows what was asked. */
    @Command(
            name = "test",
            header = "Try out a stream of a manifest: what is asked, what comes, and what to look at.",
            customSynopsis = "sluice connector test FILE [--stream NAME] [OPTIONS]",
            description = {
                "  sluice connector test shop/ --stream orders --config config.json",
                "  sluice connector test manifest.yaml --stream orders --input api_key='$${SHOP_KEY}' --limit 20",
                "  sluice connector test manifest.yaml --stream orders -o json",
                "  sluice connector test directus.yaml --object contacts --rows rows.json --config config.json"
            })
    static final class Trying extends ConnectorTestCommand {
        Trying(Host host) {
            super(host, false);
        }
    }

    /** The same, and keeps the answers beside the manifest. */
    @Command(
            name = "record",
            header = "Try out a stream and keep what was answered beside the manifest, without secrets.",
            customSynopsis = "sluice connector record FILE [--stream NAME] [OPTIONS]",
            description = {
                "  sluice connector record shop/ --stream orders --config config.json",
                "  sluice connector replay shop/                    runs it again and asks nobody"
            })
    static final class Recording extends ConnectorTestCommand {
        Recording(Host host) {
            super(host, true);
        }
    }

    @Override
    final Report run(Session session) {
        DefinitionFile definition = choice.definition(session);
        if (definition.isDestination()) {
            if (keeps) {
                throw usage("a destination cannot be recorded", "try it out with `sluice connector test`");
            }
            return new DestinationTrialRun(session, definition, choice.config(session))
                    .run(choice.object(), choice.sample(session));
        }
        Workbench workbench = definition.workbench(session.host().clock());
        TestRequest request = choice.request(session, definition, workbench.check(definition.text()));
        TestResult result = workbench.open(request, new TrialHost(session)).run(progress -> {});
        List<Line> lines = new ArrayList<>(new TrialView(
                        result,
                        session.console().outLook(),
                        session.console().terminal().width())
                .lines());
        String path = result.end().path();
        Problem problem = result.end().problem();
        Map<String, @Nullable Object> facts = TrialView.facts(request.stream(), result);
        String summary = Units.count(result.records().size(), "record", "records") + " of " + request.stream();
        if (problem != null) {
            Report failed =
                    new Report(ExitCode.of(problem), summary, lines, facts, List.of(), List.of(problem), List.of());
            return path == null
                    ? failed
                    : failed.withHints(List.of(Line.of("it comes from " + path + " of the manifest")));
        }
        if (keeps) {
            String recording = result.recording();
            if (recording == null) {
                throw Problem.of("E_RECORDING", ProblemKind.RESOURCE, "the test cannot be recorded")
                        .because("it asked nobody, or its answers are too large to be kept")
                        .fix("make it smaller with --limit, --pages and --slices")
                        .exception();
            }
            Path kept = definition.keep(request.stream(), recording);
            facts.put("recording", kept.toString());
            lines.add(Line.of(Style.DIM, "recorded in " + kept));
        }
        lines.add(Line.of(Style.BOLD, summary));
        return Report.of(summary, lines, facts);
    }
}
