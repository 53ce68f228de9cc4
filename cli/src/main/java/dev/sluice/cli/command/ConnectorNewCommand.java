package dev.sluice.cli.command;

import dev.sluice.cli.kit.JavaProject;
import dev.sluice.cli.kit.Kit;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.lowcode.imports.CurlImport;
import dev.sluice.lowcode.imports.Imported;
import dev.sluice.lowcode.imports.OpenApiImport;
import dev.sluice.lowcode.imports.Operation;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the beginning of a connector. */
@Command(
        name = "new",
        header = "Begin a connector: a project in Java with one that works and its tests, or a manifest out of what"
                + " there is.",
        customSynopsis = {
            "sluice connector new NAME --java [--source|--destination] [OPTIONS]",
            "       sluice connector new NAME --curl COMMAND | --openapi FILE [OPTIONS]"
        },
        description = {
            "  sluice connector new my-shop --java                 a source in Java that reads a web service",
            "  sluice connector new my-lake --java --destination   a destination in Java",
            "  cd my-shop && ./build && ./try",
            "  sluice connector new shop --curl \"curl 'https://api.example.com/v1/items?page=1' -H 'X-Api-Key: ...'\"",
            "  sluice connector new shop --openapi openapi.json --operations        what there is",
            "  sluice connector new shop --openapi openapi.json --operation listItems,listOrders"
        })
final class ConnectorNewCommand extends CliCommand {
    private static final int MOST_BYTES = 16 << 20;
    private static final int WIDTH = 120;

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name in project files, such as my-shop.")
    private String name = "";

    @Option(names = "--java", description = "A Maven project in Java.")
    private boolean java;

    @Option(names = "--source", description = "With --java: a source; so it is without either.")
    private boolean source;

    @Option(names = "--destination", description = "With --java: a destination.")
    private boolean destination;

    @Option(names = "--curl", paramLabel = "COMMAND", description = "A manifest out of a command of cURL.")
    private @Nullable String curl;

    @Option(
            names = "--openapi",
            paramLabel = "FILE",
            description = "A manifest out of a document of OpenAPI or Swagger.")
    private @Nullable Path openApi;

    @Option(
            names = "--operation",
            paramLabel = "ID",
            split = ",",
            description = "With --openapi: these become streams; default: those that answer with lists.")
    private List<String> operations = List.of();

    @Option(names = "--operations", description = "With --openapi: only list what could become a stream.")
    private boolean list;

    @Option(names = "--package", paramLabel = "PACKAGE", description = "With --java: the package of the code.")
    private @Nullable String packageName;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where to write it; default: a folder of that name.")
    private @Nullable Path folder;

    ConnectorNewCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        Path document = openApi;
        if (curl != null) {
            return manifest(session, CurlImport.of(curl));
        }
        if (document != null) {
            String text = text(session.host().directory().resolve(document));
            return list
                    ? listed(OpenApiImport.operations(text))
                    : manifest(session, OpenApiImport.of(text, operations));
        }
        if (!java) {
            throw usage(
                    "say what it shall be made of",
                    "--java for a project, --curl or --openapi for a manifest out of what there is");
        }
        if (source && destination) {
            throw usage("--source and --destination do not go together", "make two projects");
        }
        JavaProject.Names names =
                packageName == null ? JavaProject.Names.of(name) : new JavaProject.Names(name, packageName);
        JavaProject.Kind kind = destination ? JavaProject.Kind.DESTINATION : JavaProject.Kind.SOURCE;
        requireNewName(session, kind);
        Path place = session.host().directory().resolve(folder == null ? Path.of(name) : folder);
        return told(place, new JavaProject(Kit.here(), names).write(kind, place));
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw usage(file + " has more than " + MOST_BYTES + " bytes", "take the part of it that is needed");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw usage(
                    file + " cannot be read as text: " + unreadable.getMessage(), "give the file with the document");
        }
    }

    private static Report listed(List<Operation> operations) {
        Table table = new Table(Table.Column.text("operation"), Table.Column.text("stream"), Table.Column.text("path"));
        List<Map<String, @Nullable Object>> facts = new ArrayList<>();
        for (Operation each : operations) {
            Style style = each.suggested() ? Style.NAME : Style.DIM;
            table.add(List.of(Line.of(style, each.id()), Line.of(each.streamName()), Line.of(each.path())));
            Map<String, @Nullable Object> fact = new LinkedHashMap<>();
            fact.put("id", each.id());
            fact.put("path", each.path());
            fact.put("summary", each.summary());
            fact.put("suggested", each.suggested());
            fact.put("stream", each.streamName());
            facts.add(fact);
        }
        return Report.of(operations.size() + " operations that read", table.lines(Look.BARE, WIDTH), facts);
    }

    /** Writes the manifest, and says what was guessed and what values it wants. */
    private Report manifest(Session session, Imported imported) {
        Path file = session.host()
                .directory()
                .resolve(folder == null ? Path.of("") : folder)
                .resolve(name + ".yaml");
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, imported.manifest(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw usage(file + " is there already", "take another name, or remove it");
        } catch (IOException failed) {
            throw Problem.of("E_PROJECT_FOLDER", ProblemKind.RESOURCE, "the manifest cannot be written")
                    .at(file.toString())
                    .because(failed.getMessage())
                    .exception(failed);
        }
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.BOLD, "Made " + file));
        imported.notes().forEach(note -> lines.add(Line.of("  ").plus(Style.WARN, note)));
        if (!imported.inputs().isEmpty()) {
            lines.add(Line.of("  Left out of it, to be given as options: "
                    + String.join(", ", new TreeSet<>(imported.inputs().keySet()))));
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("file", file.toString());
        result.put("notes", imported.notes());
        result.put("inputs", new TreeSet<>(imported.inputs().keySet()));
        return Report.of("Made " + file, lines, result);
    }

    /** A plug-in with the name of another one would take its place, or never be found. */
    private void requireNewName(Session session, JavaProject.Kind kind) {
        boolean taken = switch (kind) {
            case SOURCE ->
                session.connectors().sources().stream()
                        .anyMatch(each -> each.name().equals(name));
            case DESTINATION ->
                session.connectors().destinations().stream()
                        .anyMatch(each -> each.name().equals(name));
        };
        if (taken) {
            throw usage("there is a connector " + name + " already", "see all with `sluice connectors list`");
        }
    }

    private static Report told(Path place, List<String> files) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.BOLD, "Made a project of " + files.size() + " files in " + place));
        lines.add(Line.of("  ./build    compiles it, runs its contract suite, and puts the plug-in together"));
        lines.add(Line.of("  ./try      installs it here and syncs with it"));
        lines.add(Line.of("  README.md  says what to change where"));
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("folder", place.toString());
        result.put("files", files);
        return Report.of("Made " + place, lines, result);
    }
}
