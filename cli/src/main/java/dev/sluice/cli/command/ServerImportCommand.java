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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Fills an empty server with what was written of another one. */
@Command(
        name = "import",
        header = "Fill an empty server with what was exported from another one.",
        customSynopsis = "sluice server import FILE [--data DIR] [OPTIONS]",
        description = {
            "  sluice server import sluice.gz --data /srv/sluice-2",
            "  SLUICE_STORE=postgresql://sluice:secret@db/sluice sluice server import sluice.gz"
        },
        footer = {
            "",
            "Copy secret-keys.json from the old data directory into the new one as well: it opens the secrets.",
            "Nothing is changed unless all of the file can be taken."
        })
final class ServerImportCommand extends CliCommand {
    @Parameters(paramLabel = "FILE", description = "The file that `sluice server export` wrote.")
    private Path file = Path.of("");

    @Mixin
    private ServerPlace place = new ServerPlace();

    ServerImportCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        Path path = host().directory().resolve(file);
        try (InputStream in = Files.newInputStream(path)) {
            long rows = ServerPlace.program().read(place.wish(session), in, host().clock());
            String summary = "took " + Units.count(rows, "row", "rows");
            return Report.of(
                    summary,
                    List.of(Line.of(summary + " from ").plus(Style.NAME, file.toString())),
                    Map.of("rows", rows));
        } catch (IOException cause) {
            throw Problem.of("E_FILE_READ", ProblemKind.RESOURCE, "the file cannot be read")
                    .at(path.toString())
                    .because(cause.getMessage())
                    .exception(cause);
        }
    }
}
