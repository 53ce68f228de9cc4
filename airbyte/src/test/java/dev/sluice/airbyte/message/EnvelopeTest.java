package dev.sluice.airbyte.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.StreamId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages are told apart from other lines, and their parts are found. */
class EnvelopeTest {
    private final Envelope envelope = new Envelope();
    private byte[] line = {};

    private @Nullable MessageType read(String text) {
        line = text.getBytes(StandardCharsets.UTF_8);
        return envelope.read(line, 0, line.length);
    }

    private String data() {
        return new String(line, envelope.dataFrom(), envelope.dataTo() - envelope.dataFrom(), StandardCharsets.UTF_8);
    }

    @Test
    void theDataOfARecordIsFoundWhateverTheOrder() {
        assertThat(read("{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":{\"x\":1},\"emitted_at\":1}}"))
                .isEqualTo(MessageType.RECORD);
        assertThat(data()).isEqualTo("{\"x\":1}");
        assertThat(envelope.stream()).isEqualTo(StreamId.of("a"));
        assertThat(read(" {\"record\" : {\"emitted_at\":1.5, \"data\": {\"stream\":\"no\"}, \"namespace\":\"n\\u00e4\","
                        + " \"stream\":\"a\"} , \"extra\":[{}], \"type\":\"RECORD\"} "))
                .isEqualTo(MessageType.RECORD);
        assertThat(data()).isEqualTo("{\"stream\":\"no\"}");
        assertThat(envelope.stream()).isEqualTo(StreamId.of("nä", "a"));
    }

    @Test
    void aLineThatBeginsAsUsualMayGoOnOtherwise() {
        String usual = "{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":{\"x\":\"}}\"}";
        assertThat(read(usual + "},\"more\":{}}")).isEqualTo(MessageType.RECORD);
        assertThat(data()).isEqualTo("{\"x\":\"}}\"}");
        assertThat(read(usual + "} }  ")).isEqualTo(MessageType.RECORD);
        assertThat(read(usual + ",\"meta\":{\"changes\":[]}}}")).isEqualTo(MessageType.RECORD);
        assertThat(envelope.meta()).isEqualTo("{\"changes\":[]}");
        for (String end : new String[] {"", "}", "}}}", "}]", "}} x", ",}}", "}}{}", "\"}}"}) {
            assertThat(read(usual + end)).as(end).isEqualTo(end.equals("}}") ? MessageType.RECORD : null);
        }
        assertThat(read("{\"type\":\"RECORD\",\"record\":}")).isNull();
        assertThat(read("{\"type\":\"RECORD\",\"record\":{}}")).isNull();
    }

    @Test
    void noNamespaceIsSaidInThreeWays() {
        for (String namespace : new String[] {"", "\"namespace\":null,", "\"namespace\":\"\","}) {
            read("{\"type\":\"RECORD\",\"record\":{" + namespace + "\"stream\":\"a\",\"data\":{},\"emitted_at\":1}}");
            assertThat(envelope.stream()).isEqualTo(StreamId.of("a"));
        }
    }

    @Test
    void streamsAreToldApartRecordByRecord() {
        read("{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"namespace\":\"n\",\"data\":{}}}");
        assertThat(envelope.stream()).isEqualTo(StreamId.of("n", "a"));
        read("{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":{}}}");
        assertThat(envelope.stream()).isEqualTo(StreamId.of("a"));
        read("{\"type\":\"RECORD\",\"record\":{\"stream\":\"ab\",\"data\":{}}}");
        assertThat(envelope.stream()).isEqualTo(StreamId.of("ab"));
    }

    @Test
    void theSpellingOfEachPayloadIsKnown() {
        assertThat(read("{\"type\":\"CONNECTION_STATUS\",\"connectionStatus\":{\"status\":\"SUCCEEDED\"}}"))
                .isEqualTo(MessageType.CONNECTION_STATUS);
        assertThat(envelope.payload()).isEqualTo("{\"status\":\"SUCCEEDED\"}");
        assertThat(read("{\"type\":\"DESTINATION_CATALOG\",\"destination_catalog\":{}}"))
                .isEqualTo(MessageType.DESTINATION_CATALOG);
    }

    @Test
    void whatIsNoMessageIsNone() {
        for (String text : new String[] {
            "",
            "plain words",
            "{",
            "{\"type\":\"RECORD\"",
            "[]",
            "null",
            "{\"level\":\"INFO\"}",
            "{\"type\":\"RECORD\"}",
            "{\"type\":\"RECORD\",\"record\":[]}",
            "{\"type\":\"RECORD\",\"record\":{\"data\":{}}}",
            "{\"type\":\"RECORD\",\"record\":{\"stream\":\"\",\"data\":{}}}",
            "{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":null}}",
            "{\"type\":\"RECORD\",\"record\":{\"stream\":1,\"data\":{}}}",
            "{\"type\":\"NOVELTY\",\"novelty\":{}}",
            "{\"type\":7,\"record\":{}}",
            "{\"type\":\"STATE\",\"state\":{}} trailing",
        }) {
            assertThat(read(text)).as(text).isNull();
        }
    }
}
