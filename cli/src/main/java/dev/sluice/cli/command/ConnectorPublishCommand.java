package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.remote.ServerClient;
import dev.sluice.cli.session.DefinitionFile;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a version of a connector on a server of a manifest. */
@Command(
        name = "publish",
        header = "Make a manifest a connector of a workspace, or a new version of one.",
        customSynopsis = "sluice connector publish FILE --note TEXT [--server URL] [OPTIONS]",
        description = {
            "  sluice connector publish shop/ --note 'reads refunds too'",
            "  sluice connector publish shop/ --name Shop --version 1.2.0 --note x --ignore-warnings 'replayed in CI'"
        },
        footer = {
            "",
            "The project of the Connector Builder with that name is changed, or made. What was not tested there, and"
                    + " what",
            "changes for connections, is shown and needs a reason."
        })
final class ConnectorPublishCommand extends CliCommand {
    private static final String PROJECTS = "/api/sluice/v1/builder/projects";

    @Parameters(index = "0", paramLabel = "FILE", description = "The manifest, or its folder.")
    private String file = "";

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Option(names = "--name", paramLabel = "NAME", description = "The connector; default: the name of the folder.")
    private @Nullable String name;

    @Option(names = "--version", paramLabel = "VERSION", description = "How it is called; default: the next number.")
    private @Nullable String version;

    @Option(names = "--note", paramLabel = "TEXT", required = true, description = "What is new in it.")
    private String note = "";

    @Option(names = "--keep-active", description = "Do not use it yet; the active version stays.")
    private boolean keeps;

    @Option(names = "--ignore-warnings", paramLabel = "REASON", description = "Why it is published all the same.")
    private @Nullable String reason;

    ConnectorPublishCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        DefinitionFile definition = DefinitionFile.read(session.host().directory(), file);
        try (ServerClient client = server.client(session)) {
            String workspace = server.workspace(client);
            String path = PROJECTS + "/" + project(client, workspace, definition);
            Map<?, ?> impact = client.get(path + "/publish/impact");
            List<Line> lines = new ArrayList<>();
            boolean wrong = told(impact, lines);
            if (wrong || (!lines.isEmpty() && reason == null)) {
                String summary = wrong ? "it cannot be published like this" : "there are warnings";
                return new Report(
                        ExitCode.FAILED,
                        summary,
                        lines,
                        impact,
                        List.of(),
                        List.of(usage(
                                        summary,
                                        wrong
                                                ? "see `sluice connector lint " + file + "`"
                                                : "say with --ignore-warnings why it is to be published all the same")
                                .problem()),
                        List.of());
            }
            Map<String, Object> wish = new LinkedHashMap<>();
            wish.put("note", note);
            wish.put("activate", !keeps);
            if (version != null) {
                wish.put("version", version);
            }
            if (reason != null) {
                wish.put("ignoreWarnings", reason);
            }
            Map<?, ?> made = client.post(path + "/publish", wish);
            String summary = "published version " + made.get("version") + (keeps ? ", not in use yet" : "");
            lines.add(Line.of(Style.BOLD, summary));
            return Report.of(summary, lines, made);
        }
    }

    /** The project with the manifest in it. */
    private String project(ServerClient client, String workspace, DefinitionFile definition) {
        String wanted = name == null ? folder(definition.path()) : name;
        for (Object each : ServerClient.list(client.get(PROJECTS + "?workspaceId=" + workspace), "data")) {
            if (each instanceof Map<?, ?> project && wanted.equals(project.get("name"))) {
                String id = String.valueOf(project.get("projectId"));
                client.put(
                        PROJECTS + "/" + id,
                        Map.of(
                                "manifest",
                                definition.text(),
                                "revision",
                                Objects.requireNonNull(project.get("revision"))));
                return id;
            }
        }
        return String.valueOf(
                client.post(PROJECTS, Map.of("workspaceId", workspace, "name", wanted, "manifest", definition.text()))
                        .get("projectId"));
    }

    private static String folder(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        Path last = parent == null ? null : parent.getFileName();
        return last == null ? "connector" : last.toString();
    }

    /** What to know before; true if something keeps it from being published. */
    private static boolean told(Map<?, ?> impact, List<Line> lines) {
        boolean wrong = false;
        for (Object each : ServerClient.list(impact, "checks")) {
            Map<?, ?> check = (Map<?, ?>) each;
            boolean error = "error".equals(check.get("severity"));
            wrong |= error;
            lines.add(Line.of(error ? Style.BAD : Style.WARN, error ? "error" : "warning")
                    .plus("  " + check.get("message")));
        }
        for (Object each : ServerClient.list(impact, "breaking")) {
            Map<?, ?> change = (Map<?, ?>) each;
            lines.add(Line.of(Style.WARN, "changes").plus("  " + change.get("stream") + ": " + change.get("what")));
        }
        if (!lines.isEmpty()) {
            for (Object each : ServerClient.list(impact, "connections")) {
                Map<?, ?> connection = (Map<?, ?>) each;
                lines.add(Line.of("    " + connection.get("name")).plus(Style.DIM, "  " + connection.get("effect")));
            }
        }
        return wrong;
    }
}
