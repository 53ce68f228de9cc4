package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.spi.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command has found or done.
 *
 * @param exitCode the code to end with
 * @param summary one sentence
 * @param lines the result for people
 * @param result the result for programs: maps, lists and scalars; null if there is none
 * @param warnings what a person should know, a sentence each
 * @param problems why it failed, the first one for all; none if it did not
 * @param hints what to do next, for people
 */
public record Report(
        int exitCode,
        String summary,
        List<Line> lines,
        @Nullable Object result,
        List<String> warnings,
        List<Problem> problems,
        List<Line> hints) {
    public Report {
        lines = List.copyOf(lines);
        hints = List.copyOf(hints);
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
    }

    /** The problem that stands for all; null if there is none. */
    public @Nullable Problem problem() {
        return problems.isEmpty() ? null : problems.getFirst();
    }

    /** Success. */
    public static Report of(String summary, List<Line> lines, @Nullable Object result) {
        return new Report(ExitCode.SUCCESS, summary, lines, result, List.of(), List.of(), List.of());
    }

    /** Failure before there was any result. */
    public static Report failed(Problem problem) {
        return new Report(
                ExitCode.of(problem), problem.message(), List.of(), null, List.of(), List.of(problem), List.of());
    }

    /** The same with another code to end with. */
    public Report withExitCode(int code) {
        return new Report(code, summary, lines, result, warnings, problems, hints);
    }

    /** The same with warnings. */
    public Report withWarnings(List<String> others) {
        return new Report(exitCode, summary, lines, result, others, problems, hints);
    }

    /** The same with a problem, which stands for all that went wrong. */
    public Report withProblem(@Nullable Problem other) {
        return withProblems(other == null ? List.of() : List.of(other));
    }

    /** The same with all that went wrong. */
    public Report withProblems(List<Problem> others) {
        return new Report(exitCode, summary, lines, result, warnings, others, hints);
    }

    /** The same with hints. */
    public Report withHints(List<Line> others) {
        return new Report(exitCode, summary, lines, result, warnings, problems, others);
    }
}
