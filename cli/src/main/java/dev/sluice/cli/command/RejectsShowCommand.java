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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
            "  sluice rejects show shop.yaml -o ndjson > rejects.ndjson"
        })
final class RejectsShowCommand extends CliCommand {
    private static final int SHOWN_TEXT = 200;

    @Mixin
    private Choice choice = new Choice();

    @Option(names = "--stream", paramLabel = "NAME", description = "Only this stream.")
    private @Nullable String stream;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most; default: 20.")
    private int limit = 20;

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
                facts.add(facts(remembered.name(), kept));
            }
        }
        if (lines.isEmpty()) {
            lines.add(Line.of("No rejected records are kept."));
        }
        return Report.of(Units.count(facts.size(), "rejected record", "rejected records"), lines, facts);
    }

    private List<KeptReject> kept(Session session, Choice.Remembered remembered) {
        return remembered.look(
                session,
                store -> store.map(known -> known.rejects(stream, limit)).orElse(List.of()));
    }

    private static List<Line> lines(KeptReject kept) {
        RejectedRecord record = kept.record();
        String text = text(record);
        return List.of(
                Line.of(Style.NAME, kept.stream().toString())
                        .plus("  " + record.place())
                        .plus(Style.DIM, "  " + record.code()),
                Line.of("  " + record.reason()),
                Line.of(Style.DIM, "  | ")
                        .plus(text.length() > SHOWN_TEXT ? text.substring(0, SHOWN_TEXT) + "..." : text));
    }

    private static String text(RejectedRecord record) {
        return new String(record.original(), StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> facts(String connection, KeptReject kept) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connection", connection);
        facts.put("sync_id", kept.syncId());
        facts.put("stream", kept.stream().toString());
        facts.put("place", kept.record().place());
        facts.put("code", kept.record().code());
        facts.put("reason", kept.record().reason());
        facts.put("original", text(kept.record()));
        return facts;
    }
}
