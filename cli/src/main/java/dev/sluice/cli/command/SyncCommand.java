package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs connections of a project file. */
@Command(
        name = "sync",
        header = "Run the connections of a project file.",
        customSynopsis = "sluice sync [FILE] [CONNECTION...] [OPTIONS]",
        description = {
            "  sluice sync                                   all connections of ./sluice.yaml",
            "  sluice sync shop.yaml orders-to-lake          one of them",
            "  sluice sync shop.yaml --stream 'public.*'     some of the streams",
            "  sluice sync shop.yaml -o json | jq .summary   for programs"
        })
final class SyncCommand extends CliCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Project file; default: sluice.yaml.")
    private @Nullable String file;

    @Parameters(index = "1..*", paramLabel = "CONNECTION", description = "Only these connections.")
    private List<String> connections = List.of();

    @Mixin
    private SomeStreams streams = new SomeStreams();

    @Mixin
    private RunFlags flags = new RunFlags();

    SyncCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        String label = file == null ? Choice.USUAL_FILE : file;
        Project project = session.project(label);
        List<ConnectionWish> wishes = project.chosen(connections).stream()
                .map(entry -> session.wish(project, entry))
                .toList();
        return new Runs(session).run(wishes, flags.wish(streams.names(), false), typed());
    }
}
