package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes all that a server knows into a file. */
@Command(
        name = "export",
        header = "Write all that a server knows into a file, to be imported elsewhere.",
        customSynopsis = "sluice server export FILE [--data DIR] [OPTIONS]",
        description = {"  sluice server export sluice.gz", "  sluice server export sluice.gz --data /srv/sluice"},
        footer = {
            "",
            "Secrets stay encrypted in it. Whoever imports the file needs secret-keys.json from the data",
            "directory too; keep both apart."
        })
final class ServerExportCommand extends CliCommand {
    @Parameters(paramLabel = "FILE", description = "The file, which must not be there yet.")
    private Path file = Path.of("");

    @Mixin
    private ServerPlace place = new ServerPlace();

    ServerExportCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        Path path = host().directory().resolve(file);
        Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        try {
            if (Files.exists(path)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            long rows;
            try (OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW)) {
                rows = ServerPlace.program().write(place.wish(session), out, host().clock());
            } catch (RuntimeException failure) {
                Files.deleteIfExists(unfinished);
                throw failure;
            }
            Files.move(unfinished, path);
            String summary = "wrote " + Units.count(rows, "row", "rows");
            return Report.of(
                    summary,
                    List.of(Line.of(summary + " to ").plus(Style.NAME, file.toString())),
                    Map.of("rows", rows, "file", path.toString()));
        } catch (FileAlreadyExistsException there) {
            throw usage("there is a file " + there.getMessage() + " already", "name another one, or move it away");
        } catch (IOException cause) {
            throw Problem.of("E_FILE_WRITE", ProblemKind.RESOURCE, "the file cannot be written")
                    .at(path.toString())
                    .because(cause.getMessage())
                    .exception(cause);
        }
    }
}
