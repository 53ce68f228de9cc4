package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.fixture.ChildProcess;
import dev.sluice.cli.fixture.Cli;
import dev.sluice.cli.fixture.JsonText;
import dev.sluice.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole processes: signals, sudden death, and locks between them. */
@Timeout(180)
class ProcessTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(directory).project("orders: {mode: incremental_append, cursor: line}");
    }

    @Test
    void printsItsResultAndEndsWithItsCode() throws Exception {
        ChildProcess version = start("version");
        assertThat(version.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(version.out()).startsWith("sluice ");
        assertThat(version.err()).isEmpty();

        ChildProcess wrong = start("sync", "none.yaml", "-o", "json");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(JsonText.at(wrong.out(), "error", "code")).isEqualTo("E_PROJECT");
    }

    @Test
    void printsNamesFromDataInUtf8WhateverTheLocale() throws Exception {
        cli.file("data/größe.txt", "東京");
        ChildProcess preview =
                ChildProcess.start(directory, List.of("-Dstdout.encoding=US-ASCII"), "preview", "lines:data");

        assertThat(preview.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(preview.out()).contains("größe", "東京");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void savesWhatIsReadWhenItIsAskedToEnd(String signal, int code) throws Exception {
        waitAt("!wait gate");
        ChildProcess run = start("sync");
        ChildProcess.awaitFile(directory.resolve("data/gate.reached"));
        run.signal(signal);

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).contains("saving what is read so far").contains("goes on where this stopped");
        assertThat(run.out()).contains("stopped").contains("what is committed stays");
        assertThat(cli.rows("orders").size()).isGreaterThanOrEqualTo(10);
        assertFinishes("goes on after");
    }

    @Test
    void abortsAtTheSecondSignal() throws Exception {
        waitAt("!hang gate");
        ChildProcess run = start("sync");
        ChildProcess.awaitFile(directory.resolve("data/gate.reached"));
        run.signal("INT");
        run.awaitSaid("press Ctrl+C again to abort");
        run.signal("INT");

        assertThat(run.code()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(run.err()).contains("breaking off");
        assertFinishes("goes on after");
    }

    @Test
    void goesOnAfterSuddenDeath() throws Exception {
        waitAt("!wait gate");
        ChildProcess run = start("sync");
        ChildProcess.awaitFile(directory.resolve("data/gate.reached"));
        run.signal("KILL");

        assertThat(run.code()).isEqualTo(137);
        assertThat(cli.run("state", "show").out()).contains("under way, or died");
        assertFinishes("goes on after");
    }

    @Test
    void refusesASecondRunAndNamesTheFirst() throws Exception {
        waitAt("!wait gate");
        ChildProcess first = start("sync");
        ChildProcess.awaitFile(directory.resolve("data/gate.reached"));
        ChildProcess second = start("sync");

        assertThat(second.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(second.err()).contains("E_LOCKED").contains("the process " + first.pid() + " holds the lock");
        assertThat(start("state", "rewind", "--all", "--yes").code()).isEqualTo(ExitCode.CONFLICT);
        Files.createFile(directory.resolve("data/gate"));
        assertThat(first.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("orders")).hasSize(25);
    }

    @Test
    void drawsABlockOnATerminalAndTakesItAway() throws Exception {
        waitAt("!wait gate");
        ChildProcess run = ChildProcess.start(
                directory, List.of("-Dsluice.tty=out,err"), "sync", "--progress", "bar", "--no-color");
        ChildProcess.awaitFile(directory.resolve("data/gate.reached"));
        run.awaitSaid("0 of 1 stream");
        Files.createFile(directory.resolve("data/gate"));

        assertThat(run.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(run.err()).contains("orders", "copying", "\u001b[?25l", "\u001b[?25h");
        assertThat(run.err().lastIndexOf("\u001b[?25h")).isGreaterThan(run.err().lastIndexOf("of 1 stream"));
        assertThat(run.out()).contains("Copied 25 rows").doesNotContain("\u001b");
    }

    /** Twenty-five rows in three splits; the reader stops for a while in the second. */
    private void waitAt(String line) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 25; i++) {
            lines.add(i == 15 ? line : "row " + i);
        }
        cli.file("data/orders.txt", lines.toArray(String[]::new));
    }

    private void assertFinishes(String note) throws IOException {
        Files.createFile(directory.resolve("data/gate"));
        Cli.Result again = cli.run("sync");

        assertThat(again.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(again.err()).contains(note);
        assertThat(cli.rows("orders")).hasSize(25).doesNotHaveDuplicates();
    }

    private ChildProcess start(String... arguments) throws IOException {
        return ChildProcess.start(directory, List.of(), arguments);
    }
}
