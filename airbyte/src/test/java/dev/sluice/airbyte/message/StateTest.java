package dev.sluice.airbyte.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** States of each kind are read, kept by stream, and given back as the source wants them. */
class StateTest {
    private static final StreamId A = StreamId.of("a");
    private static final StreamId B = StreamId.of("n", "b");

    private static State read(String json) {
        return Objects.requireNonNull(State.of(Json.readObject(json)));
    }

    private static Map<StreamId, String> kept(String ofA, String ofB) {
        Map<StreamId, String> kept = new LinkedHashMap<>();
        kept.put(A, ofA);
        kept.put(B, ofB);
        return kept;
    }

    @Test
    void aStateOfAStreamIsGivenBackInAList() throws Exception {
        State.OfStream state = (State.OfStream)
                read(
                        "{\"type\":\"STREAM\",\"data\":{\"old\":1},\"stream\":{\"stream_descriptor\":"
                            + "{\"name\":\"a\"},\"stream_state\":{\"c\":1.50,\"n\":null}},\"sourceStats\":{\"recordCount\":3.0}}");
        assertThat(state.stream()).isEqualTo(A);
        assertThat(state.rows()).isEqualTo(3);
        String own = State.Kept.own(Objects.requireNonNull(state.state()));
        assertThat(State.file(kept(own, State.Kept.own(Map.of("c", 2)))))
                .isEqualTo("[{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":{\"name\":\"a\"},"
                               + "\"stream_state\":{\"c\":1.50,\"n\":null}}},{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":"
                               + "{\"name\":\"b\",\"namespace\":\"n\"},\"stream_state\":{\"c\":2}}}]");
    }

    @Test
    void aSharedStateIsPutTogetherAgain() throws Exception {
        State.Global state =
                (State.Global) read("{\"type\":\"GLOBAL\",\"global\":{\"shared_state\":{\"lsn\":9},\"stream_states\":["
                        + "{\"stream_descriptor\":{\"name\":\"a\"},\"stream_state\":{\"x\":1}}]}}");
        assertThat(state.rows()).isNegative();
        String ofA = State.Kept.global(state.shared(), state.streams().get(A));
        String ofB = State.Kept.global(state.shared(), state.streams().get(B));
        assertThat(Json.readObject("{\"file\":" + State.file(kept(ofA, ofB)) + "}")
                        .get("file"))
                .isEqualTo(Json.readObject(
                                "{\"file\":[{\"type\":\"GLOBAL\",\"global\":{\"shared_state\":{\"lsn\":9},"
                                    + "\"stream_states\":[{\"stream_descriptor\":{\"name\":\"a\"},\"stream_state\":{\"x\":1}}]}}]}")
                        .get("file"));
    }

    @Test
    void anOldStateIsGivenBackAsItCame() throws Exception {
        State.Legacy state = (State.Legacy) read("{\"data\":{\"a\":{\"id\":7}}}");
        String kept = State.Kept.legacy(state.data());
        assertThat(State.file(kept(kept, kept))).isEqualTo("{\"a\":{\"id\":7}}");
    }

    @Test
    void streamsThatShareAStateHaveToStandAtTheSameOne() {
        Map<StreamId, String> apart =
                kept(State.Kept.global(Map.of("lsn", 1), null), State.Kept.global(Map.of("lsn", 2), null));
        assertThatThrownBy(() -> State.file(apart)).isInstanceOf(State.DifferException.class);
        Map<StreamId, String> mixed = kept(State.Kept.global(Map.of("lsn", 1), null), State.Kept.own(Map.of("c", 1)));
        assertThatThrownBy(() -> State.file(mixed)).isInstanceOf(State.DifferException.class);
    }

    @Test
    void noStateIsNoFile() throws Exception {
        assertThat(State.file(Map.of())).isNull();
    }

    @Test
    void whatIsNoStateIsNone() {
        for (String text :
                new String[] {"{}", "{\"type\":\"STREAM\"}", "{\"type\":\"STREAM\",\"stream\":{}}", "{\"type\":\"X\"}"
                }) {
            assertThat(State.of(Json.readObject(text))).as(text).isNull();
        }
    }
}
