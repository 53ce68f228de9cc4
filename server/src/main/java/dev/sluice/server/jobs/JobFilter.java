package dev.sluice.server.jobs;

import dev.sluice.server.store.Where;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are meant.
 *
 * @param workspaceIds in which workspaces
 * @param connectionId of which connection; null for any
 * @param kinds what for; empty for anything
 * @param statuses how they stand; empty for any
 * @param created when somebody wanted them
 * @param updated when something became of them last
 */
public record JobFilter(
        Collection<UUID> workspaceIds,
        @Nullable UUID connectionId,
        Set<JobKind> kinds,
        Set<JobStatus> statuses,
        Span created,
        Span updated) {
    public JobFilter {
        workspaceIds = List.copyOf(workspaceIds);
        kinds = Set.copyOf(kinds);
        statuses = Set.copyOf(statuses);
    }

    /**
     * A time.
     *
     * @param from its beginning; null for none
     * @param to its end, which is within; null for none
     */
    public record Span(@Nullable Instant from, @Nullable Instant to) {
        /** Always. */
        public static final Span ALWAYS = new Span(null, null);

        private void restrict(Where where, String column) {
            if (from != null) {
                where.and(column + " >= ?", from);
            }
            if (to != null) {
                where.and(column + " <= ?", to);
            }
        }
    }

    /** The runs of a connection. */
    public static JobFilter of(UUID workspaceId, UUID connectionId) {
        return new JobFilter(List.of(workspaceId), connectionId, Set.of(), Set.of(), Span.ALWAYS, Span.ALWAYS);
    }

    Where where() {
        Where where = new Where().in("workspace_id", workspaceIds);
        if (connectionId != null) {
            where.and("connection_id = ?", connectionId);
        }
        if (!kinds.isEmpty()) {
            where.in("kind", kinds);
        }
        if (!statuses.isEmpty()) {
            where.in("status", statuses);
        }
        created.restrict(where, "created_at");
        updated.restrict(where, "updated_at");
        return where;
    }
}
