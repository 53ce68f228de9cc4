package dev.sluice.server.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.Naming;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobFilter;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobOrder;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.testkit.host.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedules that are kept and followed, over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class TimetableTest {
    private static final Schedule DAILY = new Schedule.Every(1, Schedule.Unit.DAYS);

    private final TestStore opened;
    private final Store store;
    private final Clock clock = Clock.systemUTC();
    private final Schedules schedules = new Schedules(clock);
    private final Connections connections = new Connections(clock, null, List.of(schedules));
    private final Jobs jobs = new Jobs(clock, List.of(schedules));
    private final AtomicInteger woken = new AtomicInteger();
    private final AtomicInteger swept = new AtomicInteger();
    private final AtomicInteger sweptDaily = new AtomicInteger();

    TimetableTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private Connection connection(String name, Schedule schedule) {
        return edited(new Rooms(store).connection(name), schedule);
    }

    private Connection edited(Connection connection, Schedule schedule) {
        ConnectionSettings settings = new ConnectionSettings(schedule, Naming.DEFAULT, SchemaRules.DEFAULT, Json.EMPTY);
        return store.compute(
                transaction -> connections.replace(transaction, connection.with(connection.name(), settings)));
    }

    private Timetable timetable() {
        return new Timetable(
                store,
                UUID.randomUUID(),
                schedules,
                jobs,
                woken::incrementAndGet,
                clock,
                List.of(
                        new Timetable.Sweep("dust", Duration.ofDays(1), sweptDaily::incrementAndGet),
                        new Timetable.Sweep("crumbs", Duration.ofMillis(100), swept::incrementAndGet)));
    }

    private List<Job> jobsOf(Connection connection) {
        return store.read(transaction -> jobs.list(
                transaction, JobFilter.of(connection.workspaceId(), connection.id()), JobOrder.NEWEST, Page.first(9)));
    }

    private @Nullable Instant nextRun(Connection connection) {
        return store
                .<List<Instant>>read(transaction -> transaction.all(
                        row -> row.time("next_run_at"),
                        "SELECT next_run_at FROM connection_summary"
                                + " WHERE connection_id = ? AND next_run_at IS NOT NULL",
                        connection.id()))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private long planned() {
        return store.read(transaction ->
                transaction.count("SELECT count(*) AS n FROM scheduled_task WHERE task_name = 'connection'"));
    }

    @Test
    void theNextRunIsKnownAfterEachChange() {
        Connection connection = connection("one", DAILY);
        assertThat(nextRun(connection)).isBetween(clock.instant().minusSeconds(60), clock.instant());
        assertThat(planned()).isEqualTo(1);

        Job job = store.compute(transaction ->
                jobs.add(transaction, JobWish.of(connection.workspaceId(), JobKind.SYNC, connection.id(), null)));
        assertThat(nextRun(connection)).isEqualTo(job.times().createdAt().plus(Duration.ofDays(1)));
        store.compute(transaction -> jobs.cancel(transaction, job.id()));
        assertThat(nextRun(connection)).isEqualTo(job.times().createdAt().plus(Duration.ofDays(1)));

        Connection off = store.compute(transaction -> connections.replace(
                transaction, connection.standing(new Standing(Standing.Status.INACTIVE, null, false))));
        assertThat(nextRun(off)).isNull();
        assertThat(planned()).isZero();
        Connection on = store.compute(transaction -> connections.replace(transaction, off.standing(Standing.ACTIVE)));
        assertThat(nextRun(on)).isNotNull();
        Connection manual = edited(on, new Schedule.Manual());
        assertThat(nextRun(manual)).isNull();
        assertThat(planned()).isZero();
    }

    @Test
    void sweepsComeTheFirstTimeOneAfterTheOther() {
        List<Duration> daily = IntStream.range(0, 4)
                .mapToObj(place -> Timetable.first(Duration.ofDays(1), place, 4))
                .toList();
        assertThat(daily)
                .containsExactly(
                        Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofMinutes(45), Duration.ofHours(1));
        assertThat(Timetable.first(Duration.ofSeconds(8), 1, 4)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whatIsDueBeginsOnceAndTheNextTimeIsKnown() {
        Connection first = connection("one", DAILY);
        Connection second = connection("two", new Schedule.Cron("* * * * * ?", "UTC"));
        Connection manual = connection("three", new Schedule.Manual());
        try (Timetable timetable = timetable()) {
            timetable.start();
            Await.until(
                    "both begin",
                    () -> !jobsOf(first).isEmpty() && !jobsOf(second).isEmpty());
            Await.until("two sweeps", () -> swept.get() >= 2);
            assertThat(sweptDaily)
                    .as("what comes once a day does not come at once")
                    .hasValue(0);
            assertThat(jobsOf(first))
                    .hasSize(1)
                    .allSatisfy(job -> assertThat(job.wish().kind()).isEqualTo(JobKind.SYNC));
            assertThat(jobsOf(manual)).isEmpty();
            Await.until("a wake-up for each", () -> woken.get() == 2); // it follows the commit that the test sees
            Instant created = jobsOf(first).getFirst().times().createdAt();
            Await.until("the next time", () -> created.plus(Duration.ofDays(1)).equals(nextRun(first)));
        }
        store.compute(transaction ->
                jobs.cancel(transaction, jobsOf(second).getFirst().id()));
        assertThat(nextRun(second))
                .as("not within a minute behind the last one")
                .isBetween(
                        jobsOf(second).getFirst().times().createdAt().plusSeconds(60),
                        jobsOf(second).getFirst().times().createdAt().plusSeconds(62));
    }

    @Test
    void whatWasNeverWrittenDownComesIntoTheTimetableAtItsStart() {
        Connection connection = connection("one", DAILY);
        store.change(transaction -> {
            transaction.change("DELETE FROM scheduled_task");
            transaction.change("UPDATE connection_summary SET next_run_at = NULL");
        });
        try (Timetable timetable = timetable()) {
            timetable.start();
            Await.until("it begins", () -> !jobsOf(connection).isEmpty());
        }
    }
}
