package dev.sluice.cli.command;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.KeptReject;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.shelf.RejectTable;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes rejected records into a file, to be looked at, mended and given back. */
@Command(
        name = "export",
        header = "Write rejected records as JSON lines or CSV, or into a table.",
        customSynopsis = {
            "sluice rejects export [FILE] [CONNECTION] --into FILE|- [OPTIONS]",
            "sluice rejects export [FILE] [CONNECTION] --destination NAME|URI [OPTIONS]"
        },
        description = {
            "  sluice rejects export shop.yaml --into bad.jsonl             to mend them and give them back",
            "  sluice rejects export shop.yaml --stream orders --into bad.csv",
            "  sluice rejects export shop.yaml --into - | jq .reason",
            "  sluice rejects export shop.yaml --destination warehouse     a row a record, in a table"
        })
final class RejectsExportCommand extends CliCommand {
    private static final List<String> CSV_COLUMNS = List.of(
            RejectFacts.ID,
            "connection",
            "stream",
            "sync_id",
            "state",
            "place",
            "code",
            "field",
            "reason",
            "rejected_at");

    @Mixin
    private Choice choice = new Choice();

    @Mixin
    private RejectChoice rejects = new RejectChoice();

    @Option(names = "--into", paramLabel = "FILE", description = "A new file, or - for standard output.")
    private @Nullable String into;

    @Option(
            names = "--destination",
            paramLabel = "NAME",
            description = "A destination of the project, or an address: a table of it gets a row a record, however they"
                    + " stand.")
    private @Nullable String to;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "What that table is called; default: rejected_records.")
    private String table = RejectTable.NAME;

    @Option(names = "--form", paramLabel = "FORM", description = "jsonl or csv; default: by the file's ending.")
    private @Nullable Form form;

    /** The forms as they are typed. */
    enum Form {
        JSONL,
        CSV
    }

    RejectsExportCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if ((into == null) == (to == null)) {
            throw usage(
                    "it has to be said where the records go",
                    "name a file with --into, or a destination with --destination");
        }
        return to == null
                ? export(session, Objects.requireNonNull(into))
                : new RejectTableRun(session, choice, rejects.filter(true)).run(to, table, typed());
    }

    private Report export(Session session, String into) {
        List<String> lines = new ArrayList<>();
        Form wanted = form != null ? form : into.toLowerCase(Locale.ROOT).endsWith(".csv") ? Form.CSV : Form.JSONL;
        if (wanted == Form.CSV) {
            lines.add(String.join(",", CSV_COLUMNS) + "," + RejectFacts.ORIGINAL + "," + RejectFacts.MAPPED);
        }
        int records = 0;
        for (Choice.Remembered remembered : choice.remembered(session)) {
            List<KeptReject> kept = remembered.look(
                    session,
                    store -> store.map(known -> known.rejects(rejects.filter(false), Integer.MAX_VALUE))
                            .orElse(List.of()));
            for (KeptReject each : kept) {
                Map<String, @Nullable Object> facts = RejectFacts.of(remembered.name(), each);
                lines.add(wanted == Form.CSV ? csv(facts, each) : Json.line(facts));
                records++;
            }
        }
        return into.equals("-") ? print(session, lines) : write(session, into, lines, records);
    }

    /** The records are the result, so nothing else goes to standard output. */
    private static Report print(Session session, List<String> lines) {
        session.console().leaveOutput();
        PrintStream out = new PrintStream(session.host().streams().out(), false, StandardCharsets.UTF_8);
        lines.forEach(line -> out.append(line).append('\n'));
        out.flush();
        return Report.of("", List.of(), null);
    }

    private Report write(Session session, String into, List<String> lines, int records) {
        Path file = session.host().directory().resolve(into);
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
            for (String line : lines) {
                out.append(line).append('\n');
            }
        } catch (FileAlreadyExistsException there) {
            throw usage("there is a file " + into + " already", "name another one with --into");
        } catch (IOException cause) {
            throw Problem.of("E_EXPORT", ProblemKind.RESOURCE, "the file cannot be written")
                    .at(into)
                    .because(cause.toString())
                    .exception(cause);
        }
        String done = Units.count(records, "rejected record", "rejected records") + " written to " + into;
        String again = "sluice rejects replay --mended " + Session.quoted(into);
        return Report.of(done, List.of(Line.of(done)), Map.of("records", records, "file", file.toString()))
                .withHints(
                        records == 0
                                ? List.of()
                                : List.of(Line.of(Style.DIM, "next: ")
                                        .plus(Style.BOLD, again)
                                        .plus(Style.DIM, "  (gives them back once they are mended; JSON lines only)")));
    }

    private static String csv(Map<String, @Nullable Object> facts, KeptReject kept) {
        String known = CSV_COLUMNS.stream()
                .map(column -> cell(Objects.toString(facts.get(column), "")))
                .collect(Collectors.joining(","));
        byte[] mapped = kept.record().mapped();
        return known + "," + cell(RejectFacts.shown(kept.record())) + ","
                + cell(mapped == null ? "" : new String(mapped, StandardCharsets.UTF_8));
    }

    /** A cell that a spreadsheet takes for text and not for a formula. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(character -> ",\"\n\r".indexOf(character) >= 0)
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
