package dev.sluice.lowcode.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.TestHost;
import dev.sluice.lowcode.activation.DestinationTrial.Fallen;
import dev.sluice.lowcode.activation.DestinationTrial.Sample;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A definition that is tried out does what it does in a sync, and remembers nothing of it. */
class DestinationTrialTest {
    private final ObjectStore store = new ObjectStore();
    private final TestHost host = new TestHost("2026-01-02T03:04:05Z") {};
    private final DestinationTrial trial = new DestinationTrial("store", "store.yaml", ObjectStore.DEFINITION);

    @AfterEach
    void close() {
        store.close();
    }

    private List<Fallen> send(Sample sample) {
        return trial.send(Config.of(store.config()), host, new Transport(), sample);
    }

    @Test
    void rowsAreSentAndEachTellsWhatBecameOfIt() {
        Sample sample = new Sample(
                "indexed",
                "upsert",
                List.of(),
                List.of(
                        Map.of("email", "a@x.org", "name", "A", "size", 7),
                        Map.of("email", "b@x.org", "name", "bad"),
                        Map.of("email", "c@x.org", "name", "007")));
        List<Fallen> fallen = send(sample);
        assertThat(fallen)
                .containsExactly(
                        new Fallen(1, null, null, null),
                        new Fallen(2, "BAD_NAME", "a name is not allowed", "name"),
                        new Fallen(3, null, null, null));
        assertThat(store.contact("a@x.org")).contains("\"size\":7");
        assertThat(store.contact("c@x.org")).as("a text stays a text").contains("\"007\"");

        long before = store.requests();
        assertThat(send(sample)).hasSize(3);
        assertThat(store.requests()).as("another trial sends them again").isGreaterThan(before);
    }

    @Test
    void whatCanBeWrittenIsListed() {
        assertThat(trial.check(Config.of(store.config()), host, new Transport()).succeeded())
                .isTrue();
        assertThat(trial.operations(Config.of(store.config()), host, new Transport(), "contacts"))
                .hasSizeGreaterThan(2);
    }

    @Test
    void whatCannotBeSentIsSaidBeforeAnythingIs() {
        Map<String, ?> row = Map.of("email", "a@x.org", "nmae", "A");
        assertThatThrownBy(() -> send(new Sample("indexed", "upsert", List.of(), List.of(row))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        wrong -> assertThat(wrong.problem().why()).contains("there is name"));
        assertThatThrownBy(() -> send(new Sample("indexed", "merge", List.of(), List.of(row))))
                .hasMessageContaining("there is no merge of indexed");
        assertThatThrownBy(() -> send(new Sample("indexed", "upsert", List.of(), List.of())))
                .hasMessageContaining("from 1 to 1000 rows");
        assertThat(store.requests()).isZero();
    }

    @Test
    void aDefinitionIsLookedOverWithoutAskingAnybody() {
        assertThat(trial.lint()).isEmpty();
        DestinationTrial wrong = new DestinationTrial("store", "store.yaml", "title: X\n");
        assertThat(wrong.lint().map(Problem::code)).contains("E_DESTINATION_FORMAT");
        assertThat(store.asked()).isEmpty();
    }
}
