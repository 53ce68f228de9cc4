package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import dev.sluice.cli.torture.Outcome;
import dev.sluice.cli.torture.Scratch;
import dev.sluice.cli.torture.Subject;
import dev.sluice.cli.torture.Trial;
import dev.sluice.cli.torture.Verdict;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a torture has shown: a line for each stream and mode, and a closing sentence. */
final class TortureTable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path folder;
    private final Scratch scratch;
    private final Map<Subject, Trial.Result> results = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * A table without results.
     *
     * @param folder where the logs are
     */
    TortureTable(Path folder, Scratch scratch) {
        this.folder = folder;
        this.scratch = scratch;
    }

    /** The line of a scenario, while it goes. */
    static Line line(Outcome outcome, Session session) {
        Line line = Line.of(style(outcome.verdict()), outcome.verdict().words())
                .padded(14, false)
                .plus("  ")
                .plus(Style.NAME, outcome.subject().stream().toString())
                .plus(" " + outcome.subject().mode().key() + ": " + outcome.attack())
                .plus(
                        Style.DIM,
                        "  " + Units.count(outcome.disturbed(), "run", "runs") + " disturbed, "
                                + Units.duration(outcome.nanos()));
        return outcome.why() == null
                ? line
                : line.plus(" " + session.console().errLook().arrow() + " ").plus(Style.BAD, outcome.why());
    }

    private static Style style(Verdict verdict) {
        return switch (verdict) {
            case HELD -> Style.GOOD;
            case BROKEN -> Style.BAD;
            case NOT_PASSED -> Style.DIM;
            case UNPROVEN -> Style.WARN;
        };
    }

    void add(Subject subject, Trial.Result result) {
        results.put(subject, result);
        if (result.leftOut() > 0) {
            leaveOut(subject + ": " + Units.count(result.leftOut(), "scenario was", "scenarios were"));
        }
        result.outcomes().stream()
                .filter(outcome -> outcome.verdict() == Verdict.UNPROVEN)
                .findFirst()
                .ifPresent(outcome -> warnings.add("nothing is proven for " + subject + ": " + outcome.why()));
    }

    void leaveOut(Subject subject) {
        leaveOut(subject + " was");
    }

    private void leaveOut(String what) {
        warnings.add(what + " not tried: the time was over, or you stopped it; --max-minutes allows more");
    }

    boolean isBroken() {
        return count(Verdict.BROKEN) > 0 || count(Verdict.UNPROVEN) > 0;
    }

    private long count(Verdict verdict) {
        return results.values().stream()
                .mapToLong(result -> count(result, verdict))
                .sum();
    }

    private static long count(Trial.Result result, Verdict verdict) {
        return result.outcomes().stream()
                .filter(outcome -> outcome.verdict() == verdict)
                .count();
    }

    Report report(Session session) {
        long broken = count(Verdict.BROKEN);
        long held = count(Verdict.HELD);
        long disturbed = results.values().stream()
                .flatMap(result -> result.outcomes().stream())
                .mapToLong(Outcome::disturbed)
                .sum();
        String summary = broken > 0
                ? Units.count(broken, "promise was broken", "promises were broken") + ", " + held + " held"
                : held == 0
                        ? "Nothing was proven"
                        : "Nothing was lost, doubled or wiped in " + Units.count(held, "scenario", "scenarios")
                                + " with " + Units.count(disturbed, "disturbed run", "disturbed runs");
        List<Line> lines = new ArrayList<>();
        lines.add(Line.empty());
        lines.addAll(table().lines(
                        session.console().outLook(),
                        session.console().terminal().width()));
        lines.add(Line.empty());
        lines.add(Line.of(broken > 0 ? Style.BAD : held > 0 ? Style.GOOD : Style.WARN, summary));
        int code = broken > 0
                ? ExitCode.FAILED
                : count(Verdict.UNPROVEN) > 0 || held == 0 ? ExitCode.PARTIAL : ExitCode.SUCCESS;
        if (isBroken()) {
            warnings.add("the logs and states of all runs are kept in " + folder);
        }
        return Report.of(summary, lines, facts())
                .withWarnings(warnings)
                .withProblem(broken > 0 ? problem(summary) : null)
                .withExitCode(code);
    }

    private Problem problem(String summary) {
        return Problem.of("E_TORTURE", ProblemKind.INTEGRITY, summary)
                .at(scratch.connection())
                .because("a run after a killed, stopped or doubled one left something else than an undisturbed run")
                .fix("report it with the logs in " + folder);
    }

    private Table table() {
        Table table = new Table(
                Table.Column.text("stream"),
                Table.Column.text("mode"),
                Table.Column.number("rows").optional(1),
                Table.Column.number("held"),
                Table.Column.number("broken"),
                Table.Column.number("not passed"),
                Table.Column.number("unproven"),
                Table.Column.number("time").optional(2));
        results.forEach((subject, result) -> {
            long broken = count(result, Verdict.BROKEN);
            table.add(List.of(
                    Line.of(Style.NAME, subject.stream().toString()),
                    Line.of(subject.mode().key()),
                    Line.of(Units.count(result.rows())),
                    Line.of(Style.GOOD, Units.count(count(result, Verdict.HELD))),
                    Line.of(broken > 0 ? Style.BAD : Style.DIM, Units.count(broken)),
                    Line.of(Style.DIM, Units.count(count(result, Verdict.NOT_PASSED))),
                    Line.of(Style.DIM, Units.count(count(result, Verdict.UNPROVEN))),
                    Line.of(Units.duration(
                            result.outcomes().stream().mapToLong(Outcome::nanos).sum()))));
        });
        return table;
    }

    private Map<String, @Nullable Object> facts() {
        List<Object> scenarios = new ArrayList<>();
        results.values().forEach(result -> result.outcomes().forEach(outcome -> scenarios.add(facts(outcome))));
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connection", scratch.connection());
        facts.put("namespace", scratch.namespace());
        facts.put("held", count(Verdict.HELD));
        facts.put("broken", count(Verdict.BROKEN));
        facts.put("not_passed", count(Verdict.NOT_PASSED));
        facts.put("unproven", count(Verdict.UNPROVEN));
        facts.put("logs", isBroken() ? folder.toString() : null);
        facts.put("scenarios", scenarios);
        return facts;
    }

    private static Map<String, @Nullable Object> facts(Outcome outcome) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", outcome.subject().stream().name());
        facts.put("namespace", outcome.subject().stream().namespace());
        facts.put("mode", outcome.subject().mode().key());
        facts.put("attack", outcome.attack());
        facts.put("disturbed_runs", outcome.disturbed());
        facts.put("verdict", outcome.verdict().name().toLowerCase(Locale.ROOT));
        facts.put("why", outcome.why());
        facts.put("seconds", outcome.nanos() / NANOS_PER_SECOND);
        return facts;
    }
}
