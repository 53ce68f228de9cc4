package dev.sluice.server.jobs;

import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which waiting jobs may begin: those that wait the longest first, as far as the limits allow. */
final class Queue {
    /** Tells the lock of those who count from other locks of the database. */
    private static final long COUNTING = 0x736c756963650002L;

    /** At how many waiting jobs one look stops; those behind them come when these have begun. */
    private static final int MOST = 1_000;

    private static final String OPEN = "SELECT j.*, c.source_id, c.destination_id FROM job j LEFT JOIN connection c"
            + " ON c.id = j.connection_id WHERE j.open AND j.lease_owner ";

    private final Limits limits;

    Queue(Limits limits) {
        this.limits = limits;
    }

    /** A job and what it uses. */
    private record Entry(
            Job job, @Nullable UUID source, @Nullable UUID destination) {}

    static boolean isWaiting(Transaction transaction, Instant now) throws SQLException {
        return transaction
                .first(
                        row -> row.number("id"),
                        "SELECT id FROM job WHERE open AND lease_owner IS NULL AND due_at <= ? LIMIT 1",
                        now)
                .isPresent();
    }

    /**
     * The jobs that may begin now. Until the transaction ends nobody else counts, so that two processes do not take the
     * last place both.
     *
     * @param moving how many that move data this process works on
     * @param looking how many others it works on
     */
    List<Job> next(Transaction transaction, Instant now, int moving, int looking) throws SQLException {
        transaction.exclusively(COUNTING);
        List<Entry> waiting = transaction.all(
                Queue::read, OPEN + "IS NULL AND j.due_at <= ? ORDER BY j.due_at, j.id LIMIT ?", now, MOST);
        if (waiting.isEmpty()) {
            return List.of();
        }
        Map<UUID, Integer> workspaces = new HashMap<>();
        Map<UUID, Integer> sources = new HashMap<>();
        Map<UUID, Integer> destinations = new HashMap<>();
        for (Entry taken : transaction.all(Queue::read, OPEN + "IS NOT NULL")) {
            count(workspaces, taken.job().wish().workspaceId());
            count(sources, taken.source());
            count(destinations, taken.destination());
        }
        int freeMoving = limits.moving() - moving;
        int freeLooking = limits.looking() - looking;
        List<Job> next = new ArrayList<>();
        for (Entry entry : waiting) {
            boolean moves = entry.job().wish().kind().movesData();
            if ((moves ? freeMoving : freeLooking) > 0
                    && isBelow(workspaces, entry.job().wish().workspaceId(), limits.perWorkspace())
                    && isBelow(sources, entry.source(), limits.perSource())
                    && isBelow(destinations, entry.destination(), limits.perDestination())) {
                count(workspaces, entry.job().wish().workspaceId());
                count(sources, entry.source());
                count(destinations, entry.destination());
                freeMoving -= moves ? 1 : 0;
                freeLooking -= moves ? 0 : 1;
                next.add(entry.job());
            }
        }
        return next;
    }

    private static void count(Map<UUID, Integer> counts, @Nullable UUID id) {
        if (id != null) {
            counts.merge(id, 1, Integer::sum);
        }
    }

    private static boolean isBelow(Map<UUID, Integer> counts, @Nullable UUID id, int limit) {
        return id == null || counts.getOrDefault(id, 0) < limit;
    }

    private static Entry read(Row row) throws SQLException {
        return new Entry(JobRows.readJob(row), row.idOrNull("source_id"), row.idOrNull("destination_id"));
    }
}
