package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.DefinitionFile;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.workbench.Recorded;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.TestResult;
import dev.sluice.spi.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs recorded tests again against a manifest, and asks nobody. */
@Command(
        name = "replay",
        header = "Run what was recorded beside a manifest again: nobody is asked, and the records have to be the same.",
        customSynopsis = "sluice connector replay FILE [--stream NAME] [OPTIONS]",
        description = {
            "  sluice connector replay shop/                       for CI: needs no network and no secret",
            "  sluice connector replay shop/ --stream orders"
        })
final class ConnectorReplayCommand extends CliCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The manifest, or its folder.")
    private String file = "";

    @Option(names = "--stream", paramLabel = "NAME", description = "Only this stream.")
    private @Nullable String stream;

    ConnectorReplayCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        DefinitionFile definition = DefinitionFile.read(session.host().directory(), file);
        List<Path> recordings = definition.recordings(stream);
        if (recordings.isEmpty()) {
            throw usage(
                    "nothing is recorded beside " + definition.path(),
                    "record a stream with `sluice connector record " + file + " --stream NAME --config FILE`");
        }
        List<Line> lines = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int different = 0;
        for (Path recording : recordings) {
            Played played = play(session, definition, DefinitionFile.text(recording));
            lines.addAll(played.lines(session.console().outLook()));
            facts.add(played.facts());
            Problem problem = played.problem();
            if (problem != null) {
                problems.add(problem);
            }
            different += played.isSame() ? 0 : 1;
        }
        String summary = Units.count(recordings.size(), "recording", "recordings") + ", "
                + (different == 0 ? "all the same" : different + " not the same");
        lines.add(Line.of(Style.BOLD, summary));
        return Report.of(summary, lines, Map.of("recordings", facts))
                .withProblems(problems)
                .withExitCode(different == 0 ? ExitCode.SUCCESS : ExitCode.FAILED);
    }

    private static Played play(Session session, DefinitionFile definition, String recording) {
        Workbench workbench = definition.workbench(session.host().clock());
        Recorded recorded = workbench.recorded(recording);
        TestResult result = workbench
                .open(
                        new TestRequest(
                                definition.text(),
                                recorded.stream(),
                                recorded.config(),
                                recorded.limits(),
                                recorded.start(),
                                true,
                                recording),
                        new TrialHost(session))
                .run(progress -> {});
        return new Played(recorded, result);
    }

    /** A recording that was run again. */
    private record Played(Recorded recorded, TestResult result) {
        @Nullable
        Problem problem() {
            return result.end().problem();
        }

        boolean isSame() {
            return problem() == null && result.records().equals(recorded.records());
        }

        /** The place of the first record that is another one. */
        private int first() {
            List<String> before = recorded.records();
            List<String> now = result.records();
            int place = 0;
            while (place < Math.min(before.size(), now.size())
                    && before.get(place).equals(now.get(place))) {
                place++;
            }
            return place;
        }

        List<Line> lines(Look look) {
            List<Line> lines = new ArrayList<>();
            lines.add(Line.of(isSame() ? Style.GOOD : Style.BAD, isSame() ? look.ok() : look.failure())
                    .plus(" " + recorded.stream())
                    .plus(
                            Style.DIM,
                            "  " + Units.count(result.records().size(), "record", "records") + ", "
                                    + Units.count(recorded.exchanges(), "answer", "answers") + " on record"));
            if (!isSame() && problem() == null) {
                int place = first();
                lines.add(
                        Line.of("    record " + (place + 1) + " was ").plus(Style.DIM, at(recorded.records(), place)));
                lines.add(Line.of("    and is now ").plus(Style.DIM, at(result.records(), place)));
            }
            String path = result.end().path();
            if (path != null) {
                lines.add(Line.of(Style.DIM, "    it comes from " + path));
            }
            return lines;
        }

        private static String at(List<String> records, int place) {
            return place < records.size() ? records.get(place) : "not there";
        }

        Map<String, @Nullable Object> facts() {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("stream", recorded.stream());
            facts.put("same", isSame());
            facts.put("records", result.records().size());
            facts.put("recorded", recorded.records().size());
            facts.put(
                    "problem",
                    problem() == null ? null : Objects.requireNonNull(problem()).message());
            return facts;
        }
    }
}
