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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a source that has changed does to runs, and how it is shown and accepted. */
class SchemaCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(directory).file("data/orders.txt", "one", "two").file("data/users.txt", "ann");
    }

    @Test
    void copiesNewFieldsAndSaysSo() {
        copyOnce("propagate_columns");
        cli.file("data/orders.fields", "text", "extra").file("data/orders.txt", "one", "two", "three");
        Cli.Result plan = cli.run("plan");
        Cli.Result result = cli.run("sync");

        assertThat(plan.out()).contains("+ orders: extra is new: string");
        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains("+ orders: extra is new: string").contains("Copied 1 row ");
        assertThat(result.err()).contains("older rows have no values of the new fields");
        assertThat(cli.rows("orders")).containsExactly("1|one", "2|two", "3|three|three");
        assertThat(cli.run("sync").out()).doesNotContain("is new");
    }

    @Test
    void leavesNewFieldsOutWhereChangesAreIgnored() {
        copyOnce("ignore");
        cli.file("data/orders.fields", "text", "extra").file("data/orders.txt", "one", "two", "three");
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains("extra is new: string (not applied)");
        assertThat(cli.rows("orders")).containsExactly("1|one", "2|two", "3|three");
        cli.run("schema", "accept", "--yes");
        cli.file("data/orders.txt", "one", "two", "three", "four").run("sync");
        assertThat(cli.rows("orders")).endsWith("4|four|four");
    }

    @Test
    void stopsAChangedStreamUntilTheChangeIsAcceptedAndNoOther() {
        copyOnce("pause");
        cli.file("data/orders.fields", "text", "extra").file("data/orders.txt", "one", "two", "three");
        Cli.Result paused = cli.run("sync");

        assertThat(paused.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(paused.out()).contains("stopped: it has changed").contains("Copied 1 of 2 streams");
        assertThat(paused.err())
                .contains("E_SCHEMA_PAUSED")
                .contains("`sluice schema show sluice.yaml`", "`sluice schema accept sluice.yaml`");
        assertThat(cli.rows("orders")).hasSize(2);

        assertThat(cli.run("schema", "accept").err()).contains("add --yes");
        Cli.Result accepted = cli.run("schema", "accept", "--stream", "orders", "--yes");
        assertThat(accepted.out()).contains("1 change was accepted");
        assertThat(accepted.err()).contains("next: sluice sync sluice.yaml");
        assertThat(cli.run("sync").code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("orders")).endsWith("3|three|three");
        assertThat(cli.run("schema", "accept").out()).contains("Nothing has changed.");
    }

    @Test
    void acceptsOnlyTheStreamsThatAreNamed() {
        copyOnce("pause");
        cli.file("data/orders.fields", "text", "extra").file("data/users.fields", "text", "extra");
        cli.run("schema", "accept", "--stream", "users", "--yes");
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(result.err()).contains("orders").doesNotContain("users: the stream has changed");
    }

    @Test
    void showsChangesToPeopleAndPrograms() {
        copyOnce("propagate_columns");
        assertThat(cli.run("schema", "show", "--exit-code").code()).isEqualTo(ExitCode.SUCCESS);
        cli.file("data/orders.fields", "note").file("data/new.txt", "x");
        Cli.Result shown = cli.run("schema", "show", "--exit-code", "-o", "json");

        assertThat(shown.code()).isEqualTo(ExitCode.PLAN_CHANGES);
        assertThat(JsonText.at(shown.out(), "summary")).isEqualTo("2 streams have changed");
        assertThat(JsonText.at(shown.out(), "result", "connections", 0, "changes", 1, "change"))
                .isEqualTo("added");
        String[] details = {"add_field", "remove_field", "update_primary_key"};
        for (int i = 0; i < details.length; i++) {
            assertThat(JsonText.at(shown.out(), "result", "connections", 0, "changes", 0, "details", i, "change"))
                    .isEqualTo(details[i]);
        }
        assertThat(cli.run("schema", "show").out())
                .contains("+ new is a new stream")
                .contains("~ orders: the primary key was (line) and is (note)");
    }

    @ParameterizedTest
    @CsvSource({"ignore, 4", "propagate_columns, 4", "propagate_fully, 0", "pause, 4"})
    void saysWhenANamedStreamIsGone(String rule, int code) throws IOException {
        cli.file(
                "sluice.yaml",
                "source: {connector: lines, config: {path: data}}",
                "destination: {connector: folder, config: {path: lake}}",
                "schemaChanges: " + rule,
                "streams: {orders: {mode: incremental_append, cursor: line}, users: }");
        cli.run("sync");
        Files.delete(directory.resolve("data/orders.txt"));
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).contains("- orders is gone from the source; its table stays as it is");
        assertThat(result.err().contains("E_STREAM_GONE")).isEqualTo(code != 0);
        assertThat(cli.rows("orders")).containsExactly("1|one", "2|two");
    }

    @Test
    void copiesANewStreamThatAPatternMatchesUnlessChangesAreIgnored() {
        copyOnce("ignore");
        cli.file("data/new.txt", "x");
        assertThat(cli.run("sync").out()).contains("+ new is a new stream (not applied)");
        assertThat(cli.rows("new")).isEmpty();
        cli.run("schema", "accept", "--yes");
        cli.run("sync");
        assertThat(cli.rows("new")).hasSize(1);
    }

    @Test
    void refusesToAcceptWhatNeedsAnotherSetting() {
        cli.file(
                "sluice.yaml",
                "source: {connector: lines, config: {path: data}}",
                "destination: {connector: folder, config: {path: lake}}",
                "streams: {users: {mode: incremental_append_deduped, cursor: line, primaryKey: line}}");
        cli.run("sync");
        cli.file("data/users.fields", "note");
        Cli.Result stopped = cli.run("sync");
        assertThat(stopped.code()).isEqualTo(ExitCode.USAGE);
        assertThat(stopped.err()).contains("E_SCHEMA_BREAKING").contains("the primary key was (line) and is (note)");

        Cli.Result refused = cli.run("schema", "accept", "--yes");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("E_KEY_FIXED");
    }

    @Test
    void takesAnotherKeyOnceItIsAcceptedAndTheTableCopiedAnew() {
        cli.project("users: {mode: incremental_append_deduped, cursor: line}");
        cli.run("sync");
        cli.file("data/users.fields", "note").file("data/users.txt", "ann", "bob");
        assertThat(cli.run("sync").err()).contains("sluice schema accept sluice.yaml");
        cli.run("schema", "accept", "--yes");

        Cli.Result asked = cli.run("sync");
        assertThat(asked.err()).contains("E_SETTINGS_CHANGED").contains("sluice refresh sluice.yaml --stream users");
        assertThat(cli.run("refresh", "--stream", "users", "--yes").code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("users")).containsExactly("1|ann", "2|bob");
        assertThat(cli.run("sync").code()).isEqualTo(ExitCode.SUCCESS);
    }

    private void copyOnce(String rule) {
        cli.file(
                "sluice.yaml",
                "source: {connector: lines, config: {path: data}}",
                "destination: {connector: folder, config: {path: lake}}",
                "schemaChanges: " + rule,
                "streams: {'*': {mode: incremental_append, cursor: line}}");
        assertThat(cli.run("sync").code()).isEqualTo(ExitCode.SUCCESS);
    }
}
