package dev.sluice.server.states;

import dev.sluice.engine.shelf.RejectSupply;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.ReadPart;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.server.leases.Lease;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the engine remembers of a connection, for one run.
 *
 * <p>I8: whatever the run writes, it writes as the holder of its lease. Once another process has the job, each write fails
 * with {@code E_LEASE_LOST}.
 */
public final class ConnectionStates implements StateStore {
    private final Store store;
    private final Held held;
    private final UUID connectionId;
    private final Clock clock;
    private final StreamStates states;
    private final Rejects rejects;

    /**
     * A job that a process works on.
     *
     * @param lease the right to do so
     * @param job the job as the engine knows it
     */
    public record Held(Lease lease, Job job) {}

    /** Those of a connection, for a run of it. */
    public ConnectionStates(Store store, Held held, UUID connectionId, Clock clock) {
        this(store, held, connectionId, clock, Rejects.Room.USUAL);
    }

    /** Those of a connection, to be looked at: as nobody holds the lease of no job, each write fails. */
    public static ConnectionStates toLookAt(Store store, UUID connectionId, Clock clock) {
        return new ConnectionStates(
                store, new Held(new Lease(0, -1), new Job(0, clock.instant(), 0)), connectionId, clock);
    }

    ConnectionStates(Store store, Held held, UUID connectionId, Clock clock, Rejects.Room room) {
        this.store = store;
        this.held = held;
        this.connectionId = connectionId;
        this.clock = clock;
        this.states = new StreamStates(connectionId);
        this.rejects = new Rejects(connectionId, room);
    }

    /** The rejected records of which no file tells yet. */
    public RejectSupply unshelved() {
        return new UnshelvedRejects(store, connectionId, this::change);
    }

    private void change(Store.Change change) {
        store.change(transaction -> {
            Leases.require(transaction, held.lease());
            change.in(transaction);
        });
    }

    @Override
    public String connectionId() {
        return connectionId.toString();
    }

    /** The job itself was begun when it was taken from the queue. */
    @Override
    public Job beginJob() {
        change(transaction -> rejects.forgetOld(transaction, clock.instant()));
        return held.job();
    }

    /** Whoever took the job from the queue closes it; what becomes of it is decided there. */
    @Override
    public void endJob(Job job, String outcome) {
        change(transaction -> transaction.change(
                "DELETE FROM stream_failure WHERE job_id = ?", held.lease().jobId()));
    }

    @Override
    public List<CatalogStream> knownStreams() {
        return store.read(transaction -> KnownStreams.all(transaction, connectionId));
    }

    @Override
    public void saveKnown(CatalogStream stream) {
        change(transaction -> KnownStreams.save(transaction, connectionId, stream));
    }

    @Override
    public void forgetKnown(StreamId stream) {
        change(transaction -> KnownStreams.forget(transaction, connectionId, stream));
    }

    @Override
    public FailureCount failures(Job job, StreamId stream) {
        return store.<Optional<FailureCount>>read(transaction -> transaction.first(
                        row -> new FailureCount(
                                (int) row.number("complete_in_row"),
                                (int) row.number("complete_in_all"),
                                (int) row.number("partial_in_row"),
                                (int) row.number("partial_in_all")),
                        "SELECT * FROM stream_failure WHERE job_id = ? AND namespace = ? AND name = ?",
                        held.lease().jobId(),
                        StreamStates.namespace(stream),
                        stream.name()))
                .orElse(FailureCount.NONE);
    }

    @Override
    public void saveFailures(Job job, StreamId stream, FailureCount failures) {
        change(transaction -> transaction.change(
                "INSERT INTO stream_failure (job_id, namespace, name, complete_in_row, complete_in_all,"
                        + " partial_in_row, partial_in_all) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (job_id, namespace, name) DO UPDATE SET"
                        + " complete_in_row = excluded.complete_in_row, complete_in_all = excluded.complete_in_all,"
                        + " partial_in_row = excluded.partial_in_row, partial_in_all = excluded.partial_in_all",
                held.lease().jobId(),
                StreamStates.namespace(stream),
                stream.name(),
                failures.completeInRow(),
                failures.completeInAll(),
                failures.partialInRow(),
                failures.partialInAll()));
    }

    @Override
    public Optional<StreamState> stream(StreamId stream) {
        return store.read(transaction -> states.find(transaction, stream));
    }

    @Override
    public List<StreamState> streams() {
        return store.read(states::all);
    }

    @Override
    public void save(StreamState state) {
        change(transaction -> states.save(transaction, state));
    }

    @Override
    public void saveProgress(StreamId stream, String splitId, SplitProgress progress) {
        change(transaction -> {
            rejects.cover(transaction, stream, splitId, progress);
            if (!states.saveProgress(transaction, stream, splitId, progress)) {
                throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "progress of a split that is not in the plan")
                        .at(stream + ", split " + splitId)
                        .exception();
            }
        });
    }

    @Override
    public void saveRejects(Job job, ReadPart part, List<RejectedRecord> records) {
        change(transaction -> rejects.save(transaction, job.syncId(), part, records, clock.instant()));
    }

    @Override
    public void markRejects(ReadPart part, SplitProgress progress) {
        change(transaction -> rejects.mark(transaction, part, progress));
    }

    @Override
    public void settleRejects(StreamId stream, long readId, Map<String, SplitProgress> confirmed) {
        change(transaction -> rejects.settle(transaction, stream, readId, confirmed));
    }

    @Override
    public void discardRejects(StreamId stream, long readId) {
        change(transaction -> rejects.discard(transaction, stream, readId));
    }

    @Override
    public void supersedeRejects(StreamId stream, long generation) {
        change(transaction -> rejects.supersede(transaction, stream, generation));
    }

    @Override
    public long countRejects(StreamId stream, long readId) {
        return store.read(transaction -> rejects.count(transaction, stream, readId));
    }

    @Override
    public void claimRejects(long jobId, Collection<Long> records) {
        change(transaction -> rejects.claim(transaction, jobId, records));
    }

    @Override
    public void settleReplays(StreamId stream, long publishedId) {
        change(transaction -> rejects.settleReplays(transaction, stream, publishedId));
    }

    @Override
    public void rejectAgain(long record, RejectedRecord again) {
        change(transaction -> rejects.again(transaction, record, again));
    }
}
