package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.fixture.Cli;
import dev.sluice.cli.fixture.JsonText;
import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that move data: what arrives, what is told, and with which code it ends. */
class RunsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(directory).file("data/orders.txt", "one", "two", "three");
    }

    @Test
    void copiesWhatAProjectFileSays() {
        Cli.Result result = cli.project().run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("orders")).containsExactly("1|one", "2|two", "3|three");
        assertThat(result.out())
                .contains("stream", "orders", "full_refresh_overwrite", "complete")
                .contains("Copied 3 rows from source to destination in");
        assertThat(result.err()).contains("orders: copying").contains("next: sluice sync  (");
    }

    @Test
    void movesNothingTwice() {
        cli.project("orders: {mode: incremental_append, cursor: line}").run("sync");
        cli.file("data/orders.txt", "one", "two", "three", "four");
        Cli.Result second = cli.run("sync");
        Cli.Result third = cli.run("sync");

        assertThat(second.out()).contains("Copied 1 row ");
        assertThat(third.out()).contains("Nothing new: 0 rows");
        assertThat(cli.rows("orders")).containsExactly("1|one", "2|two", "3|three", "4|four");
    }

    @Test
    void copiesBetweenTwoAddresses() {
        Cli.Result result = cli.run("run", "--from", "lines:data", "--to", "folder:lake", "--prefix", "raw_");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("raw_orders")).hasSize(3);
        assertThat(result.out()).contains("written to", "raw_orders", "from lines:data to folder:lake");
        assertThat(directory.resolve(".sluice/run.db")).exists();
    }

    @Test
    void keepsTheStateOfEachPairOfAddressesApart() {
        String[] incremental = {"--mode", "incremental", "--cursor", "line", "--primary-key", "line"};
        cli.run(join(incremental, "run", "--from", "lines:data", "--to", "folder:lake"));
        assertThat(cli.run(join(incremental, "run", "--from", "lines:data", "--to", "folder:lake"))
                        .out())
                .contains("Nothing new");
        assertThat(cli.run(join(incremental, "run", "--from", "lines:data", "--to", "folder:other"))
                        .out())
                .contains("Copied 3 rows");
    }

    @Test
    void refusesAnIncrementalRunThatWouldCopyEverything() {
        Cli.Result result = cli.run("run", "--from", "lines:data", "--to", "folder:lake", "--mode", "incremental");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("E_CURSOR_MISSING").contains("--cursor updated_at");
        assertThat(directory.resolve("lake")).doesNotExist();
    }

    @Test
    void copiesOnlyTheStreamsThatAreAskedFor() {
        cli.file("data/users.txt", "ann").project().run("sync", "--stream", "user*");
        assertThat(cli.rows("users")).hasSize(1);
        assertThat(cli.rows("orders")).isEmpty();
        assertThat(cli.run("sync", "--stream", "nothing").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void keepsRejectedRecordsAndSaysWhereToLook() {
        cli.file("data/orders.txt", "one", "!reject", "!alter").project();
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains("1 record was rejected and kept").contains("text truncated in 1 value");
        assertThat(result.err()).contains("next: sluice rejects list sluice.yaml");
        assertThat(cli.run("rejects", "list").out()).contains("orders", "BAD");
        assertThat(cli.run("rejects", "show", "--stream", "orders").out()).contains("line 2", "| !reject");
    }

    @ParameterizedTest
    @CsvSource({
        "--max-rejects, 1, 0",
        "--max-rejects, 0, 4",
        "--max-rejects, 50%, 0",
        "--max-rejects, 10%, 4",
        "--fail-on, any, 1",
        "--fail-on, never, 0"
    })
    void measuresRejectedRecordsAgainstTheThreshold(String option, String value, int code) {
        cli.file("data/orders.txt", "one", "!reject", "three").project();
        Cli.Result result = cli.run("sync", option, value);

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err().contains("E_TOO_MANY_REJECTS")).isEqualTo(code == ExitCode.PARTIAL);
    }

    @ParameterizedTest
    @CsvSource({"never, 0", "partial, 1", "any, 1", ", 4"})
    void endsWithTheCodeOfAPartialResult(String failOn, int code) {
        cli.file("data/bad.txt", "!fail").project();
        Cli.Result result = failOn == null ? cli.run("sync") : cli.run("sync", "--fail-on", failOn);

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err()).contains("line 1: the line is bad (E_LINES)");
        assertThat(result.out()).contains("Copied 1 of 2 streams");
        assertThat(cli.rows("orders")).hasSize(3);
    }

    @Test
    void triesAStreamAgainAfterAFailureThatMayPass() {
        String[] lines = new String[12];
        Arrays.fill(lines, "text");
        lines[10] = "!flaky once"; // in the second split, so that the first one is progress
        cli.file("data/orders.txt", lines).project("orders: {mode: incremental_append, cursor: line}");
        Cli.Result result = cli.run("sync", "-o", "json");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("orders")).hasSize(12).doesNotHaveDuplicates();
        assertThat(JsonText.at(result.out(), "result", "connections", 0, "streams", 0, "attempts"))
                .isEqualTo("2");
        assertThat(JsonText.at(result.out(), "result", "connections", 0, "rows_loaded"))
                .isEqualTo("12");
        assertThat(result.err()).contains("orders: the line is gone for a moment (E_LINES); trying again at once");
        assertThat(result.out()).contains("it took 2 attempts");
    }

    @ParameterizedTest
    @CsvSource({"--retries, 0, 1", "--retries, 1, 0"})
    void triesAgainAsOftenAsTheUserWants(String option, String value, int code) {
        String[] lines = new String[12];
        Arrays.fill(lines, "text");
        lines[10] = "!flaky once";
        cli.file("data/orders.txt", lines);
        cli.file(
                "sluice.yaml",
                "source: {connector: lines, config: {path: data}}",
                "destination: {connector: folder, config: {path: lake}}",
                "retries: 7");

        assertThat(cli.run("sync", option, value).code()).isEqualTo(code);
    }

    @Test
    void endsARunThatTakesTooLong() {
        cli.file("data/orders.txt", "one", "!wait never", "three")
                .project("orders: {mode: incremental_append, cursor: line}");
        Cli.Result result = cli.run("sync", "--timeout", "1s");

        assertThat(result.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(result.err())
                .contains("the run took longer than it may (E_TIMEOUT)")
                .contains("run it again to go on");
        assertThat(cli.rows("orders")).containsExactly("1|one", "2|!wait never");
    }

    @Test
    void failsWithOneWhenNoStreamIsDone() {
        Cli.Result result =
                cli.file("data/orders.txt", "one", "!fail").project().run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("failed");
        assertThat(result.err()).contains("next: sluice sync  (goes on where this stopped)");
    }

    @Test
    void aStreamThatCannotBeReadMakesTheRunPartial() {
        Cli.Result result = cli.file("data/orders.txt", "one")
                .file("data/parcels.broken")
                .project()
                .run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(result.err()).contains("the file is broken (E_LINES)");
        assertThat(cli.rows("orders")).containsExactly("1|one");
    }

    @Test
    void failsWhenNoWantedStreamCanBeRead() throws IOException {
        Files.delete(directory.resolve("data/orders.txt"));
        Cli.Result result = cli.file("data/parcels.broken").project().run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("the file is broken (E_LINES)");
    }

    @Test
    void endsWithTheCodeOfTheEnvironmentWhenASourceCannotBeReached() {
        cli.file(
                "p.yaml",
                "source: {connector: lines, config: {path: nowhere}}",
                "destination: {connector: folder, config: {path: lake}}");
        Cli.Result result = cli.run("sync", "p.yaml");

        assertThat(result.code()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(result.err()).contains(directory + "/nowhere: there is no such folder (E_LINES)");
        assertThat(result.err()).contains("next: sluice sync p.yaml  (once that is mended)");
        assertThat(result.err()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void endsWithTheCodeOfPermissionWhenThePasswordIsWrong() {
        cli.file(
                "p.yaml",
                "source: {connector: lines, config: {path: data, fail: permission, password: canary-4711}}",
                "destination: {connector: folder, config: {path: lake}}");
        Cli.Result result = cli.run("sync", "p.yaml", "-vv");

        assertThat(result.code()).isEqualTo(ExitCode.NOT_PERMITTED);
        assertThat(result.err()).contains("with the password ******").contains("why: it said: \\x1b[31mno\\x1b[0m");
        assertThat(result.err()).contains("ProblemException").doesNotContain("canary-4711", "\u001b");
    }

    @Test
    void endsWithTheCodeOfAConflictWhenAnotherConnectionOwnsTheTarget() {
        cli.project().run("sync");
        cli.file(
                "other.yaml",
                "source: {connector: lines, config: {path: data}}",
                "destination: {connector: folder, config: {path: lake}}");
        Cli.Result refused = cli.run("sync", "other.yaml");

        assertThat(refused.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(refused.err()).contains("E_TARGET_OWNED").contains("--take-over");
        assertThat(cli.run("sync", "other.yaml", "--take-over").code()).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void runsAllConnectionsOfAFileAndReportsEach() {
        cli.file(
                "sluice.yaml",
                "sources: {a: {connector: lines, config: {path: data}}, b: {connector: lines, config: {path: none}}}",
                "destinations: {lake: {connector: folder, config: {path: lake}}}",
                "connections:",
                "  good: {source: a, destination: lake}",
                "  poor: {source: b, destination: lake, prefix: x_}");
        Cli.Result result = cli.run("sync", "-o", "json");

        assertThat(result.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(result.err()).doesNotContain("next:");
        assertThat(JsonText.at(result.out(), "ok")).isEqualTo("false");
        assertThat(JsonText.at(result.out(), "error", "class")).isEqualTo("unreachable");
        assertThat(cli.run("sync", "sluice.yaml", "good").code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.run("sync", "sluice.yaml", "gud").err()).contains("did you mean good?");
    }

    @Test
    void tellsOfEachConnectionThatFailsWhyItDid() {
        cli.file(
                "sluice.yaml",
                "sources:",
                "  good: {connector: lines, config: {path: data}}",
                "  bad: {connector: lines, config: {path: none}}",
                "  worse: {connector: lines, config: {path: nowhere}}",
                "destinations:",
                "  lake: {connector: folder, config: {path: lake}}",
                "connections:",
                "  one: {source: bad, destination: lake}",
                "  two: {source: worse, destination: lake}",
                "  three: {source: good, destination: lake}");

        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(result.out()).contains("three").doesNotContain("one\n").doesNotContain("two\n");
        assertThat(result.err().lines().filter(line -> line.startsWith("✗")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("✗ one: "))
                .anySatisfy(line -> assertThat(line).startsWith("✗ two: "));
        String json = cli.run("sync", "-o", "json").out();
        assertThat(JsonText.at(json, "result", "connections", 0, "connection")).isEqualTo("one");
        assertThat(JsonText.at(json, "result", "connections", 0, "status")).isEqualTo("failed");
        assertThat(JsonText.at(json, "result", "connections", 1, "error", "code"))
                .startsWith("E_");
        assertThat(JsonText.at(json, "result", "connections", 2, "status")).isEqualTo("succeeded");
    }

    @Test
    void writesOneEnvelopeForPrograms() {
        Cli.Result result = cli.project().run("sync", "-o", "json");
        Map<?, ?> envelope = (Map<?, ?>) json(result.out());

        assertThat(envelope.keySet())
                .extracting(Object::toString)
                .containsExactly("command", "ok", "exit_code", "summary", "result", "warnings", "error");
        assertThat(JsonText.at(result.out(), "command")).isEqualTo("sync");
        assertThat(JsonText.at(result.out(), "result", "connections", 0, "rows_loaded"))
                .isEqualTo("3");
        assertThat(JsonText.at(result.out(), "result", "connections", 0, "status"))
                .isEqualTo("succeeded");
    }

    @Test
    void writesEventsWithGrowingNumbersAndAnEnd() {
        Cli.Result result = cli.project().run("sync", "-o", "ndjson", "-q");
        List<Map<?, ?>> events = result.out()
                .lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) json(line))
                .toList();

        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).get("seq")).isEqualTo(i + 1);
        }
        assertThat(events).anyMatch(event -> "job".equals(event.get("event")) && "started".equals(event.get("status")));
        assertThat(events)
                .anyMatch(event -> "stream".equals(event.get("event")) && "complete".equals(event.get("status")));
        assertThat(events.getLast().get("event")).isEqualTo("end");
        assertThat(events.getLast().get("ok")).isEqualTo(true);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void saysNothingButTheResultWhenItIsQuiet() {
        Cli.Result result = cli.project().run("sync", "-q");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Copied 3 rows");
    }

    @Test
    void foldsLinesThatRepeatAndNeutralisesThem() {
        Cli.Result result =
                cli.file("data/orders.txt", "!log", "x", "!log").project().run("sync");

        assertThat(result.err().lines().filter(line -> line.contains("watch \\x1b]0;out\\x07")))
                .hasSize(1);
        assertThat(result.err()).doesNotContain("\u001b");
    }

    @Test
    void showsASecretNowhere() throws IOException {
        String canary = "canary-s3cr3t/4711";
        cli.with("PW", canary).file("data/orders.txt", "one", "!fail");
        cli.file(
                "sluice.yaml",
                "source: {connector: lines, config: {path: data, password: \"${PW}\"}}",
                "destination: {connector: folder, config: {path: lake, login: {kind: token, token: tok-canary-99}}}");
        StringBuilder all = new StringBuilder();
        for (String[] line : new String[][] {
            {"sync", "-vv"},
            {"sync", "-o", "json"},
            {"sync", "-o", "ndjson", "-vv"},
            {"plan", "-vv"},
            {"check", "-vv"},
            {"state", "show"},
            {"preview", "-vv"},
            {"discover", "-vv"},
            {
                "run",
                "--from",
                "lines://ann:" + canary.replace("/", "%2F") + "@" + directory + "/data",
                "--to",
                "folder:l2",
                "-vv"
            },
            {"run", "--from", "lines://ann:" + canary.replace("/", "%2F") + "@nowhere", "--to", "folder:l2", "-vv"},
            {"run", "--from", "gopher://ann:canary-s3cr3t@h", "--to", "folder:l2"},
            {"snc", "x://ann:canary-s3cr3t@h"},
            {"sync", "a", "--x=y://ann:canary-s3cr3t@h"}
        }) {
            Cli.Result result = cli.run(line);
            all.append(result.out()).append(result.err());
        }
        assertThat(all.toString()).contains("******").doesNotContain("canary");
        for (Path file : List.of(directory.resolve(".sluice/sluice.db"), directory.resolve(".sluice/run.db"))) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("canary");
        }
    }

    @Test
    void takesVariablesFromAFile() {
        cli.file("vars.env", "# where it is", "export FOLDER='data'", "")
                .file(
                        "sluice.yaml",
                        "source: {connector: lines, config: {path: \"${FOLDER}\"}}",
                        "destination: {connector: folder, config: {path: lake}}");
        assertThat(cli.run("sync").err()).contains("E_VARIABLE_MISSING").contains("FOLDER");
        assertThat(cli.run("sync", "--env-file", "vars.env").code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.run("sync", "--env-file", "none.env").err()).contains("it does not exist");
    }

    @Test
    void namesTheLineOfAnOptionThatDoesNotFit() {
        cli.file(
                "sluice.yaml",
                "source:",
                "  connector: lines",
                "  config:",
                "    pth: data",
                "destination: {connector: folder}");
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("sluice.yaml:4:5: the option path is required (E_CONFIG)");
    }

    @Test
    void namesTheLineOfAConnectorThatDoesNotExist() {
        cli.file("sluice.yaml", "source: {connector: linse}", "destination: {connector: folder}");
        assertThat(cli.run("sync").err())
                .contains("sluice.yaml:1:21: there is no source connector linse")
                .contains("did you mean lines?");
    }

    @Test
    void keepsStateWhereItIsTold() {
        cli.project().run("sync", "--state", "elsewhere");
        assertThat(directory.resolve("elsewhere/sluice.db")).exists();
        assertThat(directory.resolve(".sluice")).doesNotExist();
    }

    private static Object json(String text) {
        Object value = Json.read(text);
        assertThat(value).isNotNull();
        return value == null ? "" : value;
    }

    private static String[] join(String[] last, String... first) {
        String[] all = new String[first.length + last.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(last, 0, all, first.length, last.length);
        return all;
    }
}
