package dev.sluice.cli.command;

import dev.sluice.cli.output.Console;
import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.ProblemView;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.RunSummary;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Interrupts;
import dev.sluice.cli.session.Preparation;
import dev.sluice.cli.session.RunWish;
import dev.sluice.cli.session.Runner;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.run.RunStatus;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs connections one after the other and makes one report of them. */
final class Runs {
    private final Session session;
    private final List<Line> lines = new ArrayList<>();
    private final List<Object> facts = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Runs(Session session) {
        this.session = session;
    }

    /**
     * Runs the connections.
     *
     * @param command the command line that runs them again
     */
    Report run(List<ConnectionWish> connections, RunWish wish, String command) {
        return run(connections, wish, command, Preparation.NONE);
    }

    /**
     * Runs the connections.
     *
     * @param command the command line that goes on where this one stopped
     * @param preparation what is done before each run
     */
    Report run(List<ConnectionWish> connections, RunWish wish, String command, Preparation preparation) {
        if (connections.stream().anyMatch(Runs::isPrinted)) {
            session.console().leaveOutput();
        }
        StopSignal stop = new StopSignal();
        int interrupted;
        try (Interrupts interrupts =
                Interrupts.watch(stop, session.console(), session.host().signals())) {
            Runner runner = new Runner(session, wish, stop, interrupts, preparation);
            for (ConnectionWish connection : connections) {
                if (!stop.isRequested()) {
                    add(connection, runner.run(connection), connections.size() > 1);
                }
            }
            interrupted = interrupts.exitCode();
        }
        int code = code(interrupted, stop);
        return report(code).withHints(next(connections, code, command));
    }

    /** True if the rows go to standard output. */
    private static boolean isPrinted(ConnectionWish connection) {
        return "-".equals(connection.to().path());
    }

    private void add(ConnectionWish connection, Runner.Outcome outcome, boolean named) {
        Console console = session.console();
        codes.add(outcome.exitCode());
        String name = connection.connection().name();
        Problem problem = outcome.problem();
        if (problem != null) {
            problems.add(named ? problem.at(problem.where() == null ? name : name + ": " + problem.where()) : problem);
        }
        RunSummary summary = outcome.summary();
        if (summary == null) {
            facts.add(failed(name, problem));
            return;
        }
        if (named) {
            lines.add(Line.empty());
            lines.add(Line.of(Style.BOLD, name));
        }
        lines.addAll(summary.lines(console.outLook(), console.terminal().width()));
        sentences.add(summary.sentence());
        facts.add(summary.facts());
    }

    /** The facts of a connection that did not begin. */
    private static Map<String, @Nullable Object> failed(String name, @Nullable Problem problem) {
        Map<String, @Nullable Object> failed = new LinkedHashMap<>();
        failed.put("connection", name);
        failed.put("status", RunStatus.FAILED.words());
        failed.put("streams", List.of());
        failed.put("error", problem == null ? null : ProblemView.fields(problem));
        return failed;
    }

    private int code(int interrupted, StopSignal stop) {
        if (interrupted != 0 && codes.contains(interrupted)) {
            return interrupted;
        }
        if (stop.isRequested() && codes.isEmpty()) {
            return interrupted;
        }
        List<Integer> distinct = codes.stream().distinct().toList();
        if (distinct.size() == 1) {
            return distinct.getFirst();
        }
        // Some connections went well or failed otherwise than the rest.
        return codes.contains(ExitCode.SUCCESS) || codes.contains(ExitCode.PARTIAL)
                ? ExitCode.PARTIAL
                : ExitCode.FAILED;
    }

    private Report report(int code) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("connections", facts);
        Problem first = problems.isEmpty() ? null : problems.getFirst();
        String summary = sentences.isEmpty() && first != null ? first.message() : String.join("; ", sentences);
        return Report.of(summary, lines, result).withExitCode(code).withProblems(problems);
    }

    private List<Line> next(List<ConnectionWish> connections, int code, String command) {
        boolean rejects = facts.stream()
                .anyMatch(each ->
                        each instanceof Map<?, ?> map && map.get("rows_rejected") instanceof Long count && count > 0);
        ConnectionWish last = connections.getLast();
        if (isPrinted(last) && !rejects) {
            return List.of();
        }
        if (rejects) {
            return next("sluice rejects list " + last.arguments(), "why records were rejected");
        } else if (code == ExitCode.SUCCESS) {
            return lookAt(last, command);
        } else if (code != ExitCode.USAGE && code != ExitCode.CONFLICT) {
            return next(command, hasBegun() ? "goes on where this stopped" : "once that is mended");
        }
        return List.of();
    }

    /** False if not one stream was begun, say because a server could not be reached. */
    private boolean hasBegun() {
        return facts.stream()
                .anyMatch(each -> each instanceof Map<?, ?> map
                        && map.get("streams") instanceof List<?> streams
                        && !streams.isEmpty());
    }

    /** What was written can be looked at where its destination is a file that a source understands. */
    private List<Line> lookAt(ConnectionWish connection, String command) {
        String path = connection.to().path();
        if (path != null) {
            String shown = path.startsWith(session.host().directory() + "/")
                    ? path.substring(session.host().directory().toString().length() + 1)
                    : path;
            // A path may tell its connector by its ending, and else by the address that was typed.
            for (String address : List.of(shown, connection.to().words())) {
                if (isReadable(address)) {
                    return next("sluice preview " + address, "shows what is there now");
                }
            }
        }
        return next(command, "brings what is new since then");
    }

    private boolean isReadable(String address) {
        try {
            session.sourceAt(address);
            return true;
        } catch (ProblemException notByItself) {
            return false;
        }
    }

    private List<Line> next(String command, String why) {
        String typed = session.console().errLook().command(command);
        return List.of(
                Line.empty(),
                Line.of(Style.DIM, "next: ").plus(Style.BOLD, typed).plus(Style.DIM, "  (" + why + ")"));
    }
}
