package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.fixture.Cli;
import dev.sluice.cli.fixture.JsonText;
import dev.sluice.cli.output.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappers as a user meets them: in the plan, the preview, the check, the run and its errors. */
class MapperCommandsTest {
    private static final String PEPPER = "a very secret pepper";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(directory).file("data/people.txt", "ann@x.org", "bob@y.org", "eve@x.org", "dan@z.org");
    }

    @Test
    void showsAndDoesWhatTheFileSays() {
        cli.with("PEPPER", PEPPER);
        project(
                "mode: full_refresh_overwrite",
                "mappers: [{compute: {field: domain, value: 'substring(text, 5)'}}, {filter: \"domain <> 'z.org'\"},"
                        + " {hash: {field: text, key: '${PEPPER}'}}, {rename: {field: line, to: number}}]");

        Cli.Result plan = cli.run("plan");
        Cli.Result preview = cli.run("preview", "sluice.yaml");
        Cli.Result sync = cli.run("sync");
        Cli.Result json = cli.run("sync", "-o", "json");

        assertThat(plan.out())
                .contains("people: hash text as text_hashed (keyed SHA-256)")
                .contains("people: keep rows where domain <> 'z.org'")
                .contains("people: rename line to number");
        assertThat(preview.out()).contains("text_hashed", "number", "x.org").doesNotContain("ann@", "dan@");
        assertThat(sync.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(sync.out()).contains("filtered").contains("Copied 3 rows");
        assertThat(cli.rows("people")).hasSize(3).allMatch(row -> row.matches("[123]\\|[0-9a-f]{64}\\|[xy]\\.org"));
        assertThat(JsonText.at(json.out(), "result", "connections", 0, "rows_filtered"))
                .isEqualTo("1");
        for (Cli.Result each : new Cli.Result[] {plan, preview, sync, json}) {
            assertThat(each.out() + each.err()).doesNotContain(PEPPER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "check", "sync", "preview"})
    void saysWhatIsWrongWithAMapperInEachCommand(String command) {
        project("mappers: [{hash: emial}]");

        Cli.Result result = cli.run(command, "sluice.yaml");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out() + result.err())
                .contains("E_FIELD_NOT_FOUND")
                .contains("there is no field emial to hash")
                .contains("sluice.yaml:5:")
                .contains("the fields at this step are line, text");
    }

    @Test
    void checksMappersThatFit() {
        project("mappers: [{hash: text}]");

        Cli.Result result = cli.run("check", "sluice.yaml");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains("mappers", "they fit their streams");
    }

    @Test
    void asksForASecretThatIsNotThere() {
        project("mappers: [{hash: {field: text, key: '${PEPPER}'}}]");

        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("the environment variable PEPPER is not set")
                .contains("sluice.yaml:5:");
    }

    @Test
    void keepsRejectedRowsAsideWithoutWhatIsHidden() {
        cli.file("data/people.txt", "1", "two", "3");
        project(
                "mode: full_refresh_overwrite",
                "mappers: [{compute: {field: n, value: cast(text as integer)}}, {hash: text}]");

        Cli.Result sync = cli.run("sync");
        Cli.Result show = cli.run("rejects", "show", "sluice.yaml");

        assertThat(sync.out()).contains("CANNOT_COMPUTE in n");
        assertThat(cli.rows("people")).hasSize(2);
        assertThat(show.out()).contains("the text is no int64").doesNotContain("two");
    }

    @Test
    void tellsThatOldRowsStayWhenMappersChange() {
        project("mode: incremental_append, cursor: line");
        cli.run("sync");
        project("mode: incremental_append, cursor: line", "mappers: [{compute: {field: n, value: length(text)}}]");
        cli.file("data/people.txt", "ann@x.org", "bob@y.org", "eve@x.org", "dan@z.org", "new@x.org");

        Cli.Result plan = cli.run("plan");
        Cli.Result sync = cli.run("sync");

        assertThat(plan.out()).contains("sluice refresh --stream people");
        assertThat(sync.err()).contains("sluice refresh --stream people");
        assertThat(sync.out()).contains("Copied 1 row ");
        assertThat(cli.run("plan").out()).doesNotContain("sluice refresh");
    }

    private void project(String... settings) {
        cli.file(
                "sluice.yaml",
                "source: {connector: lines, config: {path: data}}",
                "destination: {connector: folder, config: {path: lake}}",
                "connection: shop",
                "streams:",
                "  people: {" + String.join(", ", settings) + "}");
    }
}
