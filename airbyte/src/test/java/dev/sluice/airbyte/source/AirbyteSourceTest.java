package dev.sluice.airbyte.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.airbyte.process.Program;
import dev.sluice.airbyte.process.Programs;
import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.airbyte.program.ProgramSettings;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connector says becomes rows and positions, and what it says wrongly becomes an error. */
class AirbyteSourceTest {
    private static final StreamId A = StreamId.of("a");
    private static final StreamId B = StreamId.of("n", "b");

    @TempDir
    Path folder;

    private final TestContext context = new TestContext();
    private long quietMillis = 60_000;

    private AirbyteSource open(Script script) throws IOException {
        return open(ProgramSettings.of(script.config()));
    }

    private AirbyteSource open(ProgramSettings settings) {
        Programs programs = new Programs(folder.resolve("packages"), Objects.toString(System.getenv("PATH"), ""));
        return new AirbyteSource(new ConnectorProgram(settings, programs, context), quietMillis);
    }

    private Script script() throws IOException {
        return new Script(folder);
    }

    private static StreamRead read(AirbyteSource source, StreamId id, SyncMode mode) {
        CatalogStream stream = source.discover(new DiscoverScope.All()).find(id).orElseThrow();
        return new StreamRead(stream, stream.schema(), mode, null, stream.primaryKey(), true);
    }

    private static List<Row> rows(AirbyteSource source, StreamId id) {
        try (StreamReading reading =
                StreamReading.begin(source, read(source, id, SyncMode.INCREMENTAL), new ReadStart.Beginning())) {
            return reading.readAll().rows();
        }
    }

