package dev.sluice.cli.state;

import dev.sluice.engine.schema.StreamText;
import dev.sluice.engine.shelf.RejectSupply;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.ReadPart;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is remembered of one connection in a state file. */
public final class SqliteStateStore implements StateStore {
    private final StateDatabase database;
    private final String id;
    private final Clock clock;
    private final RejectRows rejects;
    private final RejectQueries queries;

    SqliteStateStore(StateDatabase database, String id, Clock clock) {
        this.database = database;
        this.id = id;
        this.clock = clock;
        this.rejects = new RejectRows(id);
        this.queries = new RejectQueries(id);
    }

    @Override
    public String connectionId() {
        return id;
    }

    @Override
    public Job beginJob() {
        return database.change(connection -> {
            Instant now = clock.instant();
            rejects.forgetOld(connection, now);
            Optional<Job> open = openJob(connection);
            return open.isPresent() ? takeUp(connection, open.get()) : begin(connection, now);
        });
    }

    @Override
    public void endJob(Job job, String outcome) {
        database.change(connection -> {
            StateDatabase.update(connection, "DELETE FROM failure WHERE connection = ?", id);
            return StateDatabase.update(
                    connection,
                    "UPDATE job SET ended_at = ?, outcome = ? WHERE connection = ? AND sync_id = ?",
                    clock.instant().toEpochMilli(),
                    outcome,
                    id,
                    job.syncId());
        });
    }

    @Override
    public List<CatalogStream> knownStreams() {
        return database.read(connection -> StateDatabase.query(
                connection,
                row -> StreamText.read(StreamRows.stream(row), row.getString("description")),
                "SELECT namespace, name, description FROM known_stream WHERE connection = ? ORDER BY namespace, name",
                id));
    }

    @Override
    public void saveKnown(CatalogStream stream) {
        database.change(connection -> StateDatabase.update(
                connection,
                "INSERT OR REPLACE INTO known_stream VALUES (?, ?, ?, ?)",
                id,
                StreamRows.namespace(stream.id()),
                stream.id().name(),
                StreamText.write(stream)));
    }

    @Override
    public void forgetKnown(StreamId stream) {
        database.change(connection -> StateDatabase.update(
                connection,
                "DELETE FROM known_stream WHERE connection = ? AND namespace = ? AND name = ?",
                id,
                StreamRows.namespace(stream),
                stream.name()));
    }

