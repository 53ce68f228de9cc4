package dev.sluice.cli.state;

import dev.sluice.engine.shelf.RejectSupply;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rejected records of a connection in a state file of which no file tells yet. */
final class UnshelvedRejects implements RejectSupply {
    private static final String THEIRS =
            " FROM rejected r WHERE connection = ? AND shelved = 0 AND original IS NOT NULL AND state <> 'pending'";

    private final StateDatabase database;
    private final String id;

    UnshelvedRejects(StateDatabase database, String id) {
        this.database = database;
        this.id = id;
    }

    @Override
    public Optional<Part> next() {
        return database.read(connection -> StateDatabase.query(
                        connection,
                        row -> new Part(Long.toString(row.getLong("sync_id")), StreamRows.stream(row)),
                        "SELECT sync_id, namespace, name" + THEIRS + " ORDER BY sync_id, namespace, name LIMIT 1",
                        id)
                .stream()
                .findFirst());
    }

    @Override
    public List<Kept> records(Part part, long after, int most) {
        return database.read(connection -> StateDatabase.query(
                connection,
                row -> new Kept(
                        row.getLong("id"), Instant.ofEpochMilli(row.getLong("rejected_at")), RejectQueries.record(row)),
                "SELECT r.*" + THEIRS
                        + " AND sync_id = ? AND namespace = ? AND name = ? AND id > ? ORDER BY id LIMIT ?",
                id,
                Long.valueOf(part.job()),
                StreamRows.namespace(part.stream()),
                part.stream().name(),
                after,
                most));
    }

    @Override
    public void shelved(Collection<Long> ids) {
        database.change(connection -> {
            int changed = 0;
            for (long record : ids) {
                changed += StateDatabase.update(
                        connection, "UPDATE rejected SET shelved = 1 WHERE connection = ? AND id = ?", id, record);
            }
            return changed;
        });
    }
}
