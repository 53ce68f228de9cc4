package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Redactor;
import dev.sluice.cli.text.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final String ESC = "\u001b[";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Redactor redactor = new Redactor();

    @Test
    void keepsResultsAndMessagesApart() {
        Console console = console(Terminal.none(true), Verbosity.NORMAL);
        console.result(Line.of("result"));
        console.message(Verbosity.NORMAL, Line.of("message"));
        console.message(Verbosity.VERBOSE, Line.of("detail"));

        assertThat(out()).isEqualTo("result\n");
        assertThat(err()).isEqualTo("message\n");
    }

    @Test
    void leavesTheOutputToDataThatIsWrittenThere() {
        Console console = console(Terminal.none(true), Verbosity.QUIET);
        console.result(Line.of("before"));
        console.leaveOutput();
        console.result(Line.of("summary"));
        console.resultText("{}");

        assertThat(out()).isEqualTo("before\n");
        assertThat(err()).isEqualTo("summary\n{}\n");
    }

    @Test
    void saysOnlyErrorsWhenItIsQuiet() {
        Console console = console(Terminal.none(true), Verbosity.QUIET);
        console.message(Verbosity.NORMAL, Line.of("message"));
        console.message(Verbosity.QUIET, Line.of("error"));

        assertThat(err()).isEqualTo("error\n");
    }

    @Test
    void coloursOnlyOnATerminal() {
        console(Terminal.of(80), Verbosity.NORMAL).result(Line.of(Style.BAD, "x"));
        assertThat(out()).isEqualTo(ESC + "31mx" + ESC + "0m\n");
        out.reset();
        new Console(print(out), print(err), Terminal.of(80), Verbosity.NORMAL, false, redactor)
                .result(Line.of(Style.BAD, "x"));
        assertThat(out()).isEqualTo("x\n");
    }

    @Test
    void redrawsItsBlockInPlace() {
        Console console = console(Terminal.of(80), Verbosity.NORMAL);
        console.live(List.of(Line.of("one"), Line.of("two")));
        err.reset();
        console.live(List.of(Line.of("three")));

        assertThat(err()).isEqualTo("\r" + ESC + "2Athree" + ESC + "K\n" + ESC + "J");
    }

    @Test
    void printsAboveItsBlock() {
        Console console = console(Terminal.of(80), Verbosity.NORMAL);
        console.live(List.of(Line.of("block")));
        err.reset();
        console.message(Verbosity.NORMAL, Line.of("message"));

        assertThat(err()).isEqualTo("\r" + ESC + "1A" + ESC + "J" + "message\n" + "block\n");
    }

    @Test
    void cutsLinesToTheWindow() {
        Console console = console(Terminal.of(8), Verbosity.NORMAL);
        console.live(List.of(Line.of("a long line")));

        assertThat(err()).contains("a long", "…").doesNotContain("line");
    }

    @Test
    void showsTheCursorAgainAtTheEnd() {
        Console console = console(Terminal.of(80), Verbosity.NORMAL);
        console.live(List.of(Line.of("block")));
        console.endLive();
        console.endLive();

        assertThat(err()).startsWith(ESC + "?25l").endsWith(ESC + "J" + ESC + "?25h");
    }

    @Test
    void blotsOutSecretsEverywhere() {
        redactor.add("canary");
        Console console = console(Terminal.of(80), Verbosity.NORMAL);
        console.result(Line.of("a canary"));
        console.live(List.of(Line.of("the canary")));

        assertThat(out() + err()).doesNotContain("canary").contains("a ******", "the ******");
    }

    private Console console(Terminal terminal, Verbosity verbosity) {
        return new Console(print(out), print(err), terminal, verbosity, true, redactor);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
