package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.fixture.Cli;
import dev.sluice.cli.fixture.JsonText;
import dev.sluice.cli.output.ExitCode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Help, and command lines that cannot be understood. */
class UsageTest {
    private static final int MOST_LINES = 50;

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(directory);
    }

    static Stream<String> commands() {
        return Stream.of(
                "",
                "run",
                "sync",
                "check",
                "discover",
                "preview",
                "plan",
                "state",
                "state show",
                "state rewind",
                "state set",
                "rejects",
                "rejects list",
                "rejects show",
                "rejects export",
                "rejects replay",
                "rejects discard",
                "connectors",
                "connectors list",
                "connectors spec",
                "connector test",
                "connector lint",
                "connector record",
                "connector replay",
                "connector publish",
                "doctor",
                "version",
                "completion");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpsWithExamplesFirstOnOneScreen(String command) {
        Cli.Result result = cli.run((command + " --help").strip().split(" "));

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out().lines().count()).isLessThanOrEqualTo(MOST_LINES);
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(result.out().indexOf("Examples:"))
                .isPositive()
                .isLessThan(result.out().indexOf("Usage:"));
        assertThat(result.out()).contains("  sluice " + command);
    }

    @ParameterizedTest
    @CsvSource({
        "snc, there is no command snc, did you mean `sluice sync`?",
        "state shw, there is no command shw, did you mean `sluice state show`?",
        "sync --strem x, there is no option --strem, did you mean --stream?",
        "version more, one argument too many: more, see `sluice version --help`",
        "state, 'say what to do: show, rewind, set', see `sluice state --help`",
        "state set --stream x, missing required option: '--position=JSON', see `sluice state set --help`",
        "sync --parallel many, invalid value for option '--parallel', see `sluice sync --help`",
        "sync --parallel 0, --parallel takes a number from 1 to 256, leave it out",
        "sync --max-rejects lots, --max-rejects takes a number or a share, write for example",
        "run --to folder:x, --from is missing, write for example"
    })
    void explainsWhatItDoesNotUnderstand(String line, String message, String advice) {
        cli.file("data/a.txt", "x").project();
        Cli.Result result = cli.run(line.split(" "));

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains(message)
                .contains("try: ")
                .contains(advice)
                .contains("(E_USAGE)");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void explainsItToProgramsToo() {
        String json = cli.run("sync", "--strem", "x", "-o", "json").out();

        assertThat(JsonText.at(json, "error", "code")).isEqualTo("E_USAGE");
        assertThat(JsonText.at(json, "command")).isEqualTo("sync");
        assertThat(JsonText.at(cli.run("snc", "-ojson").out(), "error", "fix_command"))
                .isEqualTo("sluice sync");
    }

    @Test
    void saysWhichVersionItIs() {
        assertThat(cli.run("version").out()).startsWith("sluice ");
        assertThat(cli.run("--version").out()).startsWith("sluice ");
        assertThat(JsonText.at(cli.run("version", "-o", "json").out(), "result", "java"))
                .contains("25");
    }

    @Test
    void showsItsCommandsWhenItIsGivenNone() {
        Cli.Result result = cli.run();
        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains("Commands:", "sync", "doctor");
    }

    @ParameterizedTest
    @CsvSource({"bash, complete -F", "zsh, compinit", "fish, complete -c sluice"})
    void writesScriptsThatComplete(String shell, String sign) {
        Cli.Result result = cli.run("completion", shell);

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains(sign).contains("rewind").contains("take-over");
    }

    @Test
    void looksForTheUsualFile() {
        Cli.Result result = cli.run("sync");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("sluice.yaml: there is no such project file");
    }
}
