package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.remote.PlanView;
import dev.sluice.cli.remote.ProjectDocument;
import dev.sluice.cli.remote.ServerClient;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a server as a project file says. */
@Command(
        name = "apply",
        header = "Make a server as a project file says: what differs is changed, what is missing is made.",
        customSynopsis = "sluice apply FILE [--server URL] [OPTIONS]",
        description = {
            "  sluice apply shop.yaml                           shows what it would do, and asks",
            "  sluice apply shop.yaml --yes                     does it",
            "  sluice apply shop.yaml --remove --yes            also deletes what the file does not name",
            "  sluice apply shop.yaml --revive --yes            what was deleted goes on where it ended"
        },
        footer = {
            "",
            "Sources, destinations and connections are known by their names. The tables of a connection that",
            "is deleted stay, and another one of its workspace may write to them. The token for a server with a login"
                    + " is taken from SLUICE_TOKEN."
        })
final class ApplyCommand extends CliCommand {
    @Parameters(paramLabel = "FILE", description = "The project file.")
    private String file = "";

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Option(names = "--remove", description = "Delete what the file does not name.")
    private boolean removes;

    @Option(
            names = "--revive",
            description = "Bring connections back that were deleted, with their state, where the file names them.")
    private boolean revives;

    @Option(
            names = "--plan",
            paramLabel = "FINGERPRINT",
            description = "Do what `sluice diff -o json` has shown, or nothing if it is another thing by now.")
    private @Nullable String fingerprint;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    ApplyCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        ProjectDocument.Told told = ProjectDocument.of(session, session.project(file));
        told.notes().forEach(session.reporter()::warn);
        try (ServerClient client = server.client(session)) {
            String path = server.projectPath(client);
            Map<String, Object> request = DiffCommand.request(told, removes, revives);
            Map<?, ?> plan = client.post(path + "/plan", request);
            PlanView planned = PlanView.of(plan);
            if (planned.changes().isEmpty()) {
                return report(session, planned, plan);
            }
            if (!yes && fingerprint == null) {
                planned.lines(session.console().errLook())
                        .forEach(line -> session.console().message(Verbosity.QUIET, line));
                if (!Confirmation.given(session, "Make these changes?", false)) {
                    return Confirmation.refused();
                }
            }
            request.put("plan", fingerprint == null ? String.valueOf(plan.get("fingerprint")) : fingerprint);
            Map<?, ?> done = client.post(path + "/apply", request);
            return report(session, PlanView.of(done), done);
        }
    }

    private static Report report(Session session, PlanView view, Map<?, ?> done) {
        String summary = view.summary("made");
        List<Line> lines = new ArrayList<>(view.lines(session.console().outLook()));
        lines.add(Line.of(Style.BOLD, summary));
        return Report.of(summary, lines, done);
    }
}
