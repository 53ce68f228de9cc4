package dev.sluice.server.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.server.Rooms;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is remembered of streams, over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class StreamStatesTest {
    private static final StreamId ORDERS = StreamId.of("public", "orders");
    private static final Split FIRST = new Split("b", "{\"from\": 0}", new Estimate(10, 100));
    private static final Split SECOND = new Split("a", "", new Estimate(20, 200));

    private final TestStore opened;
    private final Store store;
    private final StreamStates states;

    StreamStatesTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        states = statesOf("one");
    }

    private StreamStates statesOf(String name) {
        return new StreamStates(new Rooms(store).connection(name).id());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private void save(StreamState state) {
        store.change(transaction -> states.save(transaction, state));
    }

    private List<StreamState> all() {
        return store.read(states::all);
    }

    private static StreamState reading(Map<String, SplitProgress> progress) {
        ReadPlan plan = new ReadPlan("token", List.of(FIRST, SECOND), new Position("server", "9/9"));
        UnfinishedRead read = new UnfinishedRead(8, new Position("server", "1/1"), "shape", plan, progress);
        return new StreamState(ORDERS, "settings", 3, 7, new Position("server", "1/1"), read, Refresh.TRUNCATE);
    }

    @Test
    void aStateComesBackAsItWasSaved() {
        StreamState plain = StreamState.initial(StreamId.of("orders"), "plain");
        StreamState reading = reading(Map.of("a", new SplitProgress(null, true, 20)));
        save(plain);
        save(reading);
        assertThat(all()).containsExactly(plain, reading);
        StreamState published = reading.published(3, 8, new Position("server", "9/9"));
        save(published);
        assertThat(all()).containsExactly(plain, published);
        assertThat(store.<Long>read(states::lastSyncId)).isEqualTo(8);
        assertThat(store.<Long>read(transaction -> transaction.count("SELECT count(*) AS n FROM split_state")))
                .isZero();
    }

    @Test
    void progressIsSavedForItsSplitAlone() {
        save(reading(Map.of()));
        SplitProgress progress = new SplitProgress("row 5", false, 5);
        assertThat(store.<Boolean>compute(transaction -> states.saveProgress(transaction, ORDERS, "b", progress)))
                .isTrue();
        assertThat(store.<Boolean>compute(transaction -> states.saveProgress(transaction, ORDERS, "c", progress)))
                .isFalse();
        assertThat(all()).containsExactly(reading(Map.of("b", progress)));
    }

    @Test
    void connectionsDoNotSeeEachOther() {
        StreamStates others = statesOf("two");
        save(reading(Map.of()));
        assertThat(store.<Optional<StreamState>>read(transaction -> others.find(transaction, ORDERS)))
                .isEmpty();
        store.change(transaction -> others.forget(transaction, ORDERS));
        assertThat(all()).hasSize(1);
        store.change(transaction -> states.forget(transaction, ORDERS));
        assertThat(all()).isEmpty();
    }
}
