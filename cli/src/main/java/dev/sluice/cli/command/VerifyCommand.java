package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Interrupts;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.Verifier;
import dev.sluice.cli.session.VerifyResult;
import dev.sluice.cli.session.VerifyWish;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that a destination holds what its source holds. */
@Command(
        name = "verify",
        header = "Hold what was copied against its source, row by row.",
        customSynopsis = "sluice verify [FILE] [CONNECTION] [OPTIONS]",
        description = {
            "  sluice verify shop.yaml                           counts and sums, and the rows that differ",
            "  sluice verify shop.yaml --stream public.orders    one stream",
            "  sluice verify shop.yaml --repair                  write the rows that differ, and no others",
            "  sluice verify shop.yaml --read                    read both sides whole, and trust no database"
        })
final class VerifyCommand extends CliCommand {
    private static final int MOST_ROWS = 100_000;

    @Mixin
    private OneConnection connection = new OneConnection();

    @Mixin
    private SomeStreams streams = new SomeStreams();

    @Option(names = "--repair", description = "Write or delete the rows that differ at the destination.")
    private boolean repair;

    @Option(
            names = "--read",
            description = "Read the rows of both sides, also where the databases could count and sum by themselves.")
    private boolean read;

    @Option(names = "--rows", paramLabel = "N", description = "How many rows that differ are named; default: 20.")
    private int rows = 20;

    VerifyCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (rows < 0 || rows > MOST_ROWS) {
            throw usage("--rows takes a number from 0 to " + MOST_ROWS, "leave it out for 20");
        }
        ConnectionWish wish = connection.wish(session);
        StopSignal stop = new StopSignal();
        List<VerifyResult> results;
        try (Interrupts interrupts =
                Interrupts.watch(stop, session.console(), session.host().signals())) {
            Objects.requireNonNull(interrupts);
            results = new Verifier(session, stop, new VerifyWish(streams.names(), repair, rows, !read)).run(wish);
        }
        return report(session, wish, new VerifyTable(results));
    }

    private Report report(Session session, ConnectionWish wish, VerifyTable table) {
        List<Line> lines = table.lines(
                session.console().outLook(), session.console().terminal().width());
        List<Problem> problems = table.problems();
        String summary = summary(table);
        boolean mendable = !repair && table.isMendable();
        List<Line> next = mendable
                ? List.of(Line.of(Style.DIM, "next: ")
                        .plus(Style.BOLD, "sluice verify " + wish.arguments() + " --repair")
                        .plus(Style.DIM, "  (writes the rows that differ)"))
                : List.of();
        return Report.of(summary, lines, Map.of("streams", table.facts()))
                .withExitCode(code(problems, table))
                .withProblems(problems)
                .withHints(next);
    }

    private static String summary(VerifyTable table) {
        if (table.broken() > 0) {
            return Units.count(table.broken(), "stream is", "streams are") + " not as the source is";
        }
        return Units.count(table.proven(), "stream is", "streams are") + " as the source is";
    }

    private static int code(List<Problem> problems, VerifyTable table) {
        if (table.broken() > 0) {
            return ExitCode.PARTIAL;
        }
        return problems.isEmpty() ? ExitCode.SUCCESS : ExitCode.of(problems.getFirst());
    }
}
