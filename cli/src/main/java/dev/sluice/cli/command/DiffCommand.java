package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.remote.PlanView;
import dev.sluice.cli.remote.ProjectDocument;
import dev.sluice.cli.remote.ServerClient;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a project file against a server. */
@Command(
        name = "diff",
        header = "Show in what a server differs from a project file, and change nothing.",
        customSynopsis = "sluice diff FILE [--server URL] [OPTIONS]",
        description = {
            "  sluice diff shop.yaml                            against http://127.0.0.1:8000",
            "  sluice diff shop.yaml --server https://sluice.example --remove",
            "  sluice diff shop.yaml --exit-code                5 if there is a difference"
        })
final class DiffCommand extends CliCommand {
    @Parameters(paramLabel = "FILE", description = "The project file.")
    private String file = "";

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Option(names = "--remove", description = "Count what the file does not name as a difference.")
    private boolean removes;

    @Option(
            names = "--revive",
            description = "Bring connections back that were deleted, with their state, where the file names them.")
    private boolean revives;

    @Option(names = "--exit-code", description = "End with 5 if there is a difference.")
    private boolean exitCode;

    DiffCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        return report(session, file, server, removes, revives, exitCode);
    }

    /** What a server would change to be as a file says. */
    static Report report(
            Session session, String file, ServerChoice server, boolean removes, boolean revives, boolean exitCode) {
        ProjectDocument.Told told = ProjectDocument.of(session, session.project(file));
        told.notes().forEach(session.reporter()::warn);
        try (ServerClient client = server.client(session)) {
            Map<?, ?> plan = client.post(server.projectPath(client) + "/plan", request(told, removes, revives));
            PlanView view = PlanView.of(plan);
            String apply = "sluice apply " + Session.quoted(file) + server.arguments() + (removes ? " --remove" : "")
                    + (revives ? " --revive" : "");
            String summary = view.summary("to make: `" + apply + "`");
            List<Line> lines = new ArrayList<>(view.lines(session.console().outLook()));
            lines.add(Line.of(Style.BOLD, session.console().outLook().commands(summary)));
            boolean differs = !view.changes().isEmpty();
            return Report.of(summary, lines, plan)
                    .withExitCode(exitCode && differs ? ExitCode.PLAN_CHANGES : ExitCode.SUCCESS);
        }
    }

    static Map<String, Object> request(ProjectDocument.Told told, boolean removes, boolean revives) {
        Map<String, Object> request = new LinkedHashMap<>(told.members());
        request.put("removes", removes);
        request.put("revives", revives);
        return request;
    }
}
