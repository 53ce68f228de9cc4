package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the connectors. */
@Command(
        name = "list",
        header = "List the sources and destinations of this installation, or of a registry.",
        customSynopsis = "sluice connectors list [--registry PLACE] [OPTIONS]",
        description = {
            "  sluice connectors list",
            "  sluice connectors list -o json",
            "  sluice connectors list --registry bundle/               what a registry has, and how each runs here"
        })
final class ConnectorsListCommand extends CliCommand {
    @Mixin
    private RegistryChoice choice = new RegistryChoice();

    ConnectorsListCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (choice.isNamed()) {
            List<String> notes = new ArrayList<>();
            return RegistryReport.of(
                            session, choice.registry(session, notes::add).entries())
                    .withWarnings(notes);
        }
        Map<String, Connector> byName = new TreeMap<>();
        Map<String, List<String>> roles = new TreeMap<>();
        session.connectors().sources().forEach(each -> add(each, "source", byName, roles));
        session.connectors().destinations().forEach(each -> add(each, "destination", byName, roles));
        Table table = new Table(
                Table.Column.text("name"),
                Table.Column.text("title"),
                Table.Column.text("is a"),
                Table.Column.text("summary").optional(1));
        List<Object> facts = new ArrayList<>();
        byName.forEach((name, connector) -> {
            List<String> of = roles.getOrDefault(name, List.of());
            table.add(List.of(
                    Line.of(Style.NAME, name),
                    Line.of(connector.title()),
                    Line.of(String.join(", ", of)),
                    Line.of(Style.DIM, connector.summary())));
            facts.add(facts(connector, of));
        });
        List<String> warnings = session.connectors().problems().stream()
                .map(ConnectorsListCommand::words)
                .toList();
        List<Line> lines = table.lines(
                session.console().outLook(), session.console().terminal().width());
        String summary = Units.count(byName.size(), "connector", "connectors");
        return Report.of(summary, lines, Map.of("connectors", facts)).withWarnings(warnings);
    }

    private static void add(
            Connector connector, String role, Map<String, Connector> byName, Map<String, List<String>> roles) {
        byName.putIfAbsent(connector.name(), connector);
        roles.computeIfAbsent(connector.name(), name -> new ArrayList<>()).add(role);
    }

    private static Map<String, Object> facts(Connector connector, List<String> roles) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", connector.name());
        facts.put("title", connector.title());
        facts.put("roles", roles);
        facts.put("summary", connector.summary());
        return facts;
    }

    private static String words(Problem problem) {
        return problem.message() + ": " + problem.where() + ": " + problem.why();
    }
}
