package dev.sluice.server.scheduler;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps for each connection when it runs next, in the transactions that change it: when the connection is edited, when a
 * run of it is wanted, and when one ends.
 */
public final class Schedules implements JobListener, ConnectionListener {
    static final TaskDescriptor<Void> RUN = TaskDescriptor.of("connection");
    static final String TABLE = "scheduled_task";

    /** So that the library knows the name; who only writes down when does not run it. */
    private static final Task<Void> NAMED = Tasks.custom(RUN).execute((run, _) -> {
        throw new IllegalStateException("not run here: " + run.getId());
    });

    /** While it runs, a look at it so often is a safety net; the end of the job brings the next time. */
    private static final Duration WHILE_RUNNING = Duration.ofSeconds(30);

    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param clock the time
     */
    public Schedules(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void changed(Transaction transaction, UUID connectionId) throws SQLException {
        arrange(transaction, connectionId);
    }

    @Override
    public void added(Transaction transaction, Job job) throws SQLException {
        arrange(transaction, job);
    }

    @Override
    public void ended(Transaction transaction, Job job) throws SQLException {
        arrange(transaction, job);
    }

    private void arrange(Transaction transaction, Job job) throws SQLException {
        UUID connectionId = job.wish().connectionId();
        if (connectionId != null) {
            arrange(transaction, connectionId);
        }
    }

    /** Writes down when a connection runs next. */
    void arrange(Transaction transaction, UUID connectionId) throws SQLException {
        Optional<Instant> next = next(transaction, connectionId);
        Jobs.saveNextRun(transaction, connectionId, next.orElse(null));
        SchedulerClient client = SchedulerClient.Builder.create(new OneConnection(transaction.connection()), NAMED)
                .tableName(TABLE)
                .jdbcCustomization(customization(transaction.dialect()))
                .build();
        TaskInstance<Void> run = RUN.instance(connectionId.toString()).build();
        try {
            if (next.isEmpty()) {
                if (client.getScheduledExecution(run).isPresent()) {
                    client.cancel(run);
                }
            } else if (client.getScheduledExecution(run).isPresent()) {
                client.reschedule(run, next.get());
            } else {
                client.scheduleIfNotExists(run, next.get());
            }
        } catch (TaskInstanceCurrentlyExecutingException beginsNow) {
            // It looks at the connection once more when it has done what it does.
        }
    }

    /** When a connection is to be looked at next; nothing if it does not run by itself. */
    Optional<Instant> next(Transaction transaction, UUID connectionId) throws SQLException {
        Instant now = clock.instant();
        boolean isOpen = Jobs.openOf(transaction, connectionId).isPresent();
        return due(transaction, connectionId).map(time -> later(time, isOpen ? now.plus(WHILE_RUNNING) : now));
    }

    /** When a connection is due; nothing if it does not run by itself, a time that is past if it should run now. */
    Optional<Instant> due(Transaction transaction, UUID connectionId) throws SQLException {
        Optional<Connection> found = new Connections(clock)
                .find(transaction, connectionId)
                .filter(there -> there.life().isThere() && there.standing().status() == Standing.Status.ACTIVE);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Instant last = Jobs.lastOf(transaction, connectionId)
                .map(job -> job.times().createdAt())
                .orElse(null);
        return Times.next(
                found.get().settings().schedule(), last, found.get().life().updatedAt());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    static JdbcCustomization customization(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> new SqliteJdbcCustomization();
            case POSTGRES -> new PostgreSqlJdbcCustomization(false, false);
        };
    }
}
