package dev.sluice.server.states;

import dev.sluice.engine.shelf.RejectSupply;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rejected records of a connection of which no file tells yet, by the numbers of the jobs that rejected them. */
final class UnshelvedRejects implements RejectSupply {
    private static final String THEIRS = " FROM rejected r LEFT JOIN job j ON j.connection_id = r.connection_id"
            + " AND j.sync_id = r.sync_id WHERE r.connection_id = ? AND r.shelved = 0 AND r.original IS NOT NULL"
            + " AND r.state <> 'pending'";
    /** What a terminal rejected before the connection was brought here has no job. */
    private static final String JOB = "coalesce(j.id, r.sync_id)";

    private final Store store;
    private final UUID connectionId;
    private final Changes changes;

    /** How records are changed by whoever holds the job. */
    interface Changes {
        void make(Store.Change change);
    }

    UnshelvedRejects(Store store, UUID connectionId, Changes changes) {
        this.store = store;
        this.connectionId = connectionId;
        this.changes = changes;
    }

    @Override
    public Optional<Part> next() {
        return store.read(transaction -> transaction.first(
                row -> new Part(
                        Long.toString(row.number("job")), StreamStates.stream(row.text("namespace"), row.text("name"))),
                "SELECT " + JOB + " AS job, r.namespace, r.name" + THEIRS + " ORDER BY r.sync_id, r.namespace, r.name"
                        + " LIMIT 1",
                connectionId));
    }

    @Override
    public List<Kept> records(Part part, long after, int most) {
        StreamId stream = part.stream();
        return store.read(transaction -> transaction.all(
                row -> new Kept(row.number("id"), row.time("rejected_at"), RejectList.record(row)),
                "SELECT r.id, r.place, r.code, r.field, r.reason, r.form, r.origin, r.original, r.size, r.mapped,"
                        + " r.rejected_at" + THEIRS + " AND " + JOB + " = ? AND r.namespace = ? AND r.name = ?"
                        + " AND r.id > ? ORDER BY r.id LIMIT ?",
                connectionId,
                Long.valueOf(part.job()),
                StreamStates.namespace(stream),
                stream.name(),
                after,
                most));
    }

    @Override
    public void shelved(Collection<Long> ids) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        ids.forEach(id -> rows.add(new @Nullable Object[] {connectionId, id}));
        changes.make(transaction ->
                transaction.changeEach("UPDATE rejected SET shelved = 1 WHERE connection_id = ? AND id = ?", rows));
    }
}
