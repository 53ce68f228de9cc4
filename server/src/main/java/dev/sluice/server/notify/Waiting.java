package dev.sluice.server.notify;

import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.Workspaces;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells once of each run that waits for others to end, in workspaces that want to hear of it. */
public final class Waiting {
    /** Whoever begins within this time does not count as waiting. */
    static final Duration LONG = Duration.ofMinutes(1);

    /** How many runs of a workspace are told of at once. */
    private static final int AT_ONCE = 100;

    private final Store store;
    private final Notifier notifier;
    private final Workspaces workspaces;
    private final Jobs jobs;
    private final Clock clock;

    /** The runs of a store. */
    public Waiting(Store store, Notifier notifier, Clock clock) {
        this.store = store;
        this.notifier = notifier;
        this.workspaces = new Workspaces(clock);
        this.jobs = new Jobs(clock, List.of());
        this.clock = clock;
    }

    /** Tells of those that have come to wait. */
    public void tell() {
        List<Workspace> all =
                store.read(transaction -> workspaces.list(transaction, null, false, Page.first(Page.MOST)));
        for (Workspace workspace : all) {
            Wishes wishes = Wishes.of(workspace);
            boolean isWanted = Arrays.stream(Channel.values())
                    .anyMatch(channel -> wishes.wants(Occasion.CONNECTION_SYNC_QUEUED, channel));
            if (isWanted) {
                store.change(transaction -> tell(transaction, workspace));
            }
        }
    }

    private void tell(Transaction transaction, Workspace workspace) throws SQLException {
        Instant before = clock.instant().minus(LONG);
        List<Long> waiting = transaction.all(
                row -> row.number("id"),
                "SELECT id FROM job WHERE open AND lease_owner IS NULL AND started_at IS NULL AND workspace_id = ?"
                        + " AND connection_id IS NOT NULL AND due_at <= ? AND NOT EXISTS (SELECT 1 FROM message"
                        + " WHERE message.workspace_id = job.workspace_id AND message.created_at >= job.created_at"
                        + " AND message.job_id = job.id AND message.occasion = ?) ORDER BY due_at, id LIMIT ?",
                workspace.id(),
                before,
                Occasion.CONNECTION_SYNC_QUEUED,
                AT_ONCE);
        for (long id : waiting) {
            Optional<Job> job = jobs.find(transaction, id);
            if (job.isPresent()) {
                notifier.queued(transaction, job.get());
            }
        }
    }
}
