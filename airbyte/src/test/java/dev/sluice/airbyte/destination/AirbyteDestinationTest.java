package dev.sluice.airbyte.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.BatchMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs as destinations: what they are sent, what counts as durable, and that none that misbehaves is believed. */
@Timeout(60)
class AirbyteDestinationTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("id", new DataType.IntType(64)),
            new Field("name", new DataType.TextType()),
            new Field("price", new DataType.FloatType(64)));

    /** What a state looks like that nobody sent. */
    private static final String FOREIGN = "echo '{\"type\":\"STATE\",\"state\":{\"type\":\"STREAM\",\"stream\":{"
            + "\"stream_descriptor\":{\"name\":\"orders\"},\"stream_state\":{\"sluice_part\":%s}}}}'\n";

    @TempDir
    Path folder;

    private final TestContext context = new TestContext();

    private DestinationScript script() {
        return new DestinationScript(folder, context);
    }

    private static TargetSpec spec(DestinationSyncMode mode, long generation) {
        return new TargetSpec(
                new Owner("c", "c", false),
                StreamId.of("public", "orders"),
                new TargetName("lake", "orders"),
                SCHEMA,
                new WriteMode(mode, mode.dedups() ? List.of(FieldPath.of("id")) : List.of(), null),
                new Generation(generation, mode.overwrites() ? generation : 0, 77));
    }

    private static RecordBatch batch(@Nullable Object... ids) {
        BatchMaker maker = BatchMaker.of(SCHEMA);
        for (Object id : ids) {
            maker.row(id, "n" + id, 1.5);
        }
        return maker.build();
    }

    /** Writes two parts and publishes. */
    private static void run(AirbyteDestination destination) {
        try (TargetRun run = TargetRun.open(destination, spec(DestinationSyncMode.APPEND, 0))) {
            run.commit("s", "1", batch(1, 2)).commit("s", null, batch(3)).publish(null);
        }
    }

    private void assertFails(String commands, String code, String words) throws IOException {
        AirbyteDestination destination = script().writes(commands);
        assertThatThrownBy(() -> run(destination)).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().code()).isEqualTo(code);
            assertThat(failure.problem().message() + " " + failure.problem().why())
                    .contains(words);
        });
    }

    @Test
    void itIsSentRecordsStatesAndTheEndOfTheStream() throws IOException {
        DestinationScript script = script();
        run(script.writes(DestinationScript.HONEST));
        List<String> taken = script.taken();
        assertThat(taken).hasSize(6);
        assertThat(taken.get(0))
                .isEqualTo("{\"type\":\"RECORD\",\"record\":{\"stream\":\"orders\",\"namespace\":\"lake\",\"data\":"
                        + "{\"id\":1,\"name\":\"n1\",\"price\":1.5},\"emitted_at\":1767323045678}}");
        assertThat(taken.get(2))
                .isEqualTo("{\"type\":\"STATE\",\"state\":{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":"
                        + "{\"name\":\"orders\",\"namespace\":\"lake\"},\"stream_state\":{\"sluice_part\":1}},"
                        + "\"sourceStats\":{\"recordCount\":2.0}}}");
        assertThat(taken.get(4)).contains("\"sluice_part\":2").contains("\"recordCount\":1.0");
        assertThat(taken.get(5)).contains("\"stream_status\"").contains("\"COMPLETE\"");
        assertThat(script.file("catalog.json"))
                .contains("\"generation_id\":0,\"minimum_generation_id\":0,\"sync_id\":77")
                .contains("\"destination_sync_mode\":\"append\"")
                .contains("\"namespace\":\"lake\"");
        assertThat(script.file("config.json")).contains("canary-77e1");
    }

    @Test
    void rowsAreDurableWhenTheirStateComesBack() throws IOException {
        AirbyteDestination destination = script().writes("read -r a; read -r state; echo \"$state\"; cat > /dev/null");
        try (TargetRun run = TargetRun.open(destination, spec(DestinationSyncMode.APPEND, 0))) {
            TestWriteContext host = new TestWriteContext();
            var writer = run.target().writer(host);
            var first = run.commit(writer, host, "s", "1", batch(1));
            var second = run.commit(writer, host, "s", "2", batch(2));
            run.target().leaveOff();
            assertThat(run.target().isDurable(first)).isTrue();
            assertThat(run.target().isDurable(second)).isFalse();
        }
    }

    @Test
    void aReplacementIsToldAsGenerationsOrAsAnOverwrite() throws IOException {
        DestinationScript script = script();
        TargetSpec replacing = spec(DestinationSyncMode.OVERWRITE, 4);
        try (TargetRun run = TargetRun.open(script.writes(DestinationScript.HONEST), replacing)) {
            run.split("s", batch(1)).publish(null);
        }
        assertThat(script.file("catalog.json"))
                .contains("\"overwrite\"")
                .contains("\"generation_id\":4,\"minimum_generation_id\":4");
        script.options(new AirbyteDestination.Options(true, 1, 60_000, 2000));
        AirbyteDestination refreshing = script.writes(DestinationScript.HONEST);
        assertThat(refreshing.traits().modes()).contains(DestinationSyncMode.OVERWRITE_DEDUP);
        try (TargetRun run = TargetRun.open(refreshing, spec(DestinationSyncMode.OVERWRITE_DEDUP, 5))) {
            run.split("s", batch(1)).publish(null);
        }
        assertThat(script.file("catalog.json"))
                .contains("\"append_dedup\"")
                .contains("\"minimum_generation_id\":5")
                .contains("\"primary_key\":[[\"id\"]]");
    }

    @Test
    void aDestinationThatCannotReplaceSaysSoBeforeAnythingIsWritten() throws IOException {
        AirbyteDestination destination = script().modes("\"append\"").writes(DestinationScript.HONEST);
        assertThat(destination.traits().modes()).containsExactly(DestinationSyncMode.APPEND);
        TargetSpec clearing = spec(DestinationSyncMode.OVERWRITE, 1);
        assertThatThrownBy(() -> destination.open(clearing)).hasMessageContaining("E_REPLACE_UNSUPPORTED");
    }

    @Test
    void anEmptyStreamIsCompletedToo() throws IOException {
        DestinationScript script = script();
        try (TargetRun run =
                TargetRun.open(script.writes(DestinationScript.HONEST), spec(DestinationSyncMode.OVERWRITE, 1))) {
            run.publish(null);
        }
        assertThat(script.taken()).hasSize(2);
    }

    @Test
    void valuesThatJsonDoesNotKnowBecomeNullAndAreMarked() throws IOException {
        DestinationScript script = script();
        try (TargetRun run =
                TargetRun.open(script.writes(DestinationScript.HONEST), spec(DestinationSyncMode.APPEND, 0))) {
            RecordBatch odd = BatchMaker.of(SCHEMA)
                    .row(1, "a\n\"b\"", Double.NaN)
                    .change("name", ValueChange.Change.TRUNCATED, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION)
                    .row(2, null, 2.5)
                    .build();
            run.split("s", odd).publish(null);
        }
        assertThat(script.taken().get(0))
                .contains("{\"id\":1,\"name\":\"a\\n\\\"b\\\"\",\"price\":null}")
                .contains("\"meta\":{\"changes\":[{\"field\":\"name\",\"change\":\"TRUNCATED\","
                        + "\"reason\":\"SOURCE_FIELD_SIZE_LIMITATION\"},{\"field\":\"price\",\"change\":\"NULLED\"");
        assertThat(script.taken().get(1))
                .contains("{\"id\":2,\"name\":null,\"price\":2.5}")
                .doesNotContain("meta");
    }

    @Test
    void aDeletedRowThatNothingShowsIsRefused() throws IOException {
        AirbyteDestination destination = script().writes(DestinationScript.HONEST);
        RecordBatch deleted =
                BatchMaker.of(SCHEMA).row(Operation.DELETE, 1, "n1", 1.5).build();
        assertThatThrownBy(() -> {
                    try (TargetRun run = TargetRun.open(destination, spec(DestinationSyncMode.APPEND, 0))) {
                        run.split("s", deleted).publish(null);
                    }
                })
                .hasMessageContaining("E_LOG_UNSEEN_DELETE");
    }

    @Test
    void statesMayBeLeftOutAndGivenBackTwice() throws IOException {
        run(script().writes("""
            while read -r line; do case $line in *STATE*) last=$line;; esac; done
            echo "$last"; echo "$last"
            """));
    }

    @Test
    void aDestinationThatAcknowledgesNothingFails() throws IOException {
        assertFails("cat > /dev/null", "E_DESTINATION_STATE", "did not acknowledge 3 rows");
    }

    @Test
    void aDestinationThatAcknowledgesWhatItWasNeverSentFails() throws IOException {
        assertFails(FOREIGN.formatted(9) + "cat > /dev/null", "E_DESTINATION_STATE", "never sent");
        assertFails(FOREIGN.formatted("\"x\"") + "cat > /dev/null", "E_DESTINATION_STATE", "never sent");
    }

    @Test
    void aDestinationThatAcknowledgesInTheWrongOrderFails() throws IOException {
        assertFails("""
            while read -r line; do
                case $line in *'"sluice_part":1'*) first=$line;; *STATE*) echo "$line"; echo "$first";; esac
            done
            """, "E_DESTINATION_STATE", "after the state 2");
    }

    @Test
    void aDestinationThatCountsOtherRowsFails() throws IOException {
        String counting = DestinationScript.HONEST.replace(
                "echo \"$line\";;", "echo \"$line\" | sed 's/\"sourceStats\"/\"destinationStats\"/; EDIT';;");
        run(script().writes(counting.replace("EDIT", "")));
        assertFails(
                counting.replace("EDIT", "s/recordCount\":2/recordCount\":1/"),
                "E_DESTINATION_COUNT",
                "given 2 rows and counted 1");
        assertFails(
                counting.replace("EDIT", "s/:2.0}/:2.0,\"rejectedRecordCount\":1.0}/"),
                "E_DESTINATION_COUNT",
                "refused 1");
    }

    @Test
    void aDestinationThatEndsEarlyOrBadlyFails() throws IOException {
        AirbyteDestination gone = script().writes("exit 0");
        assertThatThrownBy(() -> run(gone)).isInstanceOfSatisfying(ProblemException.class, failure -> {
            // Whether the pipe is closed in time is chance.
            assertThat(failure.problem().code()).isIn("E_CONNECTOR", "E_DESTINATION_STATE");
        });
        assertFails(DestinationScript.HONEST + "exit 3", "E_CONNECTOR", "exit code 3");
        assertFails(
                DestinationScript.HONEST
                        + "echo '{\"type\":\"TRACE\",\"trace\":{\"type\":\"ERROR\",\"emitted_at\":1,\"error\":{\"message\":\"no"
                        + " room for canary-77e1\",\"failure_type\":\"config_error\"}}}'",
                "E_CONNECTOR",
                "no room for ****");
    }

    /** Whoever ends a run in good order keeps what is nearly done. */
    @Test
    void aRunThatShallEndLetsTheDestinationFinish() throws IOException {
        DestinationScript script = new DestinationScript(folder, context);
        AirbyteDestination destination = script.writes(DestinationScript.HONEST + "sleep 0.5");
        try (TargetRun run = TargetRun.open(destination, spec(DestinationSyncMode.APPEND, 0))) {
            run.split("s", batch(1));
            context.cancel();
            run.publish(null);
        }
        assertThat(script.taken()).hasSize(3);
    }

    @Test
    void aDestinationThatNeverEndsIsEnded() throws IOException {
        TestContext stopped = new TestContext();
        AirbyteDestination destination =
                new DestinationScript(folder, stopped).writes(DestinationScript.HONEST + "stopped=1; sleep 600");
        try (TargetRun run = TargetRun.open(destination, spec(DestinationSyncMode.APPEND, 0))) {
            run.split("s", batch(1));
            stopped.cancel();
            assertThatThrownBy(() -> run.publish(null)).hasMessageContaining("E_CANCELLED");
        }
    }

    @Test
    void aDestinationThatStopsToReadIsEnded() throws IOException {
        DestinationScript script = script().options(new AirbyteDestination.Options(false, 1, 400, 2000));
        AirbyteDestination destination = script.writes("sleep 600");
        try (TargetRun run = TargetRun.open(destination, spec(DestinationSyncMode.APPEND, 0))) {
            RecordBatch large = batch(LongStream.range(0, 20_000).boxed().toArray());
            assertThatThrownBy(() -> run.split("s", large)).hasMessageContaining("E_CONNECTOR");
        }
    }

    @Test
    void whatHostileProgramsDoEndsInAClearError() throws IOException {
        // A line without an end, half a message, records and lies about what it never got.
        assertFails(
                "head -c 70000000 /dev/zero | tr '\\0' x; " + DestinationScript.HONEST, "E_CONNECTOR_LINE", "too long");
        assertFails(
                "printf '{\"type\":\"STATE\",\"state\":{'; cat > /dev/null",
                "E_DESTINATION_STATE",
                "acknowledge 3 rows");
        assertFails(
                "echo '{\"type\":\"STATE\",\"state\":{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":{\"name\":\"o\"},\"stream_state\":{}}}}';"
                    + " cat > /dev/null",
                "E_DESTINATION_STATE",
                "");
        // A child that holds the pipe open does not hold up the run.
        run(script().writes(DestinationScript.HONEST + "sleep 600 & exit 0"));
    }

    /** Printed by a destination of the Faros kit for Node in its dry run, to the byte but for the state, which it wrote anew. */
    @Test
    void whatTheKitForNodePrintsIsUnderstood() throws IOException {
        run(script().writes("""
            echo '{"log":{"level":"INFO","message":"Dry run is ENABLED. Won\\u0027t write any records"},"type":"LOG"}'
            echo '{"record":{"stream":"dry_run","emitted_at":1795768524082,"data":{"ims_User":{"uid":"1","source":"SquadCast"}}},"type":"RECORD"}'
            while read -r line; do
                case $line in *'"type":"STATE"'*) echo "$line" | sed 's/"recordCount":\\([0-9]*\\)[.]0/"recordCount":\\1/';; esac
            done
            echo '{"log":{"level":"INFO","message":"Would write 1 records"},"type":"LOG"}'
            """));
        assertThat(context.lines())
                .extracting(line -> line.message())
                .contains("Dry run is ENABLED. Won't write any records", "Would write 1 records");
    }

    @Test
    void whatItSaysBesidesGoesToTheLogWithoutSecretsAndSigns() throws IOException {
        run(script().writes("""
            printf 'Hello \\033[31mcanary-77e1\\n'
            echo 'on the side canary-77e1' >&2
            """ + DestinationScript.HONEST));
        assertThat(context.lines()).extracting(line -> line.message()).contains("Hello ****", "on the side ****");
    }
}
