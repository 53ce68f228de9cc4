package dev.sluice.cli.command;

import dev.sluice.cli.kit.JavaProject;
import dev.sluice.cli.kit.Kit;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the beginning of a connector. */
@Command(
        name = "new",
        header = "Begin a connector: a project with one that works, its tests, and commands to build and try it.",
        customSynopsis = "sluice connector new NAME --java [--source|--destination] [OPTIONS]",
        description = {
            "  sluice connector new my-shop --java                 a source in Java that reads a web service",
            "  sluice connector new my-lake --java --destination   a destination in Java",
            "  cd my-shop && ./build && ./try"
        })
final class ConnectorNewCommand extends CliCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Its name in project files, such as my-shop.")
    private String name = "";

    @Option(names = "--java", description = "A Maven project in Java.")
    private boolean java;

    @Option(names = "--source", description = "With --java: a source; so it is without either.")
    private boolean source;

    @Option(names = "--destination", description = "With --java: a destination.")
    private boolean destination;

    @Option(names = "--package", paramLabel = "PACKAGE", description = "With --java: the package of the code.")
    private @Nullable String packageName;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where to write it; default: a folder of that name.")
    private @Nullable Path folder;

    ConnectorNewCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (!java) {
            throw usage(
                    "say what it shall be written in", "a project in Java: sluice connector new " + name + " --java");
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
