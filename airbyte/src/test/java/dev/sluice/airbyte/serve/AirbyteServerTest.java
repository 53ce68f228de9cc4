package dev.sluice.airbyte.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.ConnectorServer;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.ListSource;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connectors of Sluice in the words of the Airbyte protocol: what they say, when they say it, and what they refuse. */
class AirbyteServerTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", new DataType.IntType(64)), new Field("name", new DataType.TextType()));
    private static final String STREAM = "\"stream\":{\"name\":\"rows\",\"namespace\":\"list\",\"json_schema\":"
            + "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},\"name\":{\"type\":\"string\"}}}}";
    private static final String CATALOG = "{\"streams\":[{" + STREAM + ",\"sync_mode\":\"incremental\","
            + "\"destination_sync_mode\":\"append\",\"generation_id\":0,\"minimum_generation_id\":0,\"sync_id\":9}]}";
    private static final String REPLACING = CATALOG.replace(
                    "\"minimum_generation_id\":0", "\"minimum_generation_id\":4")
            .replace("\"generation_id\":0", "\"generation_id\":4");
    private static final String COMPLETE = "{\"type\":\"TRACE\",\"trace\":{\"type\":\"STREAM_STATUS\",\"emitted_at\":1,"
        + "\"stream_status\":{\"stream_descriptor\":{\"name\":\"rows\",\"namespace\":\"list\"},\"status\":\"COMPLETE\"}}}";

    private final List<Row> rows = new ArrayList<>(List.of(Row.of("1", "a"), Row.of("2", "b\"c"), Row.of("3", null)));
    private final Lake lake = new Lake();
    private int code;

    /** A list as a connector. */
    private record Listed(
            List<Row> rows,
            @Nullable Problem broken,
            List<String> committed,
            @Nullable String log) implements SourceConnector {
        Listed(List<Row> rows, @Nullable Problem broken) {
            this(rows, broken, new ArrayList<>(), null);
        }

        @Override
        public Source open(Config config, ConnectorContext context) {
            if (broken != null) {
                throw broken.exception();
            }
            Source list = new ListSource(SCHEMA, rows, 2);
            return (Source) Proxy.newProxyInstance(
                    Source.class.getClassLoader(), new Class<?>[] {Source.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("committed")) {
                            committed.add(Arrays.toString(arguments));
                        }
                        return method.getName().equals("sharedLog") ? log : method.invoke(list, arguments);
                    });
        }

        @Override
        public String name() {
            return "list";
        }

        @Override
        public String title() {
            return "List";
        }

        @Override
        public String summary() {
            return "A list.";
        }

        @Override
        public String spec() {
            return "{\"type\":\"object\",\"properties\":{}}";
        }

        @Override
        public Optional<Config> fromUri(String uri) {
            return Optional.empty();
        }
    }

    private List<String> serve(
            Connector connector, String command, @Nullable String catalog, @Nullable String state, String... in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] lines = String.join("\n", in).getBytes(StandardCharsets.UTF_8);
        code = new AirbyteServer()
                .serve(
                        connector,
                        new ConnectorServer.Request(command, Config.of(Map.of()), catalog, state),
                        new ConnectorServer.Exchange(new ByteArrayInputStream(lines), out, new TestContext().clock()));
        String said = out.toString(StandardCharsets.UTF_8);
        said.lines().forEach(line -> assertThat(Json.readObject(line)).containsKey("type"));
        return said.lines().toList();
    }

    private List<String> source(String command, @Nullable String catalog, @Nullable String state) {
        return serve(new Listed(rows, null), command, catalog, state);
    }

    private List<String> write(String catalog, String... in) {
        return serve(lake, "write", catalog, null, in);
    }

    private static String record(int id) {
        return "{\"type\":\"RECORD\",\"record\":{\"stream\":\"rows\",\"namespace\":\"list\",\"data\":{\"id\":" + id
                + ",\"name\":\"n\"},\"emitted_at\":1}}";
    }

    private static String state(int number, String more) {
        return "{ \"type\":\"STATE\","
                + " \"state\":{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":{\"name\":\"rows\","
                + "\"namespace\":\"list\"},\"stream_state\":{\"n\":" + number + "}}" + more + "}, \"x\": 1.50}";
    }

    @Test
    void aSourceSaysWhatItIsAndHas() {
        assertThat(source("spec", null, null).getFirst())
                .startsWith("{\"type\":\"SPEC\",\"spec\":{\"protocol_version\":\"0.18.0\"")
                .contains("\"supportsIncremental\":true");
        assertThat(source("check", null, null).getFirst()).contains("\"SUCCEEDED\"");
        assertThat(source("discover", null, null).getFirst())
                .contains("\"name\":\"rows\",\"namespace\":\"list\"")
                .contains("\"supported_sync_modes\":[\"full_refresh\",\"incremental\"]")
                .contains("\"source_defined_cursor\":true")
                .contains("\"source_defined_primary_key\":[[\"id\"]]")
                .contains("\"is_resumable\":true");
    }

    @Test
    void aReadIsRecordsAStateWithItsCountAndTheEnd() {
        List<String> said = source("read", CATALOG, null);
        assertThat(code).isZero();
        assertThat(said).hasSize(7);
        assertThat(said.get(0)).contains("\"STARTED\"");
        assertThat(said.get(1)).contains("\"RUNNING\"");
        assertThat(said.get(3)).contains("\"data\":{\"id\":2,\"name\":\"b\\\"c\"}");
        assertThat(said.get(5))
                .isEqualTo("{\"type\":\"STATE\",\"state\":{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":"
                        + "{\"name\":\"rows\",\"namespace\":\"list\"},\"stream_state\":{\"sluice\":1,\"position\":"
                        + "{\"identity\":\"list\",\"value\":\"3\"}}},\"sourceStats\":{\"recordCount\":3.0}}}");
        assertThat(said.get(6)).contains("\"COMPLETE\"");
    }

    @Test
    void theNextReadGoesOnAtTheState() {
        String state = source("read", CATALOG, null).get(5);
        rows.add(Row.of("4", "d"));
        String file = "[" + Json.write(Json.readObject(state).get("state")) + "]";
        Listed listed = new Listed(rows, null);
        List<String> said = serve(listed, "read", CATALOG, file);
        assertThat(listed.committed())
                .singleElement()
                .asString()
                .contains("list.rows")
                .contains("value=3"); // I1
        assertThat(said)
                .filteredOn(line -> line.contains("\"RECORD\""))
                .singleElement()
                .asString()
                .contains("\"id\":4");
        assertThat(source("read", CATALOG, "[]"))
                .filteredOn(line -> line.contains("\"RECORD\""))
                .hasSize(4);
    }

    @Test
    void streamsOfOneLogShareAStateThatIsGivenBackAndTakenAgain() {
        String shared = "[{\"type\":\"GLOBAL\",\"global\":{\"shared_state\":{\"sluice\":1,\"log\":\"slot"
                + " s\"},\"stream_states\":["
                + "{\"stream_descriptor\":{\"name\":\"other\"},\"stream_state\":{\"sluice\":1,\"position\":"
                + "{\"identity\":\"list\",\"value\":\"7\"}}}]}}]";
        Listed logged = new Listed(rows, null, new ArrayList<>(), "slot s");
        List<String> said = serve(logged, "read", CATALOG, shared);
        assertThat(said.get(5))
                .as("what is not read now stays in it")
                .isEqualTo(
                        "{\"type\":\"STATE\",\"state\":{\"type\":\"GLOBAL\",\"global\":{\"shared_state\":{\"sluice\":1,\"log\":\"slot"
                            + " s\"},\"stream_states\":[{\"stream_descriptor\":{\"name\":\"other\"},"
                            + "\"stream_state\":{\"sluice\":1,\"position\":{\"identity\":\"list\",\"value\":\"7\"}}},"
                            + "{\"stream_descriptor\":{\"name\":\"rows\",\"namespace\":\"list\"},\"stream_state\":{\"sluice\":1,"
                            + "\"position\":{\"identity\":\"list\",\"value\":\"3\"}}}]},\"sourceStats\":{\"recordCount\":3.0}}}");
        assertThat(said.getLast()).contains("\"COMPLETE\"");
        String file = "[" + Json.write(Json.readObject(said.get(5)).get("state")) + "]";
        assertThat(serve(logged, "read", CATALOG, file)).noneMatch(line -> line.contains("\"RECORD\""));
        assertThat(code).isZero();
        for (String log : new String[] {"slot t", null}) {
            assertThat(serve(new Listed(rows, null, new ArrayList<>(), log), "read", CATALOG, file))
                    .last()
                    .asString()
                    .contains("E_STATE_FOREIGN");
        }
    }

    @Test
    void aDestinationGivesASharedStateBackWithTheCountOfAllStreams() {
        String global = "{\"type\":\"STATE\",\"state\":{\"type\":\"GLOBAL\",\"global\":{\"shared_state\":{\"a\":1.50},"
                + "\"stream_states\":[]},\"sourceStats\":{\"recordCount\":2.0}}}";
        assertThat(write(CATALOG, record(1), record(2), global, COMPLETE))
                .contains(global.replace(
                        "{\"recordCount\":2.0}}}",
                        "{\"recordCount\":2.0},\"destinationStats\":{\"recordCount\":2.0}}}"));
    }

    @Test
    void anInterruptedReadGoesOnInItsParts() {
        ReadPlan plan = new ReadPlan(
                "",
                List.of(new Split("from 0", "0-2", Estimate.NONE), new Split("from 2", "2-3", Estimate.NONE)),
                new Position("list", "3"));
        ReadState half = new ReadState(
                null, new ReadState.Unfinished(null, plan, Map.of("from 0", new SplitProgress("1", false, 1))));
        String file = Json.write(List.of(Map.of(
                "type",
                "STREAM",
                "stream",
                Map.of(
                        "stream_descriptor", Map.of("name", "rows", "namespace", "list"),
                        "stream_state", half.json()))));
        List<String> said = source("read", CATALOG, file);
        assertThat(said).filteredOn(line -> line.contains("\"RECORD\"")).hasSize(2);
        assertThat(said).anyMatch(line -> line.contains("\"value\":\"3\"") && line.contains("\"recordCount\":2.0"));
    }

    @Test
    void aCopyWhoseLastStateWasKeptHasNothingLeft() {
        String whole = CATALOG.replace("\"incremental\"", "\"full_refresh\"");
        String state = source("read", whole, null).get(5);
        String file = "[" + Json.write(Json.readObject(state).get("state")) + "]";
        List<String> said = source("read", whole, file);
        assertThat(code).isZero();
        assertThat(said).noneMatch(line -> line.contains("\"RECORD\""));
        assertThat(said)
                .anyMatch(line -> line.contains("\"STATE\"") && line.contains("\"recordCount\":0.0"))
                .last()
                .asString()
                .contains("\"COMPLETE\"");
    }

    @Test
    void aStateOfAnotherConnectorIsRefused() {
        String foreign = "[{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":{\"name\":\"rows\"},"
                + "\"stream_state\":{\"cursor\":5}}}]";
        List<String> said = source("read", CATALOG, foreign);
        assertThat(code).isEqualTo(1);
        assertThat(said.getLast()).contains("E_STATE_FOREIGN").contains("\"config_error\"");
    }

    @Test
    void aStreamThatIsGoneFailsAndTheOthersAreRead() {
        String both = CATALOG.replace(
                "[{", "[{\"stream\":{\"name\":\"gone\",\"json_schema\":{}},\"sync_mode\":\"full_refresh\"},{");
        List<String> said = source("read", both, null);
        assertThat(code).isEqualTo(1);
        assertThat(said.get(0)).contains("\"config_error\"").contains("\"name\":\"gone\"");
        assertThat(said.get(1)).contains("\"INCOMPLETE\"");
        assertThat(said.getLast()).contains("\"COMPLETE\"").contains("\"rows\"");
    }

    @Test
    void aConfigurationThatDoesNotWorkIsAnAnswerToACheckAndAFailureElsewhere() {
        Listed broken = new Listed(rows, Problem.of("E_CONFIG", ProblemKind.CONFIG, "there is no host"));
        assertThat(serve(broken, "check", null, null).getFirst())
                .contains("\"FAILED\"")
                .contains("there is no host");
        assertThat(code).isZero();
        assertThat(serve(broken, "discover", null, null).getFirst()).contains("\"config_error\"");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void aStateComesBackByteForByteOnceItsRowsAreDurable() {
        List<String> said = write(
                CATALOG,
                record(1),
                state(1, ",\"sourceStats\":{\"recordCount\":1.0},\"id\":7"),
                record(2),
                record(3),
                state(2, ""),
                record(4),
                COMPLETE);
        assertThat(code).isZero();
        assertThat(said)
                .containsExactly(
                        state(
                                1,
                                ",\"sourceStats\":{\"recordCount\":1.0},\"id\":7,\"destinationStats\":{\"recordCount\":1.0}"),
                        state(2, ",\"destinationStats\":{\"recordCount\":2.0}"));
        assertThat(lake.rows()).hasSize(4);
        assertThat(lake.events()).endsWith("publish 4");
    }

    @Test
    void aReplacementWaitsForTheEndOfTheStream() {
        write(REPLACING, record(1), COMPLETE);
        List<String> said = write(REPLACING.replace(":4", ":5"), record(2), state(1, ""));
        assertThat(code).isEqualTo(1);
        assertThat(said.get(0)).contains("\"n\":1");
        assertThat(said.get(1)).contains("E_STREAM_INCOMPLETE").contains("\"transient_error\"");
        assertThat(lake.rows()).containsExactly("[1, n]");
        write(REPLACING.replace(":4", ":5"), record(3), COMPLETE);
        assertThat(code).isZero();
        assertThat(lake.rows()).containsExactly("[2, n]", "[3, n]");
    }

    @Test
    void whatAnInterruptedWriteAcknowledgedStays() {
        write(CATALOG, record(1), state(1, ""), "no message");
        assertThat(code).isEqualTo(1);
        assertThat(lake.rows()).hasSize(1);
        write(CATALOG.replace("\"sync_id\":9", "\"sync_id\":10"), record(2), COMPLETE);
        assertThat(lake.rows()).containsExactly("[1, n]", "[2, n]");
        assertThat(lake.events()).containsSequence("open 0/9", "commit 1", "publish 2");
    }

    @Test
    void messagesThatCannotBeTrustedEndTheWrite() {
        assertThat(write(CATALOG, record(1), state(1, ",\"sourceStats\":{\"recordCount\":2.0}"))
                        .getLast())
                .contains("E_SOURCE_COUNT");
        assertThat(write(CATALOG, record(1).replace("\"rows\"", "\"others\"")).getLast())
                .contains("E_STREAM_NOT_FOUND");
        assertThat(write(CATALOG, "{\"type\":\"RECORD\",\"record\":{}}").getLast())
                .contains("E_MESSAGE");
        assertThat(write(CATALOG, COMPLETE, record(1)).getLast()).contains("after its end");
        assertThat(write("{\"streams\":[]}").getLast()).contains("E_CATALOG");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void messagesOfNewerVersionsArePassedOver() {
        write(CATALOG, "{\"type\":\"NOVEL\",\"novel\":{}}", record(1), COMPLETE);
        assertThat(code).isZero();
        assertThat(lake.rows()).hasSize(1);
    }

    @Test
    void whatTheSourceDidToValuesIsKeptWithTheRow() {
        String marked = record(2)
                .replace(
                        ",\"emitted_at\"",
                        ",\"meta\":{\"changes\":[{\"field\":\"name\",\"change\":\"TRUNCATED\","
                                + "\"reason\":\"SOURCE_FIELD_SIZE_LIMITATION\"}]},\"emitted_at\"");
        write(CATALOG, record(1), marked, record(3).replace("3", "\"x\""), COMPLETE);
        assertThat(lake.rows())
                .containsExactly(
                        "[1, n]",
                        "[2, n] name TRUNCATED SOURCE_FIELD_SIZE_LIMITATION",
                        "[null, n] id NULLED SOURCE_SERIALIZATION_ERROR");
    }
}
