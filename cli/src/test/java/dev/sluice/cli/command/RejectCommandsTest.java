package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.fixture.Cli;
import dev.sluice.cli.fixture.JsonText;
import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rejected records from the run that found them to the command that mends them. */
class RejectCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(directory).file("data/orders.txt", "one", "!reject", "!alter", "four", "!reject");
    }

    @ParameterizedTest
    @CsvSource({
        "rejects: stop, 1, E_REJECTED, not committed",
        "'rejects: {max: 1}', 4, E_TOO_MANY_REJECTS, not committed",
        "'rejects: {maxPercent: 10}', 4, E_TOO_MANY_REJECTS, BAD",
        "strict: fail, 1, E_STRICT, not committed"
    })
    void failsByTheRulesOfTheProjectFileAndShowsNothing(String rule, int code, String problem, String listed) {
        cli.project("orders: {" + rule + "}");
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err()).contains(problem).contains("sluice rejects list sluice.yaml");
        assertThat(cli.rows("orders")).isEmpty();
        assertThat(cli.run("rejects", "list").out()).contains("orders").contains(listed);
    }

    private void storing(String place) {
        cli.file(
                "sluice.yaml",
                "source: {connector: lines, config: {path: data}}",
                "destination: {connector: folder, config: {path: lake}}",
                "rejects: {notify: 1, store: {connector: folder, config: {path: " + place + "}}, format: jsonl}",
                "streams: [orders]");
    }

    @Test
    void storesRejectedRecordsAsFilesEachOnceAndSaysWhere() throws IOException {
        storing("bad");
        Cli.Result first = cli.run("sync");
        Cli.Result second = cli.run("sync", "-o", "json");

        assertThat(first.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(first.out()).contains("2 rejected records in 1 file below bad/");
        assertThat(first.err()).contains("2 of 5 records were rejected, and somebody is to be told of more than 1");
        assertThat(second.out()).contains("\"rejects_stored\"", "\"records\":2");
        try (var files = Files.walk(directory.resolve("bad"))) {
            List<Path> stored = files.filter(Files::isRegularFile).toList();
            assertThat(stored).as("a file of each run").hasSize(2);
            assertThat(stored.getFirst().toString())
                    .matches(".*/bad/[0-9]+/orders/[0-9]{4}_[0-9]{2}_[0-9]{2}_[0-9]+_[0-9]+\\.jsonl");
            assertThat(Files.readAllLines(stored.getFirst())).hasSize(2).allMatch(line -> line.contains("!reject"));
        }
    }

    @Test
    void bringsRejectedRecordsIntoATableWhereEachHasOneRow() {
        cli.project("orders: {mode: incremental_append, cursor: line}");
        cli.run("sync");
        Cli.Result first = cli.run("rejects", "export", "--destination", "folder:lake");
        assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("rejected_records")).hasSize(2).allMatch(row -> row.contains("!reject"));

        cli.run("rejects", "export", "--destination", "folder:lake");
        // This folder keeps what is merged by key as it came.
        assertThat(new HashSet<>(cli.rows("rejected_records")))
                .as("the same once more")
                .hasSize(2);
        assertThat(first.out()).contains("incremental_append_deduped");

        cli.file("data/orders.txt", "one", "!reject", "!alter", "four", "!reject", "!reject");
        cli.run("sync");
        cli.run("rejects", "export", "--destination", "folder:lake");
        assertThat(cli.rows("rejected_records").stream().map(row -> row.split("\\|", -1)[1]))
                .as("and what is new")
                .contains("3");
        assertThat(cli.run("rejects", "export").err()).contains("--into", "--destination");
    }

    @Test
    void losesNothingAndIsNoSuccessWhereFilesOfRejectedRecordsCannotBeStored() {
        storing("lost");
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(result.err()).contains("E_REJECTS_NOT_STORED", "the place is away", "the next run stores them");
        assertThat(cli.rows("orders")).hasSize(3);
        assertThat(cli.run("rejects", "list").out()).contains("orders", "BAD");

        storing("found");
        cli.file("data/orders.txt", "one");
        assertThat(cli.run("sync").out()).contains("2 rejected records in 1 file below found/");
    }

    @Test
    void keepsRecordsWhoseValuesDoNotFitWhereThatIsStrict() {
        cli.project("orders: {strict: true}");
        Cli.Result result = cli.run("sync");

        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(cli.rows("orders")).containsExactly("1|one", "4|four");
        assertThat(result.out())
                .contains("orders: BAD in 2 rejected records")
                .contains("orders: VALUE_TRUNCATED in text in 1 rejected record");
        assertThat(cli.run("rejects", "show", "--code", "VALUE_TRUNCATED").out())
                .contains("line=3")
                .contains("{\"line\":3,\"text\":\"!alter\"}");
    }

    @Test
    void tellsProgramsWhyRecordsWereRejected() {
        String json =
                cli.project("orders: {strict: true}").run("sync", "-o", "json").out();

        Object[] stream = {"result", "connections", 0, "streams", 0, "rejected_for"};
        assertThat(JsonText.at(json, join(stream, 0, "code"))).isEqualTo("BAD");
        assertThat(JsonText.at(json, join(stream, 0, "records"))).isEqualTo("2");
        assertThat(JsonText.at(json, join(stream, 1, "field"))).isEqualTo("text");
    }

    private static Object[] join(Object[] path, Object... more) {
        List<Object> joined = new ArrayList<>(List.of(path));
        joined.addAll(List.of(more));
        return joined.toArray();
    }

    @Test
    void givesMendedRecordsBackOnce() throws IOException {
        cli.project("orders: {strict: true}").run("sync");
        assertThat(cli.run("rejects", "export", "--into", "bad.jsonl").out()).contains("3 rejected records");
        assertThat(cli.run("rejects", "export", "--into", "bad.jsonl").code()).isEqualTo(ExitCode.USAGE);
        mend("bad.jsonl", "good.jsonl");

        Cli.Result replayed = cli.run("rejects", "replay", "--mended", "good.jsonl");
        Cli.Result again = cli.run("rejects", "replay", "--mended", "good.jsonl");

        assertThat(replayed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(replayed.out())
                .contains("2 of 3 records arrived")
                .contains("line 5: it \\x1b[2Jis bad")
                .contains("2 records were replayed, 1 was rejected again");
        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("E_MENDED").contains("replayed or forgotten already");
        assertThat(cli.rows("orders")).containsExactlyInAnyOrder("1|one", "4|four", "2|two", "3|three");
        assertThat(cli.run("rejects", "list").out()).contains("BAD").doesNotContain("VALUE_TRUNCATED");
        assertThat(cli.run("rejects", "list", "--all").out())
                .contains("VALUE_TRUNCATED")
                .contains("replayed");
    }

    /** Mends the first line that could not be read, and the row whose text did not fit. */
    private void mend(String from, String into) throws IOException {
        List<String> mended = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(from))) {
            Map<String, Object> record = new LinkedHashMap<>();
            ((Map<?, ?>) Objects.requireNonNull(Json.read(line)))
                    .forEach((key, value) -> record.put((String) key, value));
            if ("line 2".equals(record.get("place"))) {
                record.put("original", "two");
            } else if (record.containsKey("row")) {
                record.put("row", Map.of("line", 3, "text", "three"));
            }
            mended.add(Json.line(record));
        }
        Files.write(directory.resolve(into), mended);
    }

    @Test
    void triesThemAgainByTheRulesOfNow() {
        cli.project("orders: {mode: incremental_append, cursor: line, strict: true}")
                .run("sync");
        cli.project("orders: {mode: incremental_append, cursor: line}");

        Cli.Result replayed = cli.run("rejects", "replay", "-o", "json");

        assertThat(replayed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(JsonText.at(replayed.out(), "result", "streams", 0, "replayed"))
                .isEqualTo("1");
        assertThat(JsonText.at(replayed.out(), "result", "streams", 0, "changed_values", "text truncated"))
                .isEqualTo("1");
        assertThat(cli.rows("orders")).containsExactly("1|one", "4|four", "3|!alter");
        assertThat(cli.run("sync").out()).contains("Nothing new");
    }

    @Test
    void triesThemWithoutWritingAnything() {
        cli.project("orders: {mode: incremental_append, cursor: line, strict: true}")
                .run("sync");
        cli.project("orders: {mode: incremental_append, cursor: line}");

        Cli.Result dry = cli.run("rejects", "replay", "--dry-run");
        String json = cli.run("rejects", "replay", "--dry-run", "-o", "json").out();

        assertThat(dry.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(dry.out())
                .contains("1 of 3 records would arrive")
                .contains("2 would be rejected again; nothing was written");
        assertThat(JsonText.at(json, "result", "streams", 0, "would_arrive")).isEqualTo("1");
        assertThat(cli.rows("orders")).containsExactly("1|one", "4|four");
        assertThat(cli.run("rejects", "list").out()).contains("VALUE_TRUNCATED").contains("BAD");
    }

    @Test
    void refusesToReplayIntoAStreamThatIsNotComplete() {
        cli.project("orders: {mode: incremental_append, cursor: line}").run("sync");
        cli.file("data/orders.txt", "one", "!reject", "!alter", "four", "!reject", "!fail")
                .run("sync");
        Cli.Result result = cli.run("rejects", "replay");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("E_REPLAY_NOT_READY").contains("a sync of it was interrupted");
        assertThat(cli.run("rejects", "replay", "--dry-run").out())
                .contains("before that: run `sluice sync` first (a sync of it was interrupted)");
    }

    @ParameterizedTest
    @CsvSource({
        "'not json', it is not JSON",
        "'{\"place\": \"line 2\"}', it has no `id` of a rejected record",
        "'{\"id\": 999, \"original\": \"x\"}', these records are not among those"
    })
    void refusesMendedRecordsThatItDoesNotKnow(String line, String why) {
        cli.project().run("sync");
        Cli.Result result = cli.file("bad.jsonl", line).run("rejects", "replay", "--mended", "bad.jsonl");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("E_MENDED").contains(why);
        assertThat(cli.rows("orders")).hasSize(3);
    }

    @Test
    void writesThemForSpreadsheetsAndPipes() throws IOException {
        cli.file("data/orders.txt", "!reject").project().run("sync");
        cli.run("rejects", "export", "--into", "bad.csv");

        assertThat(Files.readAllLines(directory.resolve("bad.csv")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("id,connection,stream,sync_id,state,place,code,field,reason"))
                .anyMatch(line -> line.endsWith(",!reject,") && line.contains(",line 1,BAD,"));
        Cli.Result piped = cli.run("rejects", "export", "--into", "-");
        assertThat(piped.out().lines())
                .singleElement()
                .satisfies(line -> assertThat(JsonText.at(line, "original")).isEqualTo("!reject"));
    }

    @Test
    void showsOneOfThemWhole() {
        cli.project().run("sync");
        String id = JsonText.at(cli.run("rejects", "show", "-o", "json").out(), "result", 0, "id")
                .toString();

        assertThat(cli.run("rejects", "show", "--id", id).out())
                .contains("#" + id)
                .contains("line 2")
                .contains("rejected at")
                .doesNotContain("line 5");
    }

    @Test
    void forgetsThoseThatSomebodyHasLookedAt() {
        cli.project().run("sync");
        assertThat(cli.run("rejects", "discard").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("rejects", "discard", "--code", "NONE", "--yes").out())
                .contains("0 rejected records");
        assertThat(cli.run("rejects", "discard", "--all", "--yes").out()).contains("2 rejected records are forgotten");
        assertThat(cli.run("rejects", "list").out()).contains("No rejected records are kept.");
    }

    @Test
    void takesTheRulesOfACommandLineToo() {
        Cli.Result stopped = cli.run("run", "--from", "lines:data", "--to", "folder:lake", "--rejects", "stop");
        Cli.Result strict = cli.run("run", "--from", "lines:data", "--to", "folder:lake", "--strict");

        assertThat(stopped.err()).contains("E_REJECTED");
        assertThat(strict.out()).contains("VALUE_TRUNCATED in text");
        assertThat(cli.run("run", "--from", "lines:data", "--to", "folder:x", "--rejects", "annotate", "--strict")
                        .err())
                .contains("contradict each other");
    }
}
