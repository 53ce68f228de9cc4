package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Interrupts;
import dev.sluice.cli.session.Patience;
import dev.sluice.cli.session.RunWish;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.Tolerance;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.cli.torture.Children;
import dev.sluice.cli.torture.Product;
import dev.sluice.cli.torture.Scratch;
import dev.sluice.cli.torture.Subject;
import dev.sluice.cli.torture.Survey;
import dev.sluice.cli.torture.Trial;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.catalog.StreamId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Kills and stops runs of a connection into a scratch namespace, and looks whether they lost anything. */
@Command(
        name = "torture",
        header = "Kill runs at every point, in a scratch namespace, and prove that nothing is lost or doubled.",
        customSynopsis = "sluice torture [FILE] [CONNECTION] [OPTIONS]",
        description = {
            "  sluice torture shop.yaml                               the smallest streams, in all modes",
            "  sluice torture shop.yaml --stream public.orders --yes  one stream, without a question",
            "  sluice torture shop.yaml --mode incremental_append --cut after-commit,before-swap"
        })
final class TortureCommand extends CliCommand {
    private static final Duration CHILD_PATIENCE = Duration.ofMinutes(15);

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Project file; default: sluice.yaml.")
    private String file = Choice.USUAL_FILE;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CONNECTION", description = "One connection of the file.")
    private @Nullable String connection;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            split = ",",
            description = "These streams; default: the three smallest.")
    private List<String> streams = List.of();

    @Option(names = "--mode", paramLabel = "MODE", split = ",", description = "Only these sync modes.")
    private List<String> modes = List.of();

    @Option(names = "--cut", paramLabel = "NAME", split = ",", description = "Only SIGKILL at these cut points.")
    private List<String> cuts = List.of();

    @Option(names = "--max-rows", paramLabel = "N", description = "No stream with more rows; default: 100000.")
    private long mostRows = 100_000;

    @Option(names = "--max-minutes", paramLabel = "N", description = "Begin nothing after that; default: 15.")
    private int mostMinutes = 15;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--remove", paramLabel = "NAMESPACE", description = "Only remove what an earlier one has left.")
    private @Nullable String remove;

    @ArgGroup(exclusive = false)
    private @Nullable Part part;

    /** A single run, as the command starts it many times. */
    static final class Part {
        @Option(names = "--part-namespace", required = true, hidden = true)
        @SuppressWarnings("NullAway.Init") // set by picocli
        private String namespace;

        @Option(names = "--part-stream", required = true, hidden = true)
        @SuppressWarnings("NullAway.Init") // set by picocli
        private String stream;

        @Option(names = "--part-namespace-of-stream", hidden = true)
        private @Nullable String streamNamespace;

        @Option(names = "--part-mode", required = true, hidden = true)
        @SuppressWarnings("NullAway.Init") // set by picocli
        private StreamMode mode;

        @Option(names = "--part-state", required = true, hidden = true)
        @SuppressWarnings("NullAway.Init") // set by picocli
        private Path state;
    }

    TortureCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        Project project = session.project(file);
        ConnectionWish wish = session.wish(project, project.chosen(connection));
        Part single = part;
        if (single != null) {
            Scratch scratch = Scratch.of(session, wish, single.namespace);
            StreamId stream = StreamId.of(single.streamNamespace, single.stream);
            return new Runs(session).run(List.of(scratch.wish(stream, single.mode, single.state)), usual(), typed());
        }
        if (mostRows < 1 || mostMinutes < 1) {
            throw usage("--max-rows and --max-minutes take a number of at least 1", "leave them out for the usual");
        }
        return remove == null
                ? torture(session, Scratch.create(session, wish))
                : removed(Scratch.of(session, wish, remove));
    }

    private static RunWish usual() {
        return new RunWish(null, false, List.of(), RunWish.FailOn.DEFAULT, Tolerance.ANY, Patience.USUAL, false);
    }

    private List<StreamMode> wantedModes() {
        return modes.stream()
                .map(key -> StreamMode.of(key)
                        .orElseThrow(
                                () -> usage("`" + key + "` is not a sync mode", "choose among " + StreamMode.keys())))
                .toList();
    }

    private Report removed(Scratch scratch) {
        Survey.Wanted all = new Survey.Wanted(streams, List.of(), Integer.MAX_VALUE, Long.MAX_VALUE);
        Survey.of(scratch, all).subjects().forEach(subject -> subject.landing().remove());
        String done = "Removed " + scratch.namespace() + " at " + scratch.destination();
        return Report.of(done, List.of(Line.of(Style.BOLD, done)), Map.of("namespace", scratch.namespace()));
    }

    private Report torture(Session session, Scratch scratch) {
        Survey.Wanted wanted = new Survey.Wanted(streams, wantedModes(), 3, mostRows);
        Survey.Found found = Survey.of(scratch, wanted);
        found.leftOut().forEach(sentence -> session.reporter().warn(sentence));
        if (found.subjects().isEmpty()) {
            throw usage("there is no stream to try", "see what there is with `sluice plan`, or raise --max-rows");
        }
        say(
                session,
                Line.of("The source is only read. Everything is written to ")
                        .plus(Style.NAME, scratch.namespace())
                        .plus(" at " + scratch.destination() + ", and removed at the end."));
        for (StreamId stream :
                found.subjects().stream().map(Subject::stream).distinct().toList()) {
            say(
                    session,
                    Line.of("  ")
                            .plus(Style.NAME, stream.toString())
                            .plus(Style.DIM, "  " + String.join(", ", modesOf(found, stream))));
        }
        String question = "Kill runs of " + Units.count(found.subjects().size(), "stream and mode", "streams and modes")
                + ", for at most about " + Units.count(mostMinutes, "minute", "minutes") + "?";
        return Confirmation.given(session, question, yes)
                ? carriedOut(session, scratch, found)
                : Confirmation.refused();
    }

    private static List<String> modesOf(Survey.Found found, StreamId stream) {
        return found.subjects().stream()
                .filter(subject -> subject.stream().equals(stream))
                .map(subject -> subject.mode().key())
                .toList();
    }

    private Report carriedOut(Session session, Scratch scratch, Survey.Found found) {
        Path folder = newFolder();
        TortureTable table = new TortureTable(folder, scratch);
        long deadline = System.nanoTime() + Duration.ofMinutes(mostMinutes).toNanos();
        StopSignal stop = new StopSignal();
        BooleanSupplier over = () -> stop.isRequested() || System.nanoTime() > deadline;
        int interrupted;
        boolean left = true;
        try (Interrupts interrupts =
                Interrupts.watch(stop, session.console(), session.host().signals())) {
            Product product =
                    new Children(session.host().directory(), CHILD_PATIENCE, play -> part(session, scratch, play));
            int number = 0;
            for (Subject subject : found.subjects()) {
                if (over.getAsBoolean()) {
                    table.leaveOut(subject);
                } else {
                    Path where = folder.resolve("subject" + ++number);
                    Trial trial = new Trial(
                            product, where, cuts, over, outcome -> say(session, TortureTable.line(outcome, session)));
                    table.add(subject, trial.of(subject));
                }
            }
            interrupted = interrupts.exitCode();
            left = false;
        } finally {
            if (left) {
                session.reporter()
                        .warn("something may be left in " + scratch.namespace() + "; remove it with `sluice torture "
                                + scratch.arguments() + " --remove " + scratch.namespace() + "`");
            }
        }
        if (!table.isBroken()) {
            delete(folder);
        }
        Report report = table.report(session);
        return interrupted == 0 || report.exitCode() == ExitCode.FAILED ? report : report.withExitCode(interrupted);
    }

    /** The command line of one run. */
    private List<String> part(Session session, Scratch scratch, Product.Play play) {
        List<String> arguments = new ArrayList<>(List.of("torture", file, scratch.connection()));
        Path environment = session.preferences().environmentFile();
        if (environment != null) {
            arguments.addAll(List.of("--env-file", environment.toString()));
        }
        Subject subject = play.subject();
        String namespace = subject.stream().namespace();
        if (namespace != null) {
            arguments.addAll(List.of("--part-namespace-of-stream", namespace));
        }
        arguments.addAll(List.of("--part-stream", subject.stream().name()));
        arguments.addAll(List.of("--part-mode", subject.mode().name()));
        arguments.addAll(List.of("--part-namespace", scratch.namespace()));
        arguments.addAll(List.of("--part-state", play.folder().toString(), "--progress", "none", "--no-color"));
        return arguments;
    }

    private static void say(Session session, Line line) {
        session.console().message(Verbosity.NORMAL, line);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sluice-torture-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
