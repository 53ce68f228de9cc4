package dev.sluice.server.leases;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who works on a job, over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class LeasesTest {
    private final TestStore opened;
    private final Store store;
    private final Leases mine = new Leases(UUID.randomUUID());
    private final Leases theirs = new Leases(UUID.randomUUID());
    private final long job;

    LeasesTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        UUID workspace = new Rooms(store).workspace("Team").id();
        job = store.compute(transaction -> transaction
                .first(
                        row -> row.number("id"),
                        "INSERT INTO job (workspace_id, kind, status, open, request, cancel_wished, due_at,"
                            + " lease_token, lease_beat, failures, records, bytes, rejected, created_at, updated_at)"
                            + " VALUES (?, 'sync', 'pending', ?, ?, ?, 0, 0, 0, ?, 0, 0, 0, 0, 0) RETURNING id",
                        workspace,
                        true,
                        Json.EMPTY,
                        false,
                        Json.EMPTY)
                .orElseThrow());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private Optional<Lease> take(Leases leases, long seen) {
        return store.compute(transaction -> leases.take(transaction, job, seen));
    }

    private boolean beat(Leases leases, Lease lease) {
        return store.compute(transaction -> leases.beat(transaction, lease));
    }

    @Test
    void whoIsFasterHasTheJob() {
        Lease lease = take(mine, 0).orElseThrow();
        assertThat(take(theirs, 0)).isEmpty();
        store.change(transaction -> Leases.require(transaction, lease));
        assertThat(store.<List<Heartbeat>>read(mine::own)).containsExactly(new Heartbeat(lease, 0));
        assertThat(store.<List<Heartbeat>>read(mine::ofOthers)).isEmpty();
        assertThat(beat(mine, lease)).isTrue();
        assertThat(store.<List<Heartbeat>>read(theirs::ofOthers)).containsExactly(new Heartbeat(lease, 1));
    }

    @Test
    void whoOnlySleptHasLostTheJob() {
        Lease lost = take(mine, 0).orElseThrow();
        Lease lease = take(theirs, lost.token()).orElseThrow();
        assertThat(beat(mine, lost)).isFalse();
        assertProblem(() -> store.change(transaction -> Leases.require(transaction, lost)), "E_LEASE_LOST");
        store.change(transaction -> mine.release(transaction, lost));
        store.change(transaction -> Leases.require(transaction, lease));
    }

    @Test
    void whatWasGivenBackIsTakenWithAnotherToken() {
        Lease first = take(mine, 0).orElseThrow();
        store.change(transaction -> mine.release(transaction, first));
        assertProblem(() -> store.change(transaction -> Leases.require(transaction, first)), "E_LEASE_LOST");
        assertThat(beat(mine, first)).isFalse();
        assertThat(take(mine, first.token())).contains(new Lease(job, 2));
    }

    @Test
    void nobodyWorksOnAJobThatHasEnded() {
        Lease lease = take(mine, 0).orElseThrow();
        store.change(transaction -> transaction.change("UPDATE job SET open = ? WHERE id = ?", false, job));
        assertThat(beat(mine, lease)).isFalse();
        assertThat(take(theirs, lease.token())).isEmpty();
        assertThat(store.<List<Heartbeat>>read(mine::own)).isEmpty();
    }
}
