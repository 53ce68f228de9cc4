package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.registry.Registry;
import dev.sluice.cli.registry.RegistryEntry;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Searches a registry of connectors. */
@Command(
        name = "search",
        header = "Search a registry for connectors, and show how each runs here.",
        customSynopsis = "sluice connectors search [WORD...] --registry PLACE [OPTIONS]",
        description = {
            "  sluice connectors search jira --registry oss_registry.json",
            "  sluice connectors search certified manifest --registry bundle/",
            "  SLUICE_REGISTRY=https://... sluice connectors search postgres -o json"
        })
final class ConnectorsSearchCommand extends CliCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", description = "Words that its name has to hold; default: all.")
    private List<String> words = List.of();

    @Mixin
    private RegistryChoice choice = new RegistryChoice();

    ConnectorsSearchCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        List<String> warnings = new ArrayList<>();
        Registry registry = choice.registry(session, warnings::add);
        List<RegistryEntry> found = registry.search(words);
        Table table = new Table(
                Table.Column.text("name"),
                Table.Column.text("title"),
                Table.Column.text("version"),
                Table.Column.text("support"),
                Table.Column.text("runs"));
        List<Object> facts = new ArrayList<>();
        for (RegistryEntry each : found) {
            table.add(List.of(
                    Line.of(Style.NAME, each.name()),
                    Line.of(each.title()),
                    Line.of(each.version()),
                    Line.of(each.support()),
                    Line.of(Style.DIM, each.origin().words())));
            facts.add(facts(each));
        }
        List<Line> lines = table.lines(
                session.console().outLook(), session.console().terminal().width());
        return Report.of(
                        Units.count(found.size(), "connector", "connectors"),
                        found.isEmpty() ? List.of() : lines,
                        Map.of("connectors", facts))
                .withWarnings(warnings);
    }

    private static Map<String, Object> facts(RegistryEntry entry) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", entry.name());
        facts.put("title", entry.title());
        facts.put("role", entry.source() ? "source" : "destination");
        facts.put("version", entry.version());
        facts.put("support", entry.support());
        facts.put("connector", entry.origin().connector());
        return facts;
    }
}
