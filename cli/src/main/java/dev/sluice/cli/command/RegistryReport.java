package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.registry.RegistryEntry;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connectors of a registry: their support levels, and how each runs here. */
final class RegistryReport {
    private RegistryReport() {}

    static Report of(Session session, List<RegistryEntry> entries) {
        Table table = new Table(
                Table.Column.text("name"),
                Table.Column.text("title"),
                Table.Column.text("version"),
                Table.Column.text("support"),
                Table.Column.text("runs"));
        List<Object> facts = new ArrayList<>();
        for (RegistryEntry each : entries) {
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
                Units.count(entries.size(), "connector", "connectors"),
                entries.isEmpty() ? List.of() : lines,
                Map.of("connectors", facts));
    }

    private static Map<String, Object> facts(RegistryEntry entry) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", entry.name());
        facts.put("title", entry.title());
        facts.put("role", entry.source() ? "source" : "destination");
        facts.put("version", entry.version());
        facts.put("support", entry.support());
        facts.put("runs", entry.origin().words());
        facts.put("connector", entry.origin().connector());
        return facts;
    }
}
