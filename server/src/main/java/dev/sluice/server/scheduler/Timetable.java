package dev.sluice.server.scheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Begins runs when they are due, in whichever server is the first to see it, and sweeps up. */
public final class Timetable implements AutoCloseable {
    /** So late is a run at most by looking alone, of the second that it may be late in all. One look reads one index. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final int THREADS = 4;

    /** Within this time after its first start a server sweeps everything up once. */
    private static final Duration SPREAD = Duration.ofHours(1);

    private final Store store;
    private final Schedules schedules;
    private final Jobs jobs;
    private final Runnable wake;
    private final Clock clock;
    private final Scheduler scheduler;

    /**
     * Something that is done from time to time, by one of the servers.
     *
     * @param name its name, which no other has
     * @param pause how long it rests in between
     * @param work what is done
     */
    public record Sweep(String name, Duration pause, Runnable work) {}

    /**
     * A timetable that is not followed yet.
     *
     * @param server the process
     * @param wake called after a job was added
     */
    public Timetable(
            Store store, UUID server, Schedules schedules, Jobs jobs, Runnable wake, Clock clock, List<Sweep> sweeps) {
        this.store = store;
        this.schedules = schedules;
        this.jobs = jobs;
        this.wake = wake;
        this.clock = clock;
        List<Task<?>> known = List.of(Tasks.custom(Schedules.RUN)
                .onFailure((FailureHandler<Void>) (failed, operations) ->
                        operations.reschedule(failed, clock.instant().plus(BEAT)))
                .onDeadExecutionRevive()
                .execute((instance, _) -> run(UUID.fromString(instance.getId()))));
        List<RecurringTask<Void>> recurring = new ArrayList<>();
        for (int i = 0; i < sweeps.size(); i++) {
            Sweep sweep = sweeps.get(i);
            Duration first = first(sweep.pause(), i, sweeps.size());
            recurring.add(Tasks.recurring("sweep " + sweep.name(), new After(first, FixedDelay.of(sweep.pause())))
                    .execute((_, _) -> sweep.work().run()));
        }
        scheduler = Scheduler.create(store.connections(), known)
                .startTasks(recurring)
                .tableName(Schedules.TABLE)
                .jdbcCustomization(Schedules.customization(store.dialect()))
                .schedulerName(new SchedulerName.Fixed(server.toString()))
                .pollingInterval(LOOK)
                .heartbeatInterval(BEAT)
                .missedHeartbeatsLimit(4)
                .threads(THREADS)
                .failureLogging(LogLevel.WARN, false)
                .clock(clock::instant)
                .build();
    }

    /** When a sweep comes the first time: one after the other, so that a server that starts has something else to do. */
    static Duration first(Duration pause, int place, int all) {
        Duration span = pause.compareTo(SPREAD) < 0 ? pause : SPREAD;
        return span.multipliedBy(place + 1L).dividedBy(all);
    }

    /** A schedule that begins later. */
    private record After(Duration first, Schedule then) implements Schedule {
        @Override
        public Instant getNextExecutionTime(ExecutionComplete complete) {
            return then.getNextExecutionTime(complete);
        }

        @Override
        public boolean isDeterministic() {
            return then.isDeterministic();
        }

        @Override
        public Instant getInitialExecutionTime(Instant now) {
            return now.plus(first);
        }
    }

    /** Follows it from now on; connections that are in none yet come into it. */
    public void start() {
        for (UUID connectionId : store.read(Connections::unscheduled)) {
            store.change(transaction -> schedules.arrange(transaction, connectionId));
        }
        scheduler.start();
    }

    private CompletionHandler<Void> run(UUID connectionId) {
        if (store.<Boolean>compute(transaction -> begin(transaction, connectionId))) {
            wake.run();
        }
        return (complete, operations) -> {
            Optional<Instant> next = store.compute(transaction -> {
                Optional<Instant> time = schedules.next(transaction, connectionId);
                Jobs.saveNextRun(transaction, connectionId, time.orElse(null));
                return time;
            });
            if (next.isPresent()) {
                operations.reschedule(complete, next.get());
            } else {
                operations.remove();
            }
        };
    }

    /** Whether it is still due is looked at once more: it may have been edited, or run by hand, a moment ago. */
    private boolean begin(Transaction transaction, UUID connectionId) throws SQLException {
        boolean isDue = schedules
                        .due(transaction, connectionId)
                        .filter(time -> !time.isAfter(clock.instant()))
                        .isPresent()
                && Jobs.openOf(transaction, connectionId).isEmpty();
        if (isDue) {
            UUID workspaceId = new Connections(clock)
                    .find(transaction, connectionId)
                    .orElseThrow()
                    .workspaceId();
            jobs.add(transaction, JobWish.of(workspaceId, JobKind.SYNC, connectionId, null));
        }
        return isDue;
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
