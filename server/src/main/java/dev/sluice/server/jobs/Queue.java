package dev.sluice.server.jobs;

import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which waiting jobs may begin: those that wait the longest first, as far as the limits allow. */
final class Queue {
    /** Tells the lock of those who count from other locks of the database. */
    private static final long COUNTING = 0x736c756963650002L;

    /** How many waiting jobs are looked at together. */
    private static final int SOME = 500;

    private static final String OPEN = "SELECT j.*, c.source_id, c.destination_id FROM job j LEFT JOIN connection c"
            + " ON c.id = j.connection_id";

    private final Limits limits;
    private final int some;

    Queue(Limits limits) {
        this(limits, SOME);
    }

    Queue(Limits limits, int some) {
        this.limits = limits;
        this.some = some;
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
        Room room = new Room(limits, limits.moving() - moving, limits.looking() - looking);
        for (Entry taken : transaction.all(Queue::read, OPEN + " WHERE j.open AND j.lease_owner IS NOT NULL")) {
            room.count(taken);
        }
        List<Job> next = new ArrayList<>();
        List<Entry> waiting = List.of();
        do {
            Where where = new Where().and("j.open AND j.lease_owner IS NULL AND j.due_at <= ?", now);
            if (!waiting.isEmpty()) {
                Job last = waiting.getLast().job();
                where.and("(j.due_at, j.id) > (?, ?)", last.times().dueAt(), last.id());
            }
            room.restrict(where);
            waiting = transaction.all(
                    Queue::read,
                    OPEN + where.sql() + " ORDER BY j.due_at, j.id LIMIT ? OFFSET ?",
                    where.values(new Page(some, 0)));
            for (Entry entry : waiting) {
                if (room.take(entry)) {
                    next.add(entry.job());
                }
            }
        } while (waiting.size() == some && !room.isFull());
        return next;
    }

    private static Entry read(Row row) throws SQLException {
        return new Entry(JobRows.readJob(row), row.idOrNull("source_id"), row.idOrNull("destination_id"));
    }

    /** What the limits leave. What has reached one is not looked at any more, so nobody waits behind it. */
    private static final class Room {
        private final Limits limits;
        private int moving;
        private int looking;
        private final Map<UUID, Integer> workspaces = new HashMap<>();
        private final Map<UUID, Integer> sources = new HashMap<>();
        private final Map<UUID, Integer> destinations = new HashMap<>();

        Room(Limits limits, int moving, int looking) {
            this.limits = limits;
            this.moving = moving;
            this.looking = looking;
        }

        void count(Entry entry) {
            count(workspaces, entry.job().wish().workspaceId());
            count(sources, entry.source());
            count(destinations, entry.destination());
        }

        boolean take(Entry entry) {
            boolean moves = entry.job().wish().kind().movesData();
            boolean fits = (moves ? moving : looking) > 0
                    && isBelow(workspaces, entry.job().wish().workspaceId(), limits.perWorkspace())
                    && isBelow(sources, entry.source(), limits.perSource())
                    && isBelow(destinations, entry.destination(), limits.perDestination());
            if (fits) {
                count(entry);
                moving -= moves ? 1 : 0;
                looking -= moves ? 0 : 1;
            }
            return fits;
        }

        boolean isFull() {
            return moving <= 0 && looking <= 0;
        }

        void restrict(Where where) {
            where.in(
                    "j.kind",
                    Arrays.stream(JobKind.values())
                            .filter(kind -> (kind.movesData() ? moving : looking) > 0)
                            .toList());
            without(where, "j.workspace_id", workspaces, limits.perWorkspace());
            without(where, "c.source_id", sources, limits.perSource());
            without(where, "c.destination_id", destinations, limits.perDestination());
        }

        private static void without(Where where, String column, Map<UUID, Integer> counts, int limit) {
            List<UUID> full = counts.keySet().stream()
                    .filter(id -> !isBelow(counts, id, limit))
                    .toList();
            if (!full.isEmpty()) {
                String marks = String.join(", ", Collections.nCopies(full.size(), "?"));
                where.and(
                        "(" + column + " IS NULL OR " + column + " NOT IN (" + marks + "))",
                        full.toArray(Object[]::new));
            }
        }

        private static void count(Map<UUID, Integer> counts, @Nullable UUID id) {
            if (id != null) {
                counts.merge(id, 1, Integer::sum);
            }
        }

        private static boolean isBelow(Map<UUID, Integer> counts, @Nullable UUID id, int limit) {
            return id == null || counts.getOrDefault(id, 0) < limit;
        }
    }
}
