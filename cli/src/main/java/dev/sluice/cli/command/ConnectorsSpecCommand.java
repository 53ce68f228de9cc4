package dev.sluice.cli.command;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.registry.RegistryEntry;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the options of a connector. */
@Command(
        name = "spec",
        header = "Show the options of a connector.",
        customSynopsis = "sluice connectors spec NAME|--manifest FILE [OPTIONS]",
        description = {
            "  sluice connectors spec postgres",
            "  sluice connectors spec postgres --as destination -o json     its JSON schema",
            "  sluice connectors spec --manifest jira.yaml                  of a source that a manifest defines",
            "  sluice connectors spec source-jira --registry bundle/        of a registry, and how it runs here"
        })
final class ConnectorsSpecCommand extends CliCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The connector.")
    private String name = "";

    @Option(names = "--manifest", paramLabel = "FILE", description = "A manifest.yaml, as a file or an address.")
    private @Nullable String manifest;

    @Option(names = "--as", paramLabel = "ROLE", description = "source or destination; default: both.")
    private CheckCommand.@Nullable Role role;

    @Mixin
    private RegistryChoice choice = new RegistryChoice();

    ConnectorsSpecCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (choice.isNamed()) {
            return ofRegistry(session);
        }
        Map<String, Connector> found = found(session);
        List<Line> lines = new ArrayList<>();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        found.forEach((as, connector) -> {
            Object schema = Json.read(connector.spec());
            facts.put(as, schema);
            lines.add(Line.of(Style.BOLD, connector.title()).plus(" as a " + as));
            options(schema, "  ", lines);
        });
        return Report.of(manifest == null ? name : manifest, lines, facts);
    }

    /** The options as the registry has them, which are those of the connector itself. */
    private Report ofRegistry(Session session) {
        List<String> warnings = new ArrayList<>();
        RegistryEntry entry = choice.registry(session, warnings::add).named(name);
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connector", entry.origin().connector());
        facts.put(entry.source() ? "source" : "destination", entry.spec());
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.BOLD, entry.title()).plus(" " + entry.version() + ", " + entry.support()));
        lines.add(Line.of("connector: " + Json.line(entry.origin().connector())));
        options(entry.spec(), "  ", lines);
        return Report.of(name, lines, facts).withWarnings(warnings);
    }

    private Map<String, Connector> found(Session session) {
        if (manifest != null) {
            return Map.of("source", session.manifest(manifest));
        }
        if (name.isEmpty()) {
            throw Problem.of("E_USAGE", ProblemKind.CONFIG, "the name of a connector is missing")
                    .fix("see all with `sluice connectors list`, or write --manifest FILE")
                    .exception();
        }
        ConnectorRegistry registry = session.connectors();
        Map<String, Connector> found = new LinkedHashMap<>();
        ProblemException missing = null;
        if (role != CheckCommand.Role.DESTINATION) {
            try {
                found.put("source", registry.source(name));
            } catch (ProblemException noSource) {
                missing = noSource;
            }
        }
        if (role != CheckCommand.Role.SOURCE) {
            try {
                found.put("destination", registry.destination(name));
            } catch (ProblemException noDestination) {
                missing = missing == null ? noDestination : missing;
            }
        }
        if (found.isEmpty() && missing != null) {
            throw missing;
        }
        return found;
    }

    private static void options(@Nullable Object schema, String indent, List<Line> lines) {
        if (!(schema instanceof Map<?, ?> map) || !(map.get("properties") instanceof Map<?, ?> properties)) {
            return;
        }
        List<?> required = map.get("required") instanceof List<?> list ? list : List.of();
        properties.forEach((option, details) -> {
            if (details instanceof Map<?, ?> detail && !detail.containsKey("const")) {
                lines.add(line(String.valueOf(option), detail, required.contains(option), indent));
                if (detail.get("oneOf") instanceof List<?> groups) {
                    groups.forEach(group -> group(group, indent + "    ", lines));
                }
            }
        });
    }

    private static void group(@Nullable Object group, String indent, List<Line> lines) {
        if (group instanceof Map<?, ?> map && map.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((option, details) -> {
                if (details instanceof Map<?, ?> detail && detail.containsKey("const")) {
                    lines.add(Line.of(indent).plus(Style.DIM, option + ": " + detail.get("const")));
                }
            });
            options(map, indent + "  ", lines);
        }
    }

    private static Line line(String option, Map<?, ?> detail, boolean required, String indent) {
        List<String> words = new ArrayList<>();
        words.add(
                detail.get("enum") instanceof List<?> values
                        ? String.join(
                                " | ", values.stream().map(String::valueOf).toList())
                        : String.valueOf(detail.get("type")));
        if (required) {
            words.add("required");
        }
        if (Boolean.TRUE.equals(detail.get("airbyte_secret"))) {
            words.add("secret");
        }
        if (detail.containsKey("default")) {
            words.add("default " + Json.line(detail.get("default")));
        }
        Object description = detail.get("description") == null ? detail.get("title") : detail.get("description");
        return Line.of(indent)
                .plus(Line.of(Style.NAME, option).padded(24, false))
                .plus(" " + String.join(", ", words))
                .plus(Style.DIM, description == null ? "" : "  " + description);
    }
}
