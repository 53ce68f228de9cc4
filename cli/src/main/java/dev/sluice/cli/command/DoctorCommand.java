package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Looks whether this machine has all that a run needs. */
@Command(
        name = "doctor",
        header = "See whether this machine has all that a run needs, and how to get what is missing.",
        customSynopsis = "sluice doctor [OPTIONS]",
        description = {"  sluice doctor", "  sluice doctor -o json"})
final class DoctorCommand extends CliCommand {
    DoctorCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        List<Finding> findings = new Examination(session).findings();
        Look look = session.console().outLook();
        List<Line> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(Line.of(style(finding), sign(finding, look) + " ")
                    .plus(Line.of(finding.what()).padded(12, false))
                    .plus(Style.DIM, finding.detail()));
            if (finding.fix() != null) {
                lines.add(Line.of("  try: ").plus(finding.fix()));
            }
        }
        long bad = findings.stream()
                .filter(finding -> finding.state() == Finding.State.BAD)
                .count();
        String summary = bad == 0 ? "all is well" : bad + (bad == 1 ? " thing needs care" : " things need care");
        lines.add(Line.of(Style.BOLD, Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + "."));
        int code = bad == 0 ? ExitCode.SUCCESS : ExitCode.ENVIRONMENT;
        return Report.of(
                        summary,
                        lines,
                        Map.of(
                                "findings",
                                findings.stream().map(DoctorCommand::facts).toList()))
                .withExitCode(code);
    }

    private static Style style(Finding finding) {
        return switch (finding.state()) {
            case GOOD -> Style.GOOD;
            case FAIR -> Style.WARN;
            case BAD -> Style.BAD;
        };
    }

    private static String sign(Finding finding, Look look) {
        return switch (finding.state()) {
            case GOOD -> look.ok();
            case FAIR -> look.warning();
            case BAD -> look.failure();
        };
    }

    private static Map<String, @Nullable Object> facts(Finding finding) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("what", finding.what());
        facts.put("ok", finding.state() != Finding.State.BAD);
        facts.put("detail", finding.detail());
        facts.put("suggestion", finding.fix());
        return facts;
    }
}
