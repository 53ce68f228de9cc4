package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.fixture.Cli;
import dev.sluice.cli.fixture.JsonText;
import dev.sluice.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look and change nothing. */
class LooksTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(directory).file("data/orders.txt", "one", "two", "three").project();
    }

    @Test
    void plansWithoutChangingAnything() {
        Cli.Result result = cli.run("plan");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out())
                .contains("orders", "new", "full_refresh_overwrite", "exactly once")
                .contains("orders.line: int64 → text (widened)")
                .contains("1 table would be created or altered");
        assertThat(directory.resolve("lake")).doesNotExist();
        assertThat(directory.resolve(".sluice")).doesNotExist();
    }

    @Test
    void tellsByTheExitCodeWhetherAPlanChangesSomething() {
        assertThat(cli.run("plan", "--exit-code").code()).isEqualTo(ExitCode.PLAN_CHANGES);
        cli.run("sync");
        Cli.Result settled = cli.run("plan", "--exit-code");
        assertThat(settled.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(settled.out()).contains("replaced").contains("no table would be created or altered");
    }

    @Test
    void plansForPrograms() {
        String json = cli.run("plan", "-o", "json").out();

        assertThat(JsonText.at(json, "result", "connections", 0, "streams", 0, "columns", 0, "fit"))
                .isEqualTo("widened");
        assertThat(JsonText.at(json, "result", "connections", 0, "streams", 0, "guarantee"))
                .isEqualTo("exactly once");
    }

    @Test
    void showsEveryProblemOfAPlan() {
        Cli.Result result = cli.project("orders: {primaryKey: [nme], mode: incremental_append_deduped}", "nope: {}")
                .run("plan");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("E_FIELD_NOT_FOUND").contains("E_STREAM_NOT_FOUND");
    }

    @Test
    void plansBetweenAddresses() {
        assertThat(cli.run("plan", "--from", "lines:data", "--to", "folder:x", "--namespace", "raw")
                        .out())
                .contains("raw.orders");
        assertThat(cli.run("plan", "--from", "lines:data").err()).contains("--to is missing");
    }

    @Test
    void checksBothSidesStepByStep() {
        Cli.Result result = cli.run("check");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains("source source", "✓ open the folder", "destination destination", "✓ write");
    }

    @Test
    void checksTheOtherSideThoughOneFails() {
        cli.file(
                "bad.yaml",
                "source: {connector: lines, config: {path: none}}",
                "destination: {connector: folder, config: {path: lake}}");
        Cli.Result result = cli.run("check", "bad.yaml");

        assertThat(result.code()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(result.out()).contains("✗ open the folder", "there is no such folder (E_LINES)", "✓ write");
        assertThat(result.err()).isEmpty();
        assertThat(JsonText.at(cli.run("check", "bad.yaml", "-o", "json").out(), "error", "code"))
                .isEqualTo("E_LINES");
        assertThat(cli.run("check", "bad.yaml", "destination").code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.run("check", "bad.yaml", "other").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void checksAddresses() {
        assertThat(cli.run("check", "lines:data").code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.run("check", "folder:lake", "--as", "destination").code())
                .isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.run("check", "folder:lake").err()).contains("no source connector understands this address");
    }

    @Test
    void discoversStreamsAndTheirFields() {
        assertThat(cli.run("discover").out()).contains("orders", "full, incremental");
        assertThat(cli.run("discover", "lines:data", "--stream", "orders").out())
                .contains("text", "string", "key line");
        assertThat(JsonText.at(
                        cli.run("discover", "-o", "json").out(),
                        "result",
                        "sources",
                        0,
                        "streams",
                        0,
                        "fields",
                        0,
                        "type"))
                .isEqualTo("int64");
        assertThat(cli.run("discover", "sluice.yaml", "other").err()).contains("the file has no source other");
        assertThat(cli.run("discover", "lines:data", "--stream", "x").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aStreamThatCannotBeReadHidesNoOther() {
        Cli.Result found = cli.file("data/parcels.broken").run("discover");

        assertThat(found.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(found.out()).contains("orders").doesNotContain("parcels");
        assertThat(found.err()).contains("parcels, parcels.broken: the file is broken");
        String json = cli.run("discover", "-o", "json").out();
        assertThat(JsonText.at(json, "result", "sources", 0, "unreadable", 0, "name"))
                .isEqualTo("parcels");
        assertThat(JsonText.at(json, "error", "code")).isEqualTo("E_LINES");
        assertThat(cli.run("discover", "lines:data", "--stream", "orders").code())
                .isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.run("discover", "lines:data", "--stream", "parcels").code())
                .isEqualTo(ExitCode.PARTIAL);

        Cli.Result shown = cli.run("preview", "lines:data");
        assertThat(shown.out()).contains("one");
        assertThat(shown.err()).contains("parcels cannot be read: the file is broken");
        assertThat(cli.run("preview", "lines:data", "--stream", "parcels").err())
                .contains("parcels.broken: the file is broken");

        Cli.Result copied = cli.run("run", "--from", "lines:data", "--to", "folder:lake");
        assertThat(copied.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(copied.err()).contains("parcels.broken: the file is broken");
        assertThat(copied.out()).contains("Copied 1 of 2 streams");
    }

    @Test
    void previewsTypedRowsAfterTheSelection() {
        assertThat(cli.run("preview").out()).contains("int64  string", "    1  one");
        Cli.Result selected = cli.project("orders: {fields: {include: [text]}}").run("preview", "--rows", "2");
        assertThat(selected.out()).contains("one", "two").doesNotContain("three", "int64");
        assertThat(cli.run("preview", "lines:data", "--stream", "orders", "--rows", "0")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void previewsForProgramsWithTypes() {
        String json = cli.run("preview", "-o", "json").out();

        assertThat(json).contains("\"line\":1").contains("\"text\":\"one\"");
    }

    @Test
    void previewsWithoutLettingDataReachTheTerminal() {
        Cli.Result result =
                cli.file("data/orders.txt", "\u001b[2J\u202egnp", "!reject").run("preview");

        assertThat(result.out()).contains("\\x1b[2J\\u202egnp").doesNotContain("\u001b");
        assertThat(result.err()).contains("line 2 cannot be read: it \\x1b[2Jis bad");
    }

    @Test
    void listsConnectorsAndTheirOptions() {
        assertThat(cli.run("connectors", "list").out()).contains("lines", "source", "folder", "destination");
        assertThat(cli.run("connectors", "spec", "folder").out()).contains("path", "required", "token", "secret");
        assertThat(JsonText.at(
                        cli.run("connectors", "spec", "lines", "-o", "json").out(),
                        "result",
                        "source",
                        "properties",
                        "password",
                        "airbyte_secret"))
                .isEqualTo("true");
        assertThat(cli.run("connectors", "spec", "lnes").err()).contains("did you mean lines?");
        assertThat(cli.run("connectors", "spec", "lines", "--as", "destination").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void searchesARegistryOfConnectors() throws IOException {
        Files.writeString(
                directory.resolve("registry.json"),
                "{\"sources\": [{\"name\": \"Faker\", \"dockerRepository\": \"airbyte/source-faker\","
                        + " \"dockerImageTag\": \"7.2.1\", \"supportLevel\": \"community\", \"spec\":"
                        + " {\"connectionSpecification\": {\"properties\": {\"seed\": {\"type\": \"integer\"}}}}}]}");
        assertThat(cli.run("connectors", "search", "faker", "--registry", ".").out())
                .contains("source-faker", "7.2.1", "community", "image");
        assertThat(cli.run("connectors", "spec", "source-faker", "--registry", "registry.json")
                        .out())
                .contains("airbyte/source-faker:7.2.1", "seed", "integer");
        Cli.Result unnamed = cli.run("connectors", "search");
        assertThat(unnamed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unnamed.err()).contains("--registry");
    }

    @Test
    void servesAConnectorOnlyWithItsFiles() {
        Cli.Result missing = cli.run("connector", "lines", "read", "--config", "gone.json");
        assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.err()).contains("E_FILE", "gone.json");
        assertThat(missing.out()).isEmpty();
        assertThat(cli.run("connector", "nothing", "spec").err()).contains("E_CONNECTOR_UNKNOWN");
    }

    @Test
    void examinesTheMachine() {
        Cli.Result result = cli.run("doctor");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out())
                .contains(
                        "java",
                        "memory",
                        "connectors",
                        "disk",
                        "temporary",
                        "state",
                        "clock",
                        "terminal",
                        "All is well.");
        assertThat(JsonText.at(cli.run("doctor", "-o", "json").out(), "result", "findings", 0, "ok"))
                .isEqualTo("true");
    }

    @Test
    void findsAClockThatIsWrong() {
        java.time.Clock past = java.time.Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC);
        Cli.Result result = cli.at(past).run("doctor");

        assertThat(result.code()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(result.out()).contains("is in the past", "try: set the clock");
    }
}
