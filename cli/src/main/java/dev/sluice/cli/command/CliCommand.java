package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command: makes a report, and whatever goes wrong becomes one. */
abstract class CliCommand implements Callable<Integer> {
    private final Host host;

    @Mixin
    private Common common = new Common();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    private CommandSpec spec;

    CliCommand(Host host) {
        this.host = host;
    }

    /** Does the work. Whatever it throws is reported. */
    abstract Report run(Session session);

    @Override
    public final Integer call() {
        try (Session session = new Session(host, common.preferences(), name())) {
            Report report = reportOf(session);
            session.reporter().print(report);
            return report.exitCode();
        }
    }

    final Host host() {
        return host;
    }

    /** The command line as it was typed, without passwords. */
    final String typed() {
        CommandLine.ParseResult parsed = spec.root().commandLine().getParseResult();
        StringBuilder line = new StringBuilder("sluice");
        for (String argument : parsed.originalArgs()) {
            line.append(' ').append(Session.quoted(Session.withoutPassword(argument)));
        }
        return line.toString();
    }

    /** A mistake in the command line. */
    static ProblemException usage(String message, String fix) {
        return Problem.of("E_USAGE", ProblemKind.CONFIG, message).fix(fix).exception();
    }

    private Report reportOf(Session session) {
        try {
            return run(session);
        } catch (ProblemException failure) {
            session.trace(failure);
            return Report.failed(failure.problem());
        } catch (RuntimeException | Error defect) {
            session.trace(defect);
            return Report.failed(defect(defect));
        }
    }

    private static Problem defect(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return Problem.of("E_OUT_OF_MEMORY", ProblemKind.RESOURCE, "the process ran out of memory")
                    .because(failure.getMessage())
                    .fix("give it a larger heap: SLUICE_JAVA_OPTS=-Xmx1g");
        }
        return Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "an unexpected error: " + failure)
                .fix("run it again with -vv and report the stack trace");
    }

    private String name() {
        String qualified = spec.qualifiedName(" ");
        int blank = qualified.indexOf(' ');
        return blank < 0 ? qualified : qualified.substring(blank + 1);
    }
}
