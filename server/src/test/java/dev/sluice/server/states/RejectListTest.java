package dev.sluice.server.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.state.ReadPart;
import dev.sluice.server.Rooms;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rejected records as people look at them. */
@ParameterizedClass
@EnumSource(Dialect.class)
class RejectListTest {
    private static final StreamId ORDERS = StreamId.of("public", "orders");
    private final TestStore opened;
    private final Store store;
    private final Connection connection;

    RejectListTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        connection = new Rooms(store).connection("one");
        Rejects rejects = new Rejects(connection.id(), Rejects.Room.USUAL);
        SplitProgress progress = new SplitProgress(null, true, 3);
        ReadPart part = new ReadPart(ORDERS, 41, 0, "s");
        store.change(transaction -> {
            rejects.save(
                    transaction,
                    41,
                    part,
                    List.of(
                            record(1, "TOO_LONG", "{\"id\":1}".getBytes(StandardCharsets.UTF_8))
                                    .mappedTo("{\"number\":1}".getBytes(StandardCharsets.UTF_8)),
                            record(2, "TOO_LONG", new byte[] {(byte) 0xff, 0}),
                            record(3, "NOT_A_DATE", new byte[0])),
                    TestStore.CLOCK.instant());
            rejects.mark(transaction, part, progress);
            rejects.cover(transaction, ORDERS, "s", progress);
            rejects.save(
                    transaction,
                    42,
                    new ReadPart(ORDERS, 42, 0, "t"),
                    List.of(record(4, "UNDECIDED", new byte[0])),
                    TestStore.CLOCK.instant());
        });
    }

    private static RejectedRecord record(int line, String code, byte[] original) {
        return new RejectedRecord("orders.csv:" + line, code, "line " + line + " is wrong", original).inField("note");
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private List<RejectList.One> list(RejectList.Filter filter, long after, boolean whole) {
        return store.read(transaction -> RejectList.list(transaction, filter, after, 2, whole));
    }

    @Test
    void reasonsAreCountedAndWhatIsUndecidedIsLeftOut() {
        RejectList.Filter all = new RejectList.Filter(connection.id(), null, null, null, null, null);
        List<RejectList.Group> groups = store.read(transaction -> RejectList.groups(transaction, all));
        assertThat(groups).extracting(RejectList.Group::code).containsExactly("TOO_LONG", "NOT_A_DATE");
        assertThat(groups.getFirst().records()).isEqualTo(2);
        assertThat(groups.getFirst().field()).isEqualTo("note");
        assertThat(groups.getFirst().sample()).isEqualTo("line 1 is wrong");
        assertThat(groups.getFirst().stream()).isEqualTo(ORDERS);
        RejectList.Filter replayed = new RejectList.Filter(connection.id(), "replayed", ORDERS, null, null, null);
        assertThat(store.<List<RejectList.Group>>read(transaction -> RejectList.groups(transaction, replayed)))
                .isEmpty();
    }

    @Test
    void pagesFollowEachOtherAndOriginalsComeWhenAskedFor() {
        RejectList.Filter open = new RejectList.Filter(connection.id(), "open", ORDERS, 41L, null, null);
        List<RejectList.One> first = list(open, 0, true);
        assertThat(first).extracting(one -> one.why().place()).containsExactly("orders.csv:1", "orders.csv:2");
        assertThat(Objects.requireNonNull(first.getFirst().original()).text()).isEqualTo("{\"id\":1}");
        assertThat(Objects.requireNonNull(first.getFirst().original()).mapped()).isEqualTo("{\"number\":1}");
        assertThat(Objects.requireNonNull(first.getLast().original()).mapped()).isNull();
        long id = first.getFirst().id();
        Optional<RejectList.One> found = store.read(transaction -> RejectList.one(transaction, connection.id(), id));
        assertThat(found).contains(first.getFirst());
        Optional<RejectList.One> ofOthers =
                store.read(transaction -> RejectList.one(transaction, UUID.randomUUID(), id));
        assertThat(ofOthers).isEmpty();
        List<RejectList.Kept> whole = store.read(transaction -> RejectList.kept(transaction, open, 0, 1));
        assertThat(whole)
                .singleElement()
                .extracting(kept -> kept.record().mapped())
                .isEqualTo("{\"number\":1}".getBytes(StandardCharsets.UTF_8));
        RejectList.Original bytes = Objects.requireNonNull(first.getLast().original());
        assertThat(bytes.isBase64()).isTrue();
        assertThat(bytes.text()).isEqualTo("/wA=");
        assertThat(list(open, first.getLast().id(), false)).singleElement().satisfies(one -> {
            assertThat(one.why().code()).isEqualTo("NOT_A_DATE");
            assertThat(one.original()).isNull();
        });
        RejectList.Filter byCode = new RejectList.Filter(connection.id(), null, null, null, "NOT_A_DATE", null);
        assertThat(list(byCode, 0, false)).hasSize(1);
    }
}