    private static void assertProblem(String code, String words, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().code())
                    .as(failure.problem().toString())
                    .isEqualTo(code);
            assertThat(failure.problem().toString()).contains(words).doesNotContain("canary-5d1e");
        });
    }

    @Test
    void itsStreamsAreThoseOfItsCatalog() throws IOException {
        try (AirbyteSource source = open(script())) {
            CatalogStream a = source.discover(new DiscoverScope.All()).find(A).orElseThrow();
            assertThat(a.schema().names()).containsExactly("id", "name", "price", "tags");
            assertThat(a.supportsIncremental()).isTrue();
            assertThat(a.cursor().sourceDefined()).isTrue();
            assertThat(a.primaryKey()).extracting(Object::toString).containsExactly("id");
            CatalogStream b = source.discover(new DiscoverScope.All()).find(B).orElseThrow();
            assertThat(b.supportsIncremental()).isFalse();
        }
    }

    @Test
    void recordsBecomeRowsAndTheLastStateThePosition() throws IOException {
        Script script = script().says(
                        "Welcome to the connector",
                        Script.status("a", "STARTED"),
                        Script.record(
                                "a", "{\"id\":1,\"name\":\"ä\\n\",\"price\":1.5,\"tags\":[1, null],\"unknown\":7}"),
                        Script.state("a", "{\"cursor\":1}", 1),
                        Script.record("a", "{\"name\":null,\"id\":2}"),
                        Script.record("a", "{\"id\":\"3\"}"),
                        Script.state("a", "{\"cursor\":3}", 2),
                        Script.status("a", "COMPLETE"));
        try (AirbyteSource source = open(script)) {
            StreamRead read = read(source, A, SyncMode.INCREMENTAL);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
                assertThat(reading.readAll().rows())
                        .extracting(Row::values)
                        .containsExactly(
                                Arrays.asList("1", "ä\n", "1.5", "[1, null]"),
                                Arrays.asList("2", null, null, null),
                                Arrays.asList("3", null, null, null));
                Position end = Objects.requireNonNull(reading.end());
                assertThat(end.value()).isEqualTo("{\"stream_state\":{\"cursor\":3}}");
            }
        }
        assertThat(context.lines()).anyMatch(line -> line.message().contains("Welcome to the connector"));
    }

    @Test
    void theNextReadIsGivenTheState() throws IOException {
        Script script = script().says(Script.record("a", "{\"id\":4}"), Script.state("a", "{\"cursor\":4}", 1));
        ProgramSettings settings = ProgramSettings.of(script.config());
        Position from = new Position(settings.launch().identity(), "{\"stream_state\":{\"cursor\":3}}");
        try (AirbyteSource source = open(settings)) {
            StreamRead read = read(source, A, SyncMode.INCREMENTAL);
            ReadStart foreign = new ReadStart.After(new Position("elsewhere", from.value()));
            assertProblem("E_POSITION_FOREIGN", "another connector", () -> source.plan(read, foreign));
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.After(from))) {
                assertThat(reading.readAll().rows()).hasSize(1);
                assertThat(Objects.requireNonNull(reading.end()).value())
                        .isEqualTo("{\"stream_state\":{\"cursor\":4}}");
            }
        }
        assertThat(Files.readString(folder.resolve("state.json")))
                .isEqualTo(
                        "[{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":{\"name\":\"a\"},\"stream_state\":{\"cursor\":3}}}]");
        assertThat(Files.readString(folder.resolve("config.json"))).isEqualTo("{\"secret\":\"canary-5d1e\"}");
        Map<String, ?> catalog = Json.readObject(Files.readString(folder.resolve("catalog.json")));
        assertThat(Json.write(catalog))
                .contains("\"sync_mode\":\"incremental\"")
                .contains("\"primary_key\":[[\"id\"]]");
    }

    @Test
    void oneProcessReadsAllStreamsOfARun() throws IOException {
        Script script = script().then("echo begun >> " + folder.resolve("begun"))
                .says(
                        Script.record("b", "{\"id\":1}"),
                        Script.record("a", "{\"id\":1}"),
                        Script.record("b", "{\"id\":2}"),
                        Script.state("b", "{}", 2),
                        Script.state("a", "{\"c\":1}", 1));
        try (AirbyteSource source = open(script)) {
            StreamRead a = read(source, A, SyncMode.INCREMENTAL);
            StreamRead b = read(source, B, SyncMode.FULL_REFRESH);
            source.expect(List.of(a, b));
            try (StreamReading reading = StreamReading.begin(source, a, new ReadStart.Beginning())) {
                assertThat(reading.readAll().rows()).hasSize(1);
            }
            try (StreamReading reading = StreamReading.begin(source, b, new ReadStart.Beginning())) {
                assertThat(reading.readAll().rows()).hasSize(2);
                assertThat(reading.end()).isNull();
            }
        }
        assertThat(Files.readAllLines(folder.resolve("begun"))).hasSize(1);
    }

    /** A position covers exactly what was returned: neither less, which would double rows, nor more, which would lose some. */
    @Test
    void anInterruptedReadGoesOnAtAStateThatCoversWhatCame() throws Exception {
        Path go = folder.resolve("go");
        Script script = script().says(Script.record("a", "{\"id\":1}"), Script.state("a", "{\"c\":1}", 1))
                .then("while ! [ -e " + go + " ]; do sleep 0.1; done")
                .says(Script.record("a", "{\"id\":2}"))
                .then("sleep 1.5")
                .says(
                        Script.record("a", "{\"id\":3}"),
                        Script.state("a", "{\"c\":3}", 2),
                        Script.record("a", "{\"id\":4}"))
                .then("exit 3");
        try (AirbyteSource source = open(script)) {
            StreamRead read = read(source, A, SyncMode.INCREMENTAL);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning());
                    SplitReader reader = source.open(
                            read,
                            reading.plan(),
                            reading.plan().splits().getFirst(),
                            null,
                            new TestReadContext(StreamReading.SMALL_BATCHES))) {
                assertThat(Objects.requireNonNull(reader.read()).rows()).isEqualTo(1);
                assertThat(reader.position()).isEqualTo("{\"stream_state\":{\"c\":1}}");
                Files.createFile(go);
                assertThat(Objects.requireNonNull(reader.read()).rows()).isEqualTo(1);
                assertThat(reader.position()).as("row 2 is covered by no state").isNull();
                assertThat(Objects.requireNonNull(reader.read()).rows()).isEqualTo(1);
                assertThat(reader.position()).isEqualTo("{\"stream_state\":{\"c\":3}}");
                assertProblem("E_CONNECTOR", "exit code 3", reader::read);
            }
        }
    }

    @Test
    void aValueThatIsNoneOfItsTypeBecomesNullAndIsMarked() throws IOException {
        Script script = script().says(Script.record("a", "{\"id\":1,\"price\":\"much\",\"name\":{\"a\":1}}"));
        try (AirbyteSource source = open(script)) {
            StreamRead read = read(source, A, SyncMode.INCREMENTAL);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
                reading.readAll();
                assertThat(reading.rows()).hasSize(1);
                assertThat(reading.rejects()).isEmpty();
                assertThat(reading.batches().getFirst().changes())
                        .extracting(ValueChange::field)
                        .containsExactlyInAnyOrder("price", "name");
            }
        }
    }

    @Test
    void aNumberOfTooManyDigitsIsRoundedAndMarked() throws IOException {
        Script script = script().says(
                        Script.record("a", "{\"id\":1,\"price\":0.30000000000000004}"),
                        Script.record("a", "{\"id\":2,\"price\":12345678901234567890.5}"));
        try (AirbyteSource source = open(script)) {
            StreamRead read = read(source, A, SyncMode.INCREMENTAL);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
                reading.readAll();
                assertThat(reading.rows())
                        .extracting(row -> row.value(2))
                        .containsExactly("0.30000000000000004", "1.2345678901234567E19");
                assertThat(reading.batches().getFirst().changes())
                        .singleElement()
                        .satisfies(change -> {
                            assertThat(change.row()).isEqualTo(1);
                            assertThat(change.field()).isEqualTo("price");
                            assertThat(change.change()).isEqualTo(ValueChange.Change.TRUNCATED);
                        });
            }
        }
    }

    @Test
    void aMomentWithoutAZoneIsInUtc() throws IOException {
        String catalog = Script.CATALOG.replace(
                "\"tags\":{\"type\":\"array\"}", "\"tags\":{\"type\":\"string\",\"format\":\"date-time\"}");
        Script script = script().discover("echo '" + catalog + "'")
                .says(
                        Script.record("a", "{\"id\":1,\"tags\":\"2024-02-29T12:00:00.5\"}"),
                        Script.record("a", "{\"id\":2,\"tags\":\"2024-02-29T12:00:00+02:00\"}"));
        try (AirbyteSource source = open(script)) {
            assertThat(rows(source, A))
                    .extracting(row -> row.value(3))
                    .containsExactly("2024-02-29T12:00:00.5Z", "2024-02-29T10:00:00Z");
        }
    }

    @Test
    void whatGoesWrongIsToldInTheConnectorsWords() throws IOException {
        try (AirbyteSource source = open(
                script().says(Script.record("a", "{\"id\":1}"), Script.failure("the key has expired", "config_error"))
                        .then("exit 1"))) {
            assertThatThrownBy(() -> rows(source, A)).isInstanceOfSatisfying(ProblemException.class, failure -> {
                assertThat(failure.problem().message()).isEqualTo("the key has expired");
                assertThat(failure.problem().kind()).isEqualTo(ProblemKind.CONFIG);
            });
        }
    }

    @Test
    void hostileOutputEndsInAClearError() throws IOException {
        assertFails(
                "E_SOURCE_COUNT",
                "sent 5 rows and 1 arrived",
                Script.record("a", "{\"id\":1}"),
                Script.state("a", "{}", 5));
        assertFails("E_CONNECTOR", "stream c, which it was not asked for", Script.record("c", "{\"id\":1}"));
        assertFails(
                "E_CONNECTOR",
                "after it had said",
                Script.status("b", "COMPLETE"),
                Script.record("b", "{\"id\":1}"),
                Script.status("a", "COMPLETE"));
        assertFails(
                "E_CONNECTOR",
                "after it had said",
                Script.status("b", "COMPLETE"),
                Script.status("a", "COMPLETE"),
                Script.record("a", "{\"id\":1}"));
        assertFails("E_CONNECTOR", "gave up the stream", Script.status("a", "INCOMPLETE"));
        assertFails("E_CONNECTOR", "did not say that the stream a was complete", Script.status("a", "STARTED"));
    }

    /** All records are there; only the process is not done. */
    @Test
    void aSourceThatHasSaidAllAndHangsIsEnded() throws IOException {
        quietMillis = 300;
        try (AirbyteSource source = open(script().says(Script.record("a", "{\"id\":1}"), Script.status("a", "COMPLETE"))
                .then("sleep 600"))) {
            assertThat(rows(source, A)).hasSize(1);
        }
        assertThat(context.lines()).anyMatch(line -> line.message().contains("did not end"));
    }

    @Test
    void aSourceThatHasSaidAllAndFailsHasFailed() throws IOException {
        try (AirbyteSource source = open(script().says(Script.record("a", "{\"id\":1}"), Script.status("a", "COMPLETE"))
                .then("exit 9"))) {
            assertProblem("E_CONNECTOR", "exit code 9", () -> rows(source, A));
        }
    }

    private void assertFails(String code, String words, String... lines) throws IOException {
        try (AirbyteSource source = open(script().says(lines))) {
            StreamRead a = read(source, A, SyncMode.INCREMENTAL);
            source.expect(List.of(a, read(source, B, SyncMode.FULL_REFRESH)));
            assertProblem(code, words, () -> rows(source, A));
        }
    }

    @Test
    void aMessageThatIsTooLongEndsTheRead() throws IOException {
        String giant = "printf '{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":{\"name\":\"'; "
                + "head -c 70000000 /dev/zero | tr '\\0' x; printf '\"}}}\\n'";
        try (AirbyteSource source = open(script().then(giant))) {
            assertProblem("E_CONNECTOR_LINE", "too long", () -> rows(source, A));
        }
    }

    @Test
    void aSourceThatHangsIsEndedAndLogLinesAreNoSignOfLife() throws IOException {
        quietMillis = 300;
        String talk =
                "while sleep 0.1; do echo '{\"type\":\"LOG\",\"log\":{\"level\":\"INFO\",\"message\":\"here\"}}'; done";
        try (AirbyteSource source =
                open(script().says(Script.record("a", "{\"id\":1}")).then(talk))) {
            assertProblem("E_CONNECTOR", "neither a record nor a state", () -> rows(source, A));
        }
    }

    @Test
    void whatHostileProgramsDoEndsInAClearError() throws IOException {
        String state = "{\"type\":\"STATE\",\"state\":{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":"
                + "{\"name\":\"a\"},\"stream_state\":{\"n\":2}},\"sourceStats\":{\"recordCount\":2.0}}}";
        // A state before the records that it is said to cover.
        assertFails("E_SOURCE_COUNT", "sent 2 rows and 0 arrived", state, Script.record("a", "{\"id\":1}"));
        // Half a line, and the end.
        try (AirbyteSource source = open(script().then(
                        "printf '{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":{\"id\":1'; exit 3"))) {
            assertProblem("E_CONNECTOR", "exit code 3", () -> rows(source, A));
        }
        // A child that holds the pipe open after its parent has gone. The parent stays until somebody reads: of a pipe
        // that nobody
        // has begun to read Java keeps only what is in it when the parent ends.
        quietMillis = 500;
        try (AirbyteSource source =
                open(script().says(Script.record("a", "{\"id\":1}")).then("sleep 600 &\nsleep 0.4"))) {
            assertProblem("E_CONNECTOR", "neither a record nor a state", () -> rows(source, A));
        }
    }

    @Test
    void howMuchTheConnectorExpectsIsHandedOn() throws IOException {
        String estimate =
                "{\"type\":\"TRACE\",\"trace\":{\"type\":\"ESTIMATE\",\"emitted_at\":1,\"estimate\":{\"type\":\"STREAM\","
                    + "\"name\":\"a\",\"row_estimate\":40,\"byte_estimate\":900}}}";
        TestReadContext host = new TestReadContext(StreamReading.SMALL_BATCHES);
        try (AirbyteSource source = open(script().says(estimate, Script.record("a", "{\"id\":1}")))) {
            StreamRead read = read(source, A, SyncMode.FULL_REFRESH);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning());
                    SplitReader reader = source.open(
                            read, reading.plan(), reading.plan().splits().getFirst(), null, host)) {
                assertThat(Objects.requireNonNull(reader.read()).rows()).isEqualTo(1);
            }
        }
        assertThat(host.expectedRows()).isEqualTo(40);
    }

    @Test
    void noiseIsLoggedAndPersonalDataIsNot() throws IOException {
        try (AirbyteSource source = open(script().says(
                        "\u001B[31mred\u001B[0m words",
                        "{\"level\":\"INFO\",\"msg\":\"own format\"}",
                        "{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":{\"name\":\"Ada Lovelace\"",
                        "",
                        Script.record("a", "{\"id\":1}")))) {
            assertThat(rows(source, A)).hasSize(1);
        }
        assertThat(context.lines()).anyMatch(line -> line.message().contains("red words"));
        assertThat(context.lines()).anyMatch(line -> line.message().contains("own format"));
        assertThat(context.lines()).noneMatch(line -> line.message().contains("Ada"));
    }

    @Test
    void aProtocolOfAnotherMajorNumberIsRefused() throws IOException {
        Path program = Files.createTempFile(folder, "source", ".sh");
        for (String version : List.of("0.2.0", "0.99.0", "1.0.0")) {
            Files.writeString(
                    program,
                    "echo Welcome\n"
                        + "echo '{\"type\":\"SPEC\",\"spec\":{\"connectionSpecification\":{},\"protocol_version\":\""
                            + version + "\"}}'");
            ProgramSettings settings =
                    ProgramSettings.of(Config.of(Map.of("command", List.of("/bin/sh", program.toString()))));
            ConnectorProgram connector = new ConnectorProgram(
                    settings, new Programs(folder, Objects.toString(System.getenv("PATH"), "")), context);
            if (version.startsWith("0.")) {
                assertThat(connector.spec()).containsKey("connectionSpecification");
            } else {
                assertProblem("E_CONNECTOR_PROTOCOL", "version 1.0.0", connector::spec);
            }
        }
    }

    /** A program of that name plays the engine: it goes where the container would see the folder of the run. */
    @Test
    void anImageIsRunByTheEngineOfThisMachine() throws IOException {
        Config asProgram = script().says(Script.record("a", "{\"id\":7}")).config();
        List<?> command = (List<?>) Objects.requireNonNull(asProgram.values().get("command"));
        String script = command.get(1).toString();
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path told = folder.resolve("told");
        Path docker = Files.writeString(tools.resolve("docker"), """
            #!/bin/sh
            echo "$@" >> %s
            [ "$1" = run ] || exit 0
            while [ "$1" != acme/source:1.0 ]; do
                [ "$1" != --volume ] || cd "${2%%%%:*}"
                shift
            done
            shift
            exec /bin/sh %s "$@"
            """.formatted(told, script));
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        ProgramSettings settings = ProgramSettings.of(Config.of(Map.of(
                "docker", "acme/source:1.0", "memory", "512m", "network", "none", "config", Map.of("secret", "s"))));
        Programs programs = new Programs(folder, tools + ":" + System.getenv("PATH"));
        try (AirbyteSource source = new AirbyteSource(new ConnectorProgram(settings, programs, context), 60_000)) {
            assertThat(rows(source, A)).hasSize(1);
        }
        List<String> lines = Files.readAllLines(told);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("run --rm --init --interactive --name sluice-")
                        && line.contains("--security-opt no-new-privileges --pids-limit 4096")
                        && line.contains(":/sluice --workdir /sluice --memory 512m --network none acme/source:1.0 read")
                        && !line.contains("\"s\""));
        assertThat(lines).as("the container is removed").anyMatch(line -> line.startsWith("rm --force sluice-"));
    }

    @Test
    void anImageSeesAFolderOfFilesAndHasALimitOfMemory() throws IOException {
        assertThat(told(Map.of("docker", "acme/source:1.0", "local", folder + "/files"), false))
                .contains("--memory 2g --mount type=bind,source=" + folder
                        + "/files,target=/local,readonly acme/source:1.0 read");
        assertThat(told(Map.of("docker", "acme/source:1.0", "local", folder + "/files", "memory", "0"), true))
                .contains(
                        "--memory 0 --mount type=bind,source=" + folder + "/files,target=/local acme/source:1.0 read");
        for (String hostile : List.of("files", "/a,readonly=false", "/a\"b", "/a\nb")) {
            assertProblem(
                    "E_CONNECTOR_ORIGIN", "no folder", () -> told(Map.of("docker", "a", "local", hostile), false));
        }
        assertProblem(
                "E_CONNECTOR_ORIGIN",
                "is for images",
                () -> told(Map.of("command", List.of("/bin/true"), "memory", "2g"), false));
    }

    /** The command line of a container that reads. */
    private String told(Map<String, ?> values, boolean writes) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("engine"));
        assertThat(Files.writeString(tools.resolve("podman"), "").toFile().setExecutable(true))
                .isTrue();
        Config config = Config.of(values);
        ProgramSettings settings = writes ? ProgramSettings.ofDestination(config) : ProgramSettings.of(config);
        Program program = new Programs(folder, tools.toString()).program(settings.launch(), line -> {});
        return String.join(" ", program.commandLine(folder, "sluice-1", List.of("read")));
    }

    @Test
    void aCheckTellsWhatTheConnectorTells() throws IOException {
        try (AirbyteSource source = open(script())) {
            assertThat(source.check().succeeded()).isTrue();
        }
        try (AirbyteSource source = open(script().check(
                        "echo '{\"type\":\"CONNECTION_STATUS\",\"connectionStatus\":{\"status\":\"FAILED\",\"message\":\"no"
                            + " such key\"}}'; exit 1"))) {
            assertThat(source.check().firstProblem().orElseThrow().toString()).contains("no such key");
        }
        try (AirbyteSource source = open(script().check("echo nothing; exit 7"))) {
            assertThat(source.check().firstProblem().orElseThrow().toString()).contains("exit code 7");
        }
    }

    @Test
    void aStreamThatIsListedTwiceIsNoCatalog() throws IOException {
        try (AirbyteSource source = open(
                script().discover(
                                "echo '{\"type\":\"CATALOG\",\"catalog\":{\"streams\":[{\"name\":\"a\"},{\"name\":\"a\"}]}}'"))) {
            assertProblem("E_CONNECTOR_CATALOG", "twice", () -> source.discover(new DiscoverScope.All()));
        }
    }

    @Test
    void aReaderThatIsCancelledEndsSoon() throws Exception {
        try (AirbyteSource source =
                open(script().says(Script.record("a", "{\"id\":1}")).then("sleep 1000"))) {
            StreamRead read = read(source, A, SyncMode.INCREMENTAL);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning());
                    SplitReader reader = source.open(
                            read,
                            reading.plan(),
                            reading.plan().splits().getFirst(),
                            null,
                            new TestReadContext(StreamReading.SMALL_BATCHES))) {
                assertThat(Objects.requireNonNull(reader.read()).rows()).isEqualTo(1);
                Thread.ofVirtual().start(reader::cancel);
                assertProblem("E_CANCELLED", "stopped", reader::read);
            }
        }
    }

    @Test
    void whatTheConnectorDidToValuesIsSaidOfTheirRow() throws IOException {
        String marked = Script.record("a", "{\"id\":9,\"name\":\"x\"}")
                .replace(
                        ",\"emitted_at\"",
                        ",\"meta\":{\"changes\":[{\"field\":\"name\",\"change\":\"TRUNCATED\","
                                + "\"reason\":\"SOURCE_FIELD_SIZE_LIMITATION\"},{\"field\":\"gone\"}]},\"emitted_at\"");
        Script script = script();
        for (int i = 0; i < 9; i++) {
            script.says(Script.record("a", "{\"id\":" + i + "}"));
        }
        script.says(marked, Script.record("a", "{\"id\":10}"));
        try (AirbyteSource source = open(script)) {
            StreamRead read = read(source, A, SyncMode.INCREMENTAL);
            try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
                reading.readAll();
                assertThat(reading.batches())
                        .flatExtracting(RecordBatch::changes)
                        .hasSize(1);
                for (RecordBatch batch : reading.batches()) {
                    for (ValueChange change : batch.changes()) {
                        assertThat(((LongColumn) batch.column(0)).values()[change.row()])
                                .isEqualTo(9);
                        assertThat(change.reason()).isEqualTo(ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
                    }
                }
            }
        }
    }

    @Test
    void aConfigurationThatTheConnectorChangesIsKeptAndUsedFromThenOn() throws IOException {
        String control = "{\"type\":\"CONTROL\",\"control\":{\"type\":\"CONNECTOR_CONFIG\",\"emitted_at\":1.5E12,"
                + "\"connectorConfig\":{\"config\":{\"secret\":\"canary-next\"}}}}";
        Script script = script().says(control, "canary-next", control, Script.record("a", "{\"id\":1}"));
        try (AirbyteSource source = open(script)) {
            assertThat(rows(source, A)).hasSize(1);
            assertThat(context.configs())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.values())
                            .containsEntry("config", Map.of("secret", "canary-next"))
                            .containsKey("command"));
            source.check();
            rows(source, A);
        }
        assertThat(Files.readString(folder.resolve("config.json"))).contains("canary-next");
        assertThat(context.lines()).noneMatch(line -> line.message().contains("canary"));
    }
}
