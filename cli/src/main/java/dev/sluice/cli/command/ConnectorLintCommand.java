package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.DefinitionFile;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.spi.workbench.Checked;
import dev.sluice.spi.workbench.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks a manifest over. */
@Command(
        name = "lint",
        header = "Look a manifest over: what keeps it from being used, and what will most likely go wrong.",
        customSynopsis = "sluice connector lint FILE [--strict] [OPTIONS]",
        description = {"  sluice connector lint manifest.yaml", "  sluice connector lint shop/ --strict     for CI"})
final class ConnectorLintCommand extends CliCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The manifest, or its folder.")
    private String file = "";

    @Option(names = "--strict", description = "Warnings fail as well.")
    private boolean strict;

    ConnectorLintCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        DefinitionFile definition = DefinitionFile.read(session.host().directory(), file);
        if (definition.isDestination()) {
            return DestinationTrialRun.lint(definition);
        }
        Checked checked = definition.workbench(session.host().clock()).check(definition.text());
        List<Line> lines = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        for (Finding finding : checked.findings()) {
            lines.add(Line.of(
                            finding.isError() ? Style.BAD : Style.WARN,
                            definition.path().getFileName() + ":" + finding.line() + ":" + finding.column())
                    .plus(" " + finding.problem().message()));
            String why = finding.problem().why();
            String fix = finding.problem().fix();
            String more = (finding.path().isEmpty() ? "" : finding.path())
                    + (why == null || finding.problem().message().contains(why) ? "" : "  " + why)
                    + (fix == null ? "" : "  " + fix);
            if (!more.isBlank()) {
                lines.add(Line.of(Style.DIM, "    " + more.strip()));
            }
            facts.add(fact(finding));
        }
        long errors = checked.findings().stream().filter(Finding::isError).count();
        long warnings = checked.findings().size() - errors;
        String summary = Units.count(errors, "error", "errors") + ", " + Units.count(warnings, "warning", "warnings")
                + ", " + Units.count(checked.streams().size(), "stream", "streams");
        lines.add(Line.of(Style.BOLD, summary));
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("problems", facts);
        result.put(
                "streams",
                checked.streams().stream()
                        .map(stream -> Map.of(
                                "name",
                                stream.name(),
                                "kind",
                                stream.isTemplate() ? "template" : "stream",
                                "primaryKey",
                                stream.primaryKey(),
                                "cursor",
                                stream.cursor()))
                        .toList());
        boolean fails = errors > 0 || (strict && warnings > 0);
        return Report.of(summary, lines, result).withExitCode(fails ? ExitCode.FAILED : ExitCode.SUCCESS);
    }

    private static Map<String, @Nullable Object> fact(Finding finding) {
        Map<String, @Nullable Object> fact = new LinkedHashMap<>();
        fact.put("path", finding.path());
        fact.put("line", finding.line());
        fact.put("column", finding.column());
        fact.put("severity", finding.isError() ? "error" : "warning");
        fact.put("code", finding.problem().code());
        fact.put("message", finding.problem().message());
        fact.put("next", finding.problem().fix());
        return fact;
    }
}
