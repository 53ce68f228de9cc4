package dev.sluice.cli.command;

import dev.sluice.cli.session.VerifyResult;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.verify.Difference;
import dev.sluice.engine.verify.Difference.Kind;
import dev.sluice.engine.verify.StreamVerdict;
import dev.sluice.spi.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of verifying streams, for people and for programs. */
final class VerifyTable {
    private final List<VerifyResult> results;

    VerifyTable(List<VerifyResult> results) {
        this.results = List.copyOf(results);
    }

    /** How many streams are not as their source is, at the end. */
    long broken() {
        return verdicts().stream().filter(StreamVerdict::isBroken).count();
    }

    /** True if a repair can mend one of them. */
    boolean isMendable() {
        return verdicts().stream().anyMatch(StreamVerdict::isMendable);
    }

    /** How many streams are as their source is, at the end. */
    long proven() {
        return verdicts().stream().filter(StreamVerdict::isProven).count();
    }

    private List<StreamVerdict> verdicts() {
        List<StreamVerdict> verdicts = new ArrayList<>();
        for (VerifyResult result : results) {
            switch (result) {
                case VerifyResult.Compared(StreamVerdict verdict) -> verdicts.add(verdict);
                case VerifyResult.Mended(var repaired) -> verdicts.add(repaired.after());
                case VerifyResult.Failed ignored -> {}
            }
        }
        return verdicts;
    }

    /** Why streams could not be compared or mended. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (VerifyResult result : results) {
            if (result instanceof VerifyResult.Failed failed) {
                problems.add(failed.problem());
            }
        }
        return problems;
    }

    List<Line> lines(Look look, int width) {
        Table table = new Table(
                Table.Column.text("stream"),
                Table.Column.number("source"),
                Table.Column.number("destination"),
                Table.Column.number("missing"),
                Table.Column.number("extra"),
                Table.Column.number("different"),
                Table.Column.text("verdict"));
        List<Line> below = new ArrayList<>();
        for (VerifyResult result : results) {
            switch (result) {
                case VerifyResult.Compared(StreamVerdict verdict) -> add(verdict, table, below);
                case VerifyResult.Mended(var repaired) -> {
                    add(repaired.before(), table, below);
                    if (repaired.before().isBroken()) {
                        below.add(Line.of(Style.NAME, repaired.before().stream().toString())
                                .plus(": " + Units.count(repaired.written(), "row", "rows") + " written, "
                                        + Units.count(repaired.removed(), "row", "rows")
                                        + " removed; compared again:"));
                        add(repaired.after(), table, below);
                    }
                }
                case VerifyResult.Failed failed ->
                    below.add(Line.of(Style.NAME, failed.stream().toString())
                            .plus(
                                    Style.BAD,
                                    ": not compared: " + failed.problem().message()));
            }
        }
        List<Line> lines = new ArrayList<>(table.lines(look, width));
        lines.addAll(below);
        return lines;
    }

    private static void add(StreamVerdict verdict, Table table, List<Line> below) {
        StreamVerdict.Counts counts = verdict.counts();
        table.add(List.of(
                Line.of(Style.NAME, verdict.stream().toString()),
                Line.of(Units.count(counts.sourceRows())),
                Line.of(Units.count(counts.storedRows())),
                number(counts.of(Kind.MISSING)),
                number(counts.of(Kind.EXTRA) + counts.of(Kind.DOUBLED)),
                number(counts.of(Kind.DIFFERENT)),
                words(verdict)));
        for (Difference each : verdict.shown()) {
            String fields = each.fields().isEmpty() ? "" : "  (" + String.join(", ", each.fields()) + ")";
            below.add(Line.of("  ")
                    .plus(
                            each.kind().isFault() ? Style.BAD : Style.DIM,
                            each.kind().words())
                    .plus("  ")
                    .plus(Style.NAME, verdict.stream().toString())
                    .plus("  " + each.row())
                    .plus(Style.DIM, fields));
        }
        long all = counts.kinds().values().stream().mapToLong(Long::longValue).sum();
        if (all > verdict.shown().size()) {
            below.add(Line.of(
                    Style.DIM,
                    "  and " + Units.count(all - verdict.shown().size(), "row", "rows")
                            + " more; --rows names more of them"));
        }
        verdict.notes().forEach(note -> below.add(Line.of(Style.DIM, "  " + verdict.stream() + ": " + note)));
    }

    private static Line number(long count) {
        return count == 0 ? Line.of(Style.DIM, "0") : Line.of(Style.BAD, Units.count(count));
    }

    private static Line words(StreamVerdict verdict) {
        StreamVerdict.Counts counts = verdict.counts();
        List<String> beside = new ArrayList<>();
        if (counts.pending() > 0) {
            beside.add(Units.count(counts.pending()) + " came after the last sync");
        }
        if (counts.of(Kind.ALTERED) > 0) {
            beside.add(Units.count(counts.of(Kind.ALTERED)) + " altered, as marked");
        }
        if (counts.of(Kind.REJECTED) > 0) {
            beside.add(Units.count(counts.of(Kind.REJECTED)) + " rejected");
        }
        if (verdict.inside()) {
            beside.add("summed inside both databases");
        }
        String known = beside.isEmpty() ? "" : " (" + String.join(", ", beside) + ")";
        if (verdict.isProven()) {
            return Line.of(Style.GOOD, "equal")
                    .plus(Style.DIM, ": " + verdict.promise().words() + known);
        }
        return verdict.isBroken()
                ? Line.of(Style.BAD, "differs").plus(Style.DIM, known)
                : Line.of(Style.WARN, "not compared")
                        .plus(Style.DIM, ": " + verdict.promise().words());
    }

    List<Object> facts() {
        List<Object> facts = new ArrayList<>();
        for (VerifyResult result : results) {
            switch (result) {
                case VerifyResult.Compared(StreamVerdict verdict) -> facts.add(facts(verdict));
                case VerifyResult.Mended(var repaired) -> {
                    Map<String, Object> after = facts(repaired.after());
                    after.put("before", facts(repaired.before()));
                    after.put("written", repaired.written());
                    after.put("removed", repaired.removed());
                    facts.add(after);
                }
                case VerifyResult.Failed failed ->
                    facts.add(Map.of(
                            "stream",
                            failed.stream().toString(),
                            "verdict",
                            "failed",
                            "problem",
                            failed.problem().code()));
            }
        }
        return facts;
    }

    private static Map<String, Object> facts(StreamVerdict verdict) {
        StreamVerdict.Counts counts = verdict.counts();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("stream", verdict.stream().toString());
        facts.put("verdict", verdict.isProven() ? "equal" : verdict.isBroken() ? "differs" : "not_compared");
        facts.put("promise", verdict.promise().name().toLowerCase(Locale.ROOT));
        facts.put("source_rows", counts.sourceRows());
        facts.put("destination_rows", counts.storedRows());
        facts.put("pending_rows", counts.pending());
        for (Kind kind : Kind.values()) {
            facts.put(kind.words(), counts.of(kind));
        }
        facts.put("unnamed_rows", counts.unnamed());
        facts.put(
                "rows",
                verdict.shown().stream()
                        .map(each -> Map.of("kind", each.kind().words(), "row", each.row(), "fields", each.fields()))
                        .toList());
        facts.put("notes", verdict.notes());
        facts.put("summed_inside", verdict.inside());
        return facts;
    }
}
