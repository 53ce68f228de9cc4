package dev.sluice.cli.state;

import dev.sluice.engine.schema.StreamText;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is remembered of one connection in a state file. */
public final class SqliteStateStore implements StateStore {
    private final StateDatabase database;
    private final String id;
    private final Clock clock;

    SqliteStateStore(StateDatabase database, String id, Clock clock) {
        this.database = database;
        this.id = id;
        this.clock = clock;
    }

    @Override
    public String connectionId() {
        return id;
    }

    @Override
    public Job beginJob() {
        return database.change(connection -> {
            Instant now = clock.instant();
            RejectRows.forgetOld(connection, id, now);
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
        boolean known =
                database.change(connection -> StreamRows.saveProgress(connection, id, stream, splitId, progress));
        if (!known) {
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "progress of a split that is not in the plan")
                    .at(stream + ", split " + splitId)
                    .exception();
        }
    }

    @Override
    public void saveRejects(Job job, StreamId stream, List<RejectedRecord> records) {
        database.change(connection -> {
            RejectRows.save(connection, id, job.syncId(), stream, records);
            return null;
        });
    }

    /** The job that was begun and never ended; empty if there is none. */
    public Optional<Job> openJob() {
        return database.read(this::openJob);
    }

    /**
     * The kept rejects by job, stream and reason, the newest job first.
     *
     * @param stream only this stream, as people write it; null for all
     */
    public List<RejectGroup> rejectGroups(@Nullable String stream) {
        return database.read(connection -> RejectRows.groups(connection, id, stream));
    }

    /**
     * The kept rejects, the newest job first.
     *
     * @param stream only this stream, as people write it; null for all
     * @param most how many at most
     */
    public List<KeptReject> rejects(@Nullable String stream, int most) {
        return database.read(connection -> RejectRows.records(connection, id, stream, most));
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
