package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.RejectGroup;
import dev.sluice.cli.state.RejectState;
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

    @Mixin
    private RejectChoice rejects = new RejectChoice();

    @Option(names = "--all", description = "Also those that were replayed, or that a newer copy made void.")
    private boolean all;

    RejectsListCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        Table table = new Table(
                Table.Column.text("run"),
                Table.Column.text("began").optional(3),
                Table.Column.text("stream"),
                Table.Column.text("reason"),
                Table.Column.number("records"),
                Table.Column.text("state").optional(2),
                Table.Column.text("for example").optional(1));
        List<Object> facts = new ArrayList<>();
        long count = 0;
        Choice.Remembered last = null;
        for (Choice.Remembered remembered : choice.remembered(session)) {
            for (RejectGroup group : groups(session, remembered)) {
                table.add(row(group));
                facts.add(facts(remembered.name(), group));
                count += group.count().records();
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
                session,
                store -> store.map(known -> known.rejectGroups(rejects.filter(all)))
                        .orElse(List.of()));
    }

    private static List<Line> row(RejectGroup group) {
        long lost = group.count().records() - group.count().kept();
        String words = Units.count(group.count().records());
        return List.of(
                Line.of(Long.toString(group.run().syncId())),
                Line.of(group.run().startedAt().truncatedTo(ChronoUnit.SECONDS).toString()),
                Line.of(Style.NAME, group.stream().toString()),
                Line.of(group.field() == null ? group.code() : group.code() + " in " + group.field()),
                Line.of(lost == 0 ? words : words + " (" + Units.count(lost) + " not kept)"),
                Line.of(words(group.state())),
                Line.of(Style.DIM, group.example()).cut(60, "..."));
    }

    private static String words(RejectState state) {
        return switch (state) {
            case OPEN -> "";
            case PENDING -> "not committed";
            case SUPERSEDED -> "void: copied anew since";
            case REPLAYED -> "replayed";
        };
    }

    private static Map<String, @Nullable Object> facts(String connection, RejectGroup group) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connection", connection);
        facts.put("sync_id", group.run().syncId());
        facts.put("started_at", group.run().startedAt().toString());
        facts.put("stream", group.stream().toString());
        facts.put("code", group.code());
        facts.put("field", group.field());
        facts.put("state", group.state().key());
        facts.put("records", group.count().records());
        facts.put("kept", group.count().kept());
        facts.put("example", group.example());
        return facts;
    }
}
