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

/** Reading streams once more, emptying their tables, and being asked before. */
class RefreshCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void copyOnce() {
        cli = new Cli(directory)
                .file("data/orders.txt", "one", "two")
                .file("data/users.txt", "ann")
                .project("orders: {mode: incremental_append, cursor: line}", "users: {mode: full_refresh_overwrite}");
        cli.run("sync");
    }

    @Test
    void replacesATableByANewCopy() {
        cli.file("data/orders.txt", "1", "2", "3");
        Cli.Result result = cli.run("refresh", "--stream", "orders", "--yes");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains("Copied 3 rows").doesNotContain("users");
        assertThat(cli.rows("orders")).containsExactly("1|1", "2|2", "3|3");
        assertThat(cli.run("sync").out()).contains("users").contains("Copied 1 row ");
    }

    @Test
    void keepsTheRowsThatAreThereIfThatIsWished() {
        Cli.Result result = cli.run("refresh", "--stream", "orders", "--keep-history");

        assertThat(result.code()).as("adding needs no confirmation").isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("orders")).containsExactly("1|one", "2|two", "1|one", "2|two");
    }

    @Test
    void asksBeforeRowsAreLost() {
        assertThat(cli.run("refresh", "--stream", "orders").err())
                .contains("nobody is there to be asked")
                .contains("add --yes");
        assertThat(cli.run("clear", "--stream", "orders").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.rows("orders")).hasSize(2);
    }

    @Test
    void wantsToKnowWhichStreamsAreMeant() {
        assertThat(cli.run("refresh", "--yes").err()).contains("say which streams are meant");
        assertThat(cli.run("clear", "--all", "--stream", "orders", "--yes").code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("refresh", "--stream", "ordres", "--yes").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void refreshesNoStreamThatIsCopiedWholeAnyway() {
        Cli.Result result = cli.run("refresh", "--stream", "users", "--yes");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("E_REFRESH_USELESS").contains("`sluice sync`");
        assertThat(cli.run("refresh", "--all", "--yes").code()).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void goesOnWithAnInterruptedRefreshAtTheNextSync() {
        cli.file("data/orders.txt", "1", "!fail", "3");
        Cli.Result failed = cli.run("refresh", "--stream", "orders", "--yes");

        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err()).contains("next: sluice sync sluice.yaml");
        assertThat(cli.rows("orders")).as("the old rows are still there").containsExactly("1|one", "2|two");
        assertThat(cli.run("state", "show").out()).contains("the next run replaces the table by a new copy");
        cli.file("data/orders.txt", "1", "2", "3").run("sync");
        assertThat(cli.rows("orders")).containsExactly("1|1", "2|2", "3|3");
    }

    @Test
    void clearsATableWithoutAskingTheSource() throws IOException {
        Files.delete(directory.resolve("data/orders.txt"));
        Files.delete(directory.resolve("data/users.txt"));
        Files.delete(directory.resolve("data"));
        Cli.Result result = cli.run("clear", "--all", "--yes", "-o", "json");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(JsonText.at(result.out(), "result", "streams", 0, "target")).isEqualTo("orders");
        assertThat(JsonText.at(result.out(), "summary")).isEqualTo("Cleared 2 tables");
        assertThat(cli.rows("orders")).isEmpty();
        assertThat(cli.rows("users")).isEmpty();
    }

    @Test
    void copiesEverythingAfterAClear() {
        cli.run("clear", "--stream", "ord*", "--yes");
        assertThat(cli.rows("orders")).isEmpty();
        assertThat(cli.rows("users")).hasSize(1);
        cli.run("sync");
        assertThat(cli.rows("orders")).containsExactly("1|one", "2|two");
    }

    @Test
    void clearsOnlyWhatWasCopied() {
        Cli.Result result = cli.run("clear", "--stream", "nothing", "--yes");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("has copied nothing of nothing yet").contains("sluice state show");
    }

    @Test
    void asksWhatBecomesOfRowsThatDoNotFitToNewSettings() {
        cli.project("orders: {mode: full_refresh_append}");
        Cli.Result refused = cli.run("sync");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains("E_SETTINGS_CHANGED")
                .as("a refresh would be refused, as each run copies it whole")
                .contains("`sluice clear sluice.yaml --stream orders`");
        cli.project("orders: {mode: incremental_append, cursor: line}");
        assertThat(cli.run("sync").code())
                .as("the old settings are still right")
                .isEqualTo(ExitCode.SUCCESS);
    }
}