    @Override
    public FailureCount failures(Job job, StreamId stream) {
        return database
                .read(connection -> StateDatabase.query(
                        connection,
                        row -> new FailureCount(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)),
                        "SELECT complete_in_row, complete_in_all, partial_in_row, partial_in_all FROM failure"
                                + " WHERE connection = ? AND sync_id = ? AND namespace = ? AND name = ?",
                        id,
                        job.syncId(),
                        StreamRows.namespace(stream),
                        stream.name()))
                .stream()
                .findFirst()
                .orElse(FailureCount.NONE);
    }

    @Override
    public void saveFailures(Job job, StreamId stream, FailureCount failures) {
        database.change(connection -> StateDatabase.update(
                connection,
                "INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                job.syncId(),
                StreamRows.namespace(stream),
                stream.name(),
                failures.completeInRow(),
                failures.completeInAll(),
                failures.partialInRow(),
                failures.partialInAll()));
    }

    @Override
    public Optional<StreamState> stream(StreamId stream) {
        return database.read(connection -> StreamRows.find(connection, id, stream)).stream()
                .findFirst();
    }

    @Override
    public List<StreamState> streams() {
        return database.read(connection -> StreamRows.all(connection, id));
    }

    @Override
    public void save(StreamState state) {
        database.change(connection -> {
            StreamRows.save(connection, id, state);
            return null;
        });
    }

    @Override
    public void saveProgress(StreamId stream, String splitId, SplitProgress progress) {
        boolean known = database.change(connection -> {
            rejects.cover(connection, stream, splitId, progress);
            return StreamRows.saveProgress(connection, id, stream, splitId, progress);
        });
        if (!known) {
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "progress of a split that is not in the plan")
                    .at(stream + ", split " + splitId)
                    .exception();
        }
    }

    @Override
    public void saveRejects(Job job, ReadPart part, List<RejectedRecord> records) {
        onRejects(connection -> rejects.save(connection, job.syncId(), part, records, clock.instant()));
    }

    @Override
    public void markRejects(ReadPart part, SplitProgress progress) {
        onRejects(connection -> rejects.mark(connection, part, progress));
    }

    @Override
    public void settleRejects(StreamId stream, long readId, Map<String, SplitProgress> confirmed) {
        onRejects(connection -> rejects.settle(connection, stream, readId, confirmed));
    }

    @Override
    public void discardRejects(StreamId stream, long readId) {
        onRejects(connection -> rejects.discard(connection, stream, readId));
    }

    @Override
    public void supersedeRejects(StreamId stream, long generation) {
        onRejects(connection -> rejects.supersede(connection, stream, generation));
    }

    @Override
    public long countRejects(StreamId stream, long readId) {
        return database.read(connection -> rejects.count(connection, stream, readId));
    }

    @Override
    public void claimRejects(long jobId, Collection<Long> records) {
        onRejects(connection -> rejects.claim(connection, jobId, records));
    }

    @Override
    public void settleReplays(StreamId stream, long publishedId) {
        onRejects(connection -> rejects.settleReplays(connection, stream, publishedId));
    }

    @Override
    public void rejectAgain(long record, RejectedRecord again) {
        onRejects(connection -> rejects.again(connection, record, again));
    }

    private interface RejectWork {
        void on(Connection connection) throws SQLException;
    }

    private void onRejects(RejectWork work) {
        database.change(connection -> {
            work.on(connection);
            return null;
        });
    }

    /** The job that was begun and never ended; empty if there is none. */
    public Optional<Job> openJob() {
        return database.read(this::openJob);
    }

    /** The rejected records by run, stream, reason and state, the newest run first. */
    public List<RejectGroup> rejectGroups(RejectFilter filter) {
        return database.read(connection -> queries.groups(connection, filter));
    }

    /**
     * The rejected records that were kept, the newest run first.
     *
     * @param most how many at most
     */
    public List<KeptReject> rejects(RejectFilter filter, int most) {
        return database.read(connection -> queries.records(connection, filter, most));
    }

    /** The rejected records of which no file tells yet. */
    public RejectSupply unshelved() {
        return new UnshelvedRejects(database, id);
    }

    /** Forgets rejected records, and tells how many rows stood for them. */
    public int forgetRejects(RejectFilter filter) {
        return database.change(connection -> queries.forget(connection, filter));
    }

    private Optional<Job> openJob(Connection connection) throws SQLException {
        return StateDatabase.query(
                        connection,
                        row -> new Job(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getInt(3)),
                        "SELECT sync_id, started_at, attempt FROM job WHERE connection = ? AND ended_at IS NULL"
                                + " ORDER BY sync_id DESC",
                        id)
                .stream()
                .findFirst();
    }

    private Job takeUp(Connection connection, Job job) throws SQLException {
        Job again = new Job(job.syncId(), job.startedAt(), job.attempt() + 1);
        StateDatabase.update(
                connection,
                "UPDATE job SET attempt = ? WHERE connection = ? AND sync_id = ?",
                again.attempt(),
                id,
                job.syncId());
        return again;
    }

    /** Sync ids grow by the clock, and also when the clock was set back. */
    private Job begin(Connection connection, Instant now) throws SQLException {
        long last = StateDatabase.query(
                        connection,
                        row -> row.getLong(1),
                        "SELECT coalesce(max(sync_id), 0) FROM job WHERE connection = ?",
                        id)
                .getFirst();
        Job job = new Job(Math.max(last + 1, now.toEpochMilli()), Instant.ofEpochMilli(now.toEpochMilli()), 0);
        StateDatabase.update(
                connection,
                "INSERT INTO job (connection, sync_id, started_at, attempt) VALUES (?, ?, ?, ?)",
                id,
                job.syncId(),
                now.toEpochMilli(),
                0);
        return job;
    }
}
