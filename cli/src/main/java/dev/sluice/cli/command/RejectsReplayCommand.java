package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Interrupts;
import dev.sluice.cli.session.MendedRecords;
import dev.sluice.cli.session.ReplayResult;
import dev.sluice.cli.session.Replayer;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.run.ReplayRun;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.runtime.RejectedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries rejected records again. */
@Command(
        name = "replay",
        header = "Try rejected records again, after their cause was mended.",
        customSynopsis = "sluice rejects replay [FILE] [CONNECTION] [OPTIONS]",
        description = {
            "  sluice rejects replay shop.yaml --stream orders          by the settings of now",
            "  sluice rejects replay shop.yaml --dry-run                what would arrive; writes nothing",
            "  sluice rejects replay shop.yaml --mended bad.jsonl       as they were mended in an export"
        })
final class RejectsReplayCommand extends CliCommand {
    private static final int MOST_TOLD = 5;

    @Mixin
    private OneConnection connection = new OneConnection();

    @Mixin
    private RejectChoice rejects = new RejectChoice();

    @Option(names = "--mended", paramLabel = "FILE", description = "An export in which `row` or `original` was mended.")
    private @Nullable String mended;

    @Option(names = "--dry-run", description = "Say what would arrive and what would not, and write nothing.")
    private boolean dryRun;

    RejectsReplayCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        MendedRecords given = mended == null
                ? MendedRecords.NONE
                : MendedRecords.read(session.host().directory().resolve(mended), mended);
        ConnectionWish wish = connection.wish(session);
        StopSignal stop = new StopSignal();
        List<ReplayResult> results;
        try (Interrupts interrupts =
                Interrupts.watch(stop, session.console(), session.host().signals())) {
            Objects.requireNonNull(interrupts);
            results = new Replayer(session, stop, given, dryRun).run(wish, rejects.filter(false));
        }
        return report(wish, results, dryRun);
    }

    private static Report report(ConnectionWish wish, List<ReplayResult> results, boolean dry) {
        List<Line> lines = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        long written = 0;
        long again = 0;
        for (ReplayResult result : results) {
            lines.addAll(lines(result, dry));
            facts.add(facts(result, dry));
            ReplayRun.Replayed outcome = result.outcome();
            if (outcome != null) {
                written += outcome.written();
                again += outcome.again().size();
            }
            Problem problem = result.problem();
            if (problem != null) {
                problems.add(problem);
            }
        }
        String summary = results.isEmpty()
                ? "there is no rejected record to replay"
                : dry
                        ? Units.count(written, "record", "records") + " would arrive, " + Units.count(again)
                                + " would be rejected again; nothing was written"
                        : Units.count(written, "record was", "records were") + " replayed, "
                                + Units.count(again, "was", "were") + " rejected again";
        lines.add(Line.of(summary));
        List<Line> next = again == 0
                ? List.of()
                : List.of(Line.of(Style.DIM, "next: ")
                        .plus(Style.BOLD, "sluice rejects export " + wish.arguments() + " --into bad.jsonl")
                        .plus(Style.DIM, "  (mend them there, and give them back with --mended)"));
        return Report.of(summary, lines, Map.of("streams", facts))
                .withExitCode(code(problems, written, again))
                .withProblems(problems)
                .withHints(next);
    }

    private static int code(List<Problem> problems, long written, long again) {
        if (problems.isEmpty()) {
            return again == 0 ? ExitCode.SUCCESS : ExitCode.PARTIAL;
        }
        return written > 0 ? ExitCode.PARTIAL : ExitCode.of(problems.getFirst());
    }

    private static List<Line> lines(ReplayResult result, boolean dry) {
        ReplayRun.Replayed outcome = result.outcome();
        if (outcome == null) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.NAME, result.stream().toString())
                .plus(": " + Units.count(outcome.written()) + " of "
                        + Units.count(result.records(), "record", "records") + (dry ? " would arrive" : " arrived")));
        Problem obstacle = result.obstacle();
        if (obstacle != null) {
            lines.add(Line.of(Style.WARN, "  before that: " + obstacle.fix() + " (" + obstacle.why() + ")"));
        }
        outcome.changes()
                .forEach((what, count) ->
                        lines.add(Line.of(Style.WARN, "  " + what + " in " + Units.count(count, "value", "values"))));
        outcome.again().entrySet().stream()
                .limit(MOST_TOLD)
                .forEach(each -> lines.add(Line.of(Style.DIM, "  #" + each.getKey() + "  ")
                        .plus(each.getValue().place() + ": " + each.getValue().reason())));
        if (outcome.again().size() > MOST_TOLD) {
            lines.add(Line.of(Style.DIM, "  and " + Units.count(outcome.again().size() - MOST_TOLD) + " more"));
        }
        return lines;
    }

    private static Map<String, @Nullable Object> facts(ReplayResult result, boolean dry) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", result.stream().toString());
        facts.put("records", result.records());
        ReplayRun.Replayed outcome = result.outcome();
        facts.put(dry ? "would_arrive" : "replayed", outcome == null ? 0 : outcome.written());
        List<Map<String, Object>> again = new ArrayList<>();
        if (outcome != null) {
            outcome.again().forEach((id, record) -> again.add(again(id, record)));
            facts.put("changed_values", outcome.changes());
        }
        facts.put("rejected_again", again);
        Problem obstacle = result.obstacle();
        if (obstacle != null) {
            facts.put("obstacle", obstacle.code());
        }
        return facts;
    }

    private static Map<String, Object> again(long id, RejectedRecord record) {
        return Map.of("id", id, "place", record.place(), "code", record.code(), "reason", record.reason());
    }
}
