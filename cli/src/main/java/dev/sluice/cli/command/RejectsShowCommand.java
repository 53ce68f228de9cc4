package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.KeptReject;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.spi.runtime.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows rejected records one by one. */
@Command(
        name = "show",
        header = "Show rejected records, each with its place, its reason and its own text.",
        customSynopsis = "sluice rejects show [FILE] [CONNECTION] [OPTIONS]",
        description = {
            "  sluice rejects show shop.yaml --stream orders --limit 5",
            "  sluice rejects show shop.yaml --id 17                     one of them whole",
            "  sluice rejects show shop.yaml -o ndjson > rejects.ndjson"
        })
final class RejectsShowCommand extends CliCommand {
    private static final int SHOWN_TEXT = 200;

    @Mixin
    private Choice choice = new Choice();

    @Mixin
    private RejectChoice rejects = new RejectChoice();

    @Option(names = "--limit", paramLabel = "N", description = "How many at most; default: 20.")
    private int limit = 20;

    @Option(names = "--whole", description = "Show each text whole.")
    private boolean whole;

    @Option(names = "--all", description = "Also those that were replayed, or that a newer copy made void.")
    private boolean all;

    RejectsShowCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (limit < 1) {
            throw usage("--limit takes a number above 0", "leave it out for 20");
        }
        List<Line> lines = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        for (Choice.Remembered remembered : choice.remembered(session)) {
            for (KeptReject kept : kept(session, remembered)) {
                lines.addAll(lines(kept));
                facts.add(RejectFacts.of(remembered.name(), kept));
            }
        }
        if (lines.isEmpty()) {
            lines.add(Line.of("No rejected records are kept."));
        }
        return Report.of(Units.count(facts.size(), "rejected record", "rejected records"), lines, facts);
    }

    private static String cut(String text) {
        return text.length() > SHOWN_TEXT ? text.substring(0, SHOWN_TEXT) + "..." : text;
    }

    private List<KeptReject> kept(Session session, Choice.Remembered remembered) {
        // Whoever names a record wants to see it, however it stands.
        boolean settled = all || !rejects.filter(false).ids().isEmpty();
        return remembered.look(
                session,
                store -> store.map(known -> known.rejects(rejects.filter(settled), limit))
                        .orElse(List.of()));
    }

    private List<Line> lines(KeptReject kept) {
        RejectedRecord record = kept.record();
        String text = RejectFacts.shown(record);
        Line head = Line.of(Style.DIM, "#" + kept.id() + "  ")
                .plus(Style.NAME, kept.stream().toString())
                .plus("  " + record.place())
                .plus(Style.DIM, "  " + record.code());
        byte[] made = record.mapped();
        Stream<String> mapped = made == null ? Stream.of() : Stream.of(new String(made, StandardCharsets.UTF_8));
        if (!whole && rejects.filter(false).ids().isEmpty()) {
            Stream<Line> first = Stream.of(
                    head,
                    Line.of("  " + record.reason()),
                    Line.of(Style.DIM, "  | ").plus(cut(text)));
            return Stream.concat(
                            first,
                            mapped.map(json -> Line.of(Style.DIM, "  sent: ").plus(cut(json))))
                    .toList();
        }
        Stream<Line> own = text.lines().map(line -> Line.of(Style.DIM, "  | ").plus(line));
        Stream<Line> rest = record.isCut()
                ? Stream.of(Line.of(
                        Style.WARN,
                        "  the first " + record.original().length + " of its " + record.size() + " bytes are kept"))
                : Stream.of();
        String when = "  rejected at " + kept.rejectedAt() + " by run " + kept.syncId() + ", "
                + kept.state().key();
        Stream<Line> sent = mapped.map(json -> Line.of(Style.DIM, "  sent: ").plus(json));
        return Stream.of(Stream.of(head, Line.of("  " + record.reason()), Line.of(Style.DIM, when)), own, rest, sent)
                .flatMap(each -> each)
                .toList();
    }
}
