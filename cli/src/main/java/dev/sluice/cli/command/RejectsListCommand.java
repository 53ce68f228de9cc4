package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.RejectGroup;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists rejected records by reason. */
@Command(
        name = "list",
        header = "List rejected records by run, stream and reason.",
        customSynopsis = "sluice rejects list [FILE] [CONNECTION] [OPTIONS]",
        description = {"  sluice rejects list shop.yaml", "  sluice rejects list shop.yaml --stream orders -o json"})
final class RejectsListCommand extends CliCommand {
    @Mixin
    private Choice choice = new Choice();

    @Option(names = "--stream", paramLabel = "NAME", description = "Only this stream.")
    private @Nullable String stream;

    RejectsListCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        Table table = new Table(
                Table.Column.text("run"),
                Table.Column.text("stream"),
                Table.Column.text("reason"),
                Table.Column.number("records"),
                Table.Column.text("for example").optional(1));
        List<Object> facts = new ArrayList<>();
        long count = 0;
        Choice.Remembered last = null;
        for (Choice.Remembered remembered : choice.remembered(session)) {
            for (RejectGroup group : groups(session, remembered)) {
                table.add(List.of(
                        Line.of(group.startedAt()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()),
                        Line.of(Style.NAME, group.stream().toString()),
                        Line.of(group.code().isEmpty() ? "counted, not kept" : group.code()),
                        Line.of(Units.count(group.records())),
                        Line.of(Style.DIM, group.example()).cut(60, "...")));
                facts.add(facts(remembered.name(), group));
                count += group.records();
                last = remembered;
            }
        }
        String summary = Units.count(count, "rejected record", "rejected records");
        List<Line> hints = last == null
                ? List.of()
                : List.of(Line.of(Style.DIM, "next: ").plus(Style.BOLD, "sluice rejects show " + last.arguments()));
        List<Line> lines = count == 0
                ? List.of(Line.of("No rejected records are kept."))
                : table.lines(
                        session.console().outLook(),
                        session.console().terminal().width());
        return Report.of(summary, lines, Map.of("groups", facts)).withHints(hints);
    }

    private List<RejectGroup> groups(Session session, Choice.Remembered remembered) {
        return remembered.look(
                session, store -> store.map(known -> known.rejectGroups(stream)).orElse(List.of()));
    }

    private static Map<String, @Nullable Object> facts(String connection, RejectGroup group) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connection", connection);
        facts.put("sync_id", group.syncId());
        facts.put("started_at", group.startedAt().toString());
        facts.put("stream", group.stream().toString());
        facts.put("code", group.code().isEmpty() ? null : group.code());
        facts.put("records", group.records());
        facts.put("example", group.example());
        return facts;
    }
}
