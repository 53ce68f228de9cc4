package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.fixture.Cli;
import dev.sluice.cli.fixture.JsonText;
import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.state.RunLock;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(directory)
                .file("data/orders.txt", "one", "two", "three")
                .project("orders: {mode: incremental_append_deduped, cursor: line}");
    }

    @Test
    void showsWhatIsRemembered() {
        assertThat(cli.run("state", "show").out()).contains("nothing is remembered");
        cli.run("sync");
        Cli.Result result = cli.run("state", "show");

        assertThat(result.out())
                .contains("incremental_append_deduped by line", "generation  0", "in folder", "        3");
        assertThat(JsonText.at(
                        cli.run("state", "show", "-o", "json").out(),
                        "result",
                        "connections",
                        0,
                        "streams",
                        0,
                        "position"))
                .isEqualTo("3");
        assertThat(cli.run("state", "show", "--stream", "other").out()).doesNotContain("generation");
    }

    @Test
    void showsAnUnfinishedReadWithItsProgress() {
        cli.file("data/orders.txt", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "!fail")
                .run("sync");
        Cli.Result result = cli.run("state", "show");

        assertThat(result.out()).contains("unfinished").contains("10 rows are committed, 1 of 2 parts are done");
    }

    @Test
    void rewindsAStreamAndSaysWhatThatDoes() {
        cli.run("sync");
        Cli.Result result = cli.run("state", "rewind", "--stream", "orders", "--yes");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.err()).contains("merges them by key");
        Cli.Result again = cli.run("sync");
        assertThat(again.out()).contains("Copied 3 rows");
        assertThat(again.err()).contains("orders: the stream was rewound, so it is copied from the beginning");
    }

    @Test
    void asksBeforeItRewinds() {
        cli.run("sync");

        Cli.Result nobody = cli.run("state", "rewind", "--all");
        assertThat(nobody.code()).isEqualTo(ExitCode.USAGE);
        assertThat(nobody.err()).contains("nobody is there to be asked").contains("--yes");
        assertThat(cli.run("sync").out()).contains("Nothing new");
    }

    @Test
    void needsToKnowWhichStreams() {
        cli.run("sync");

        assertThat(cli.run("state", "rewind", "--yes").err()).contains("say which streams to rewind");
        assertThat(cli.run("state", "rewind", "--stream", "ordes", "--yes").err())
                .contains("did you mean orders?");
    }

    @Test
    void setsAPosition() {
        cli.run("sync");
        Cli.Result result = cli.run("state", "set", "--stream", "orders", "--position", "2", "--yes");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.run("state", "show").out()).contains("set by hand");
        assertThat(cli.run("sync").out()).contains("Copied 1 row ");
    }

    @Test
    void refusesAPositionThatIsNoJson() {
        cli.run("sync");
        Cli.Result result = cli.run("state", "set", "--stream", "orders", "--position", "{id: 5", "--yes");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("the position is not JSON");
    }

    @Test
    void refusesToChangeStateWhileARunHoldsTheLock() {
        cli.run("sync");
        try (RunLock lock = RunLock.take(directory.resolve(".sluice/sluice.shop.lock"), "shop")) {
            assertThat(lock).isNotNull();
            assertThat(cli.run("state", "rewind", "--all", "--yes").code()).isEqualTo(ExitCode.CONFLICT);
            assertThat(cli.run("state", "set", "--stream", "orders", "--position", "1", "--yes")
                            .code())
                    .isEqualTo(ExitCode.CONFLICT);
            assertThat(cli.run("state", "show").code()).isEqualTo(ExitCode.SUCCESS);
            Cli.Result second = cli.run("sync");
            assertThat(second.code()).isEqualTo(ExitCode.CONFLICT);
            assertThat(second.err())
                    .contains("E_LOCKED")
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void saysThatNothingIsRememberedOfAConnectionThatNeverRan() {
        assertThat(cli.run("state", "rewind", "--all", "--yes").err()).contains("E_NO_STATE");
        assertThat(directory.resolve(".sluice/sluice.db")).doesNotExist();
    }

    @Test
    void namesTheCommandThatHelpsWhenTheTargetIsGone() {
        cli.run("sync");
        Path table = directory.resolve("lake/orders");
        for (var file : java.util.Objects.requireNonNull(table.toFile().listFiles())) {
            assertThat(file.delete()).isTrue();
        }
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("E_STATE_AHEAD")
                .contains("`sluice state rewind sluice.yaml --stream orders`");
        cli.run("state", "rewind", "sluice.yaml", "--stream", "orders", "--yes");
        assertThat(cli.run("sync").code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("orders")).hasSize(3);
    }
}
