package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.remote.ProjectYaml;
import dev.sluice.cli.remote.ServerClient;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what a server has as a project file. */
@Command(
        name = "export",
        header = "Write what a server has as a project file, without secrets.",
        customSynopsis = "sluice export [--server URL] [--out FILE] [OPTIONS]",
        description = {"  sluice export > shop.yaml", "  sluice export --server https://sluice.example --out shop.yaml"
        })
final class ExportCommand extends CliCommand {
    @Mixin
    private ServerChoice server = new ServerChoice();

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file, which must not be there yet.")
    private @Nullable Path file;

    ExportCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        ProjectYaml.Written written;
        try (ServerClient client = server.client(session)) {
            written = ProjectYaml.of(client.get(server.projectPath(client)));
        }
        written.notes().forEach(session.reporter()::warn);
        List<Line> lines = new ArrayList<>();
        if (file == null) {
            written.text().lines().forEach(line -> lines.add(Line.of(line)));
        } else {
            save(host().directory().resolve(file), written.text());
            lines.add(Line.of("Wrote ").plus(Style.NAME, file.toString()));
        }
        Report report = Report.of(
                "the server is written as a project file",
                lines,
                Map.of("project", written.text(), "variables", written.variables()));
        return written.variables().isEmpty()
                ? report
                : report.withHints(List.of(
                        Line.of("set the secrets before you apply it: " + String.join(", ", written.variables()))));
    }

    private static void save(Path path, String text) {
        try {
            Files.writeString(path, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw usage("there is a file " + path + " already", "name another one, or move it away");
        } catch (IOException cause) {
            throw Problem.of("E_FILE_WRITE", ProblemKind.RESOURCE, "the project file cannot be written")
                    .at(path.toString())
                    .because(cause.getMessage())
                    .exception(cause);
        }
    }
}
