package dev.sluice.cli.command;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.session.DefinitionFile;
import dev.sluice.cli.session.Session;
import dev.sluice.lowcode.activation.DestinationTrial;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.workbench.Checked;
import dev.sluice.spi.workbench.FoundStream;
import dev.sluice.spi.workbench.TestLimits;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.TestStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What of a definition is tried out, with what, and how far. */
final class TrialChoice {
    @Parameters(index = "0", paramLabel = "FILE", description = "The manifest, or its folder.")
    private String file = "";

    @Option(names = "--stream", paramLabel = "NAME", description = "The stream; default: the only one.")
    private @Nullable String stream;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration, as JSON.")
    private @Nullable Path config;

    @Option(
            names = "--input",
            paramLabel = "NAME=VALUE",
            description = "A value of the configuration; $${VARIABLE} takes it from the environment.")
    private Map<String, String> inputs = Map.of();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many records; default: 1000.")
    private int records = TestLimits.USUAL.records();

    @Option(names = "--pages", paramLabel = "N", description = "Pages of a slice; default: 5.")
    private int pages = TestLimits.USUAL.pages();

    @Option(names = "--slices", paramLabel = "N", description = "Slices; default: 5.")
    private int slices = TestLimits.USUAL.slices();

    @Option(names = "--seconds", paramLabel = "N", description = "How long at most; default: 300.")
    private long seconds = TestLimits.USUAL.time().toSeconds();

    @Option(names = "--slice", paramLabel = "N", description = "This slice only, counted from 0.")
    private @Nullable Integer slice;

    @Option(names = "--from-state", paramLabel = "FILE", description = "Go on from a state, as JSON.")
    private @Nullable Path from;

    @Option(names = "--no-retries", description = "Do not repeat what fails.")
    private boolean once;

    @Option(names = "--object", paramLabel = "NAME", description = "Of a destination: the object to write.")
    private @Nullable String object;

    @Option(names = "--method", paramLabel = "WORD", description = "With --object: insert, update, upsert or delete.")
    private String method = "upsert";

    @Option(names = "--matching", paramLabel = "FIELD", split = ",", description = "With --object: the key.")
    private List<String> matching = List.of();

    @Option(names = "--rows", paramLabel = "FILE", description = "With --object: the rows to send, a JSON list.")
    private @Nullable Path rows;

    /** What is sent to a destination; null to send nothing. */
    DestinationTrial.@Nullable Sample sample(Session session) {
        if (object == null || rows == null) {
            return null;
        }
        List<Map<String, ?>> sent = new ArrayList<>();
        try {
            for (Object row : Json.read(text(session, rows)) instanceof List<?> list ? list : List.of()) {
                sent.add(row instanceof Map<?, ?> map ? named(map) : Map.of());
            }
        } catch (IllegalArgumentException notJson) {
            throw CliCommand.usage("--rows does not hold JSON", "write a list of objects into it");
        }
        return new DestinationTrial.Sample(object, method, matching, sent);
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> row) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        row.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    /** The object that is named; null if none is. */
    @Nullable
    String object() {
        return object;
    }

    DefinitionFile definition(Session session) {
        return DefinitionFile.read(session.host().directory(), file);
    }

    /** What to try out. */
    TestRequest request(Session session, DefinitionFile definition, Checked checked) {
        TestLimits limits = new TestLimits(records, pages, slices, Duration.ofSeconds(seconds));
        if (!limits.isAllowed()) {
            throw CliCommand.usage(
                    "a test has at least one record, and at most 5000 records, 20 pages, 20 slices and 900 seconds",
                    "leave the limits out for the usual ones");
        }
        return new TestRequest(
                definition.text(),
                stream(checked),
                config(session),
                limits,
                new TestStart(from == null ? null : text(session, from), slice),
                !once,
                null);
    }

    private String stream(Checked checked) {
        if (stream != null) {
            return stream;
        }
        List<String> names = checked.streams().stream().map(FoundStream::name).toList();
        if (names.size() == 1) {
            return names.getFirst();
        }
        throw CliCommand.usage(
                "say which stream with --stream",
                names.isEmpty()
                        ? "see what is wrong with `sluice connector lint`"
                        : "there are " + String.join(", ", names));
    }

    private static String text(Session session, Path path) {
        return DefinitionFile.text(session.host().directory().resolve(path));
    }

    /** The values of the file, then those of the command line. */
    Config config(Session session) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (config != null) {
            members(text(session, config)).forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        inputs.forEach((name, value) -> values.put(name, value(session, name, value)));
        return Config.of(values);
    }

    private static Map<?, ?> members(String json) {
        try {
            if (Json.read(json) instanceof Map<?, ?> map) {
                return map;
            }
        } catch (IllegalArgumentException notJson) {
            // Not its words: they may quote a secret.
            throw configuration();
        }
        throw configuration();
    }

    private static ProblemException configuration() {
        return CliCommand.usage("--config does not hold a JSON object", "write {\"option\": \"value\"} into it");
    }

    /** What looks like JSON is JSON, so that numbers and objects can be given; everything else is a text. */
    private static @Nullable Object value(Session session, String name, String given) {
        if (given.matches("\\$\\{\\w+}")) {
            String variable = given.substring(2, given.length() - 1);
            String known = session.variables().get(variable);
            if (known == null) {
                throw CliCommand.usage(
                        "the variable " + variable + " of --input " + name + " is not set",
                        "set it, or use --env-file");
            }
            return known;
        }
        if (given.matches("true|false|-?\\d{1,15}(\\.\\d+)?|[\\[{].*")) {
            try {
                return Json.read(given);
            } catch (IllegalArgumentException text) {
                return given;
            }
        }
        return given;
    }
}
