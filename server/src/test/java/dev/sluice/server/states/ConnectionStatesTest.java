package dev.sluice.server.states;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.ReadPart;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.server.Rooms;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.leases.Lease;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.testkit.state.StateStoreContract;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine remembers, kept in either database. */
@ParameterizedClass
@EnumSource(Dialect.class)
class ConnectionStatesTest extends StateStoreContract {
    private static final StreamId ORDERS = StreamId.of("orders");

    private final TestStore opened;
    private final Store store;
    private final Rooms rooms;
    private final Leases leases = new Leases(UUID.randomUUID());
    private final Connection connection;
    private final Lease lease;

    ConnectionStatesTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        rooms = new Rooms(store);
        connection = rooms.connection("one");
        lease = rooms.lease(connection, leases);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected StateStore store() {
        return states(TestStore.CLOCK, Rejects.Room.USUAL);
    }

    private StateStore states(Clock clock, Rejects.Room room) {
        Job job = new Job(41, TestStore.CLOCK.instant(), 0);
        return new ConnectionStates(store, new ConnectionStates.Held(lease, job), connection.id(), clock, room);
    }

    @Override
    protected StateStore ofAnother() {
        Connection other = rooms.connection("other");
        Job job = new Job(41, TestStore.CLOCK.instant(), 0);
        ConnectionStates.Held held = new ConnectionStates.Held(rooms.lease(other, leases), job);
        return new ConnectionStates(store, held, other.id(), TestStore.CLOCK);
    }

    @Override
    protected List<Long> rejected(StreamId stream) {
        return store.read(transaction -> transaction.all(
                row -> row.number("id"), "SELECT id FROM rejected WHERE name = ? ORDER BY id", stream.name()));
    }

    @Test
    void whoHasLostTheLeaseWritesNothing() {
        StateStore states = store();
        Job job = states.beginJob();
        states.save(StreamState.initial(ORDERS, "before"));
        store.change(transaction -> new Leases(UUID.randomUUID()).take(transaction, lease.jobId(), lease.token()));

        assertProblem(() -> states.save(StreamState.initial(ORDERS, "after")), "E_LEASE_LOST");
        assertProblem(() -> states.saveFailures(job, ORDERS, FailureCount.NONE), "E_LEASE_LOST");
        assertProblem(
                () -> states.saveRejects(job, new ReadPart(ORDERS, 41, 0, "s"), List.of(record())), "E_LEASE_LOST");
        assertProblem(() -> states.endJob(job, "succeeded"), "E_LEASE_LOST");
        assertProblem(states::beginJob, "E_LEASE_LOST");
        assertThat(states.streams()).containsExactly(StreamState.initial(ORDERS, "before"));
        assertThat(rejected(ORDERS)).isEmpty();
    }

    @Test
    void moreThanThereIsRoomForIsCountedByItsReason() {
        StateStore states = states(TestStore.CLOCK, new Rejects.Room(3, 1_000));
        Job job = beginRead(states);
        ReadPart part = new ReadPart(ORDERS, 41, 0, "s");
        states.saveRejects(job, part, Collections.nCopies(5, record()));
        states.saveRejects(job, part, Collections.nCopies(2, record()));
        commit(states, part);
        assertThat(states.countRejects(ORDERS, 41)).isEqualTo(7);
        assertThat(rejected(ORDERS)).hasSize(4);
    }

    @Test
    void afterAMonthRejectedRecordsGoUnlessTheirReadIsInterrupted() {
        StateStore states = store();
        beginRead(states);
        ReadPart part = new ReadPart(ORDERS, 41, 0, "s");
        states.saveRejects(states.beginJob(), part, List.of(record()));
        commit(states, part);
        StateStore later = states(Clock.offset(TestStore.CLOCK, Duration.ofDays(31)), Rejects.Room.USUAL);
        later.beginJob();
        assertThat(rejected(ORDERS)).hasSize(1);

        later.save(StreamState.initial(ORDERS, "s").published(0, 41, null));
        later.beginJob();
        assertThat(rejected(ORDERS)).isEmpty();
    }

    private static Job beginRead(StateStore states) {
        ReadPlan plan = new ReadPlan("token", List.of(new Split("s", "", Estimate.NONE)), null);
        states.save(StreamState.initial(ORDERS, "s").reading(0, new UnfinishedRead(41, null, "shape", plan, Map.of())));
        return states.beginJob();
    }

    private static void commit(StateStore states, ReadPart part) {
        SplitProgress progress = new SplitProgress(null, true, 1);
        states.markRejects(part, progress);
        states.saveProgress(ORDERS, "s", progress);
    }

    private static RejectedRecord record() {
        return new RejectedRecord("line \0 7", "BAD", "because", new byte[] {1, 0, 2});
    }
}
