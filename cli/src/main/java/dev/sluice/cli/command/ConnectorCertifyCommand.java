package dev.sluice.cli.command;

import dev.sluice.cli.certify.Candidate;
import dev.sluice.cli.certify.Certificate;
import dev.sluice.cli.certify.Certification;
import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.certify.ContractSuites.Finding;
import dev.sluice.engine.certify.ContractSuites.Findings;
import dev.sluice.engine.certify.ContractSuites.Verdict;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how far a connector keeps what is promised of all, and what could not be tried. */
@Command(
        name = "certify",
        header = "Hold a connector against its contract: suites, hostile inputs, runs that are killed; and report.",
        customSynopsis = "sluice connector certify NAME [OPTIONS]",
        description = {
            "  sluice connector certify my-shop --config shop.json",
            "  sluice connector certify destination-postgres --config lake.json --report postgres.md",
            "  sluice connector certify pypi:airbyte-source-faker==7.2.1 --config faker.json --stream users",
            "  sluice connector certify manifest:shop.yaml --config shop.json --no-cuts"
        })
final class ConnectorCertifyCommand extends CliCommand {
    private static final String SUBJECT = "subject";
    private static final String OTHER = "other";
    private static final String CONNECTION = "subject-and-other";

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The connector; source-NAME or destination-NAME where it is both; or manifest:FILE,"
                    + " command:PROGRAM, docker:IMAGE, pypi:PACKAGE, npm:PACKAGE.")
    private String name = "";

    @Option(names = "--destination", description = "A program is a destination; without it, it is a source.")
    private boolean destination;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration that works, as JSON; $${NAME} in it stands for a variable.")
    private @Nullable Path config;

    @Option(names = "--stream", paramLabel = "NAME", description = "Of a source: this stream; default: the smallest.")
    private @Nullable String stream;

    @Option(names = "--max-rows", paramLabel = "N", description = "Of a source: no stream with more rows; 20000.")
    private long mostRows = 20_000;

    @Option(names = "--max-minutes", paramLabel = "N", description = "Kill no more runs after that; default: 5.")
    private int mostMinutes = 5;

    @Option(names = "--no-cuts", description = "Kill no runs: the contract alone.")
    private boolean noCuts;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report as Markdown, too.")
    private @Nullable Path report;

    ConnectorCertifyCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        Candidate candidate = Candidate.of(name, destination, session.connectors());
        Path scratch = temporary();
        Path file = host().directory()
                .resolve(".sluice-certify-" + ProcessHandle.current().pid() + ".yaml");
        try {
            writePrivately(file, project(candidate, scratch));
            Project project = session.project(file.getFileName().toString());
            Certification certification = new Certification(session, project, finding -> told(session, finding));
            Findings findings = candidate.destination()
                    ? certification.destination(SUBJECT)
                    : certification.source(SUBJECT, stream, mostRows);
            Certificate.Cuts cuts = noCuts
                    ? new Certificate.Cuts(0, 0, 0, 0, "--no-cuts was given")
                    : cuts(session, candidate, file.getFileName().toString());
            String guarantee = candidate.destination() ? certification.guarantee(SUBJECT) : null;
            return reported(session, new Certificate(candidate, findings, cuts, guarantee));
        } finally {
            delete(file, scratch);
        }
    }

    private Report reported(Session session, Certificate certificate) {
        Path page = report;
        if (page != null) {
            writePrivately(
                    host().directory().resolve(page),
                    session.console().redactor().redact(certificate.markdown()));
        }
        Report told = Report.of(certificate.summary(), certificate.lines(), certificate.facts());
        if (certificate.holds()) {
            return told;
        }
        return told.withExitCode(ExitCode.FAILED)
                .withProblem(Problem.of("E_CERTIFY", ProblemKind.INTEGRITY, certificate.summary())
                        .fix("see what is broken above; `--report FILE` keeps all of it"));
    }

    private static void told(Session session, Finding finding) {
        if (finding.verdict() != Verdict.NOT_CHECKED) {
            boolean kept = finding.verdict() == Verdict.KEPT;
            session.console()
                    .message(
                            kept ? Verbosity.VERBOSE : Verbosity.NORMAL,
                            Line.of(kept ? Style.GOOD : Style.BAD, kept ? "kept    " : "broken  ")
                                    .plus(finding.group() + ": " + finding.name()));
        }
    }

    /** A project of the connector and one of ours, as text: JSON is YAML. */
    private String project(Candidate candidate, Path scratch) {
        Map<String, Object> subject = Map.of("connector", candidate.connector(), "config", configuration());
        Map<String, Object> ours = candidate.destination()
                ? Map.of("connector", "sample", "config", Map.of("count", 200, "updates", 10))
                : Map.of(
                        "connector",
                        "duckdb",
                        "config",
                        Map.of("path", scratch.resolve("copy.duckdb").toString()));
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("source", candidate.destination() ? OTHER : SUBJECT);
        connection.put("destination", candidate.destination() ? SUBJECT : OTHER);
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("sources", candidate.destination() ? Map.of(OTHER, ours) : Map.of(SUBJECT, subject));
        project.put("destinations", candidate.destination() ? Map.of(SUBJECT, subject) : Map.of(OTHER, ours));
        project.put("connections", Map.of(CONNECTION, connection));
        return Json.pretty(project);
    }

    private Object configuration() {
        Path file = config;
        if (file == null) {
            return Map.of();
        }
        try {
            Object read = Json.read(Files.readString(host().directory().resolve(file)));
            if (read instanceof Map<?, ?> map) {
                return map;
            }
            throw usage(file + " holds no JSON object", "write the options of the connector as {\"option\": value}");
        } catch (IOException | IllegalArgumentException unusable) {
            throw usage(
                    file + " cannot be read as JSON: " + unusable.getMessage(),
                    "write the options of the connector there");
        }
    }

    /** Has `torture` kill runs of the pair. */
    private Certificate.Cuts cuts(Session session, Candidate candidate, String file) {
        List<String> line = new ArrayList<>(List.of(
                "torture", file, CONNECTION, "--yes", "-o", "json", "--max-minutes", Integer.toString(mostMinutes)));
        line.addAll(List.of("--max-rows", Long.toString(mostRows)));
        if (candidate.destination()) {
            line.addAll(List.of("--stream", "products"));
        } else if (stream != null) {
            line.addAll(List.of("--stream", stream));
        }
        Path environment = session.preferences().environmentFile();
        if (environment != null) {
            line.addAll(List.of("--env-file", environment.toString()));
        }
        session.console()
                .message(
                        Verbosity.NORMAL,
                        Line.of(
                                Style.DIM,
                                "Killing runs, for at most " + Units.count(mostMinutes, "minute", "minutes")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream result = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream words = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            Host inner = new Host(
                    host().environment(),
                    host().directory(),
                    new Host.Streams(InputStream.nullInputStream(), result, words),
                    host().terminal(),
                    host().connectors(),
                    host().clock(),
                    host().signals());
            Program.run(inner, line.toArray(new String[0]));
        }
        return read(out.toString(StandardCharsets.UTF_8));
    }

    private static Certificate.Cuts read(String told) {
        Object read = Json.read(told);
        Map<?, ?> all = read instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> result = all.get("result") instanceof Map<?, ?> map ? map : Map.of();
        String why = null;
        if (all.get("problems") instanceof List<?> problems
                && !problems.isEmpty()
                && problems.getFirst() instanceof Map<?, ?> problem) {
            why = problem.get("message") + (problem.get("why") == null ? "" : ": " + problem.get("why"));
        }
        return new Certificate.Cuts(
                number(result.get("held")),
                number(result.get("broken")),
                number(result.get("not_passed")),
                number(result.get("unproven")),
                why);
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sluice-certify-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The configuration may hold secrets. */
    private static void writePrivately(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw Problem.of("E_PROJECT_FOLDER", ProblemKind.RESOURCE, "a file cannot be written")
                    .at(file.toString())
                    .because(failed.getMessage())
                    .exception(failed);
        }
    }

    private static void delete(Path file, Path scratch) {
        try {
            Files.deleteIfExists(file);
            try (Stream<Path> files = Files.walk(scratch)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
