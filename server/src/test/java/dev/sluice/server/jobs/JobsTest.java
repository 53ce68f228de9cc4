package dev.sluice.server.jobs;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.server.Rooms;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionFilter;
import dev.sluice.server.connections.ConnectionList;
import dev.sluice.server.connections.ConnectionOrder;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.ShownStatus;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of jobs, over both databases: step by step, without a thread. */
@ParameterizedClass
@EnumSource(Dialect.class)
class JobsTest {
    private static final StreamId ORDERS = StreamId.of("orders");
    private static final Problem PASSING =
            Problem.of("E_X", ProblemKind.TRANSIENT, "it broke").at("there");

    private final TestStore opened;
    private final Store store;
    private final Rooms rooms;
    private final Time time = new Time();
    private final List<String> heard = new ArrayList<>();
    private final Leases leases = new Leases(UUID.randomUUID());
    private final List<JobListener> listeners = List.of(new Hearing());
    private final Jobs jobs = new Jobs(time, listeners);
    private final Attempts attempts = new Attempts(UUID.randomUUID(), leases, time, listeners);
    private final Connection connection;

    private final class Hearing implements JobListener {
        @Override
        public void added(Transaction transaction, Job job) {
            heard.add("added");
        }

        @Override
        public void began(Transaction transaction, Job job) {
            heard.add("began");
        }

        @Override
        public void ended(Transaction transaction, Job job) {
            heard.add(job.status().name());
        }

        @Override
        public void warned(Transaction transaction, Job job, FailureRow row) {
            heard.add("warned after " + row.jobs());
        }

        @Override
        public void disabled(Transaction transaction, Job job, FailureRow row) {
            heard.add("disabled after " + row.jobs());
        }
    }

    /** A clock that goes when it is told. */
    private static final class Time extends Clock {
        private Instant now = TestStore.CLOCK.instant();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    JobsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        rooms = new Rooms(store);
        connection = rooms.connection("one");
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private Job add(JobKind kind) {
        return add(connection, kind);
    }

    private Job add(Connection of, JobKind kind) {
        return store.compute(transaction -> jobs.add(transaction, JobWish.of(of.workspaceId(), kind, of.id(), null)));
    }

    private List<Job> next(Limits limits, int moving) {
        return store.compute(transaction -> new Queue(limits).next(transaction, time.instant(), moving, 0));
    }

    private RunningJob begin() {
        return store.compute(transaction -> attempts.begin(
                        transaction,
                        new Queue(Limits.USUAL)
                                .next(transaction, time.instant(), 0, 0)
                                .getFirst()))
                .orElseThrow();
    }

    private Job end(RunningJob running, AttemptResult result) {
        return end(running, result, false);
    }

    private Job end(RunningJob running, AttemptResult result, boolean stopping) {
        store.change(transaction -> attempts.end(transaction, running, result, stopping));
        return find(running.job().id());
    }

    private Job find(long id) {
        return store.read(transaction -> jobs.find(transaction, id)).orElseThrow();
    }

    private ShownStatus shown() {
        return store.read(transaction -> ConnectionList.list(
                        transaction,
                        ConnectionFilter.of(connection.workspaceId()),
                        ConnectionOrder.NAME,
                        Page.first(9)))
                .getFirst()
                .status();
    }

    private static List<AttemptStream> orders(StreamStatus status, long committed, long before) {
        return List.of(new AttemptStream(
                ORDERS,
                status,
                new AttemptStream.Counts(committed + 2, 10 * committed, committed, 1, 1, before, 90),
                status == StreamStatus.FAILED ? PASSING : null,
                new Json("{\"notes\": [\"a\"]}")));
    }

    @Test
    void aJobGoesFromTheQueueToItsEnd() {
        Job job = add(JobKind.SYNC);
        assertThat(shown()).isEqualTo(ShownStatus.QUEUED);
        RunningJob running = begin();
        assertThat(shown()).isEqualTo(ShownStatus.RUNNING);
        assertThat(running.attempt()).isZero();
        assertThat(running.held().job().syncId()).isEqualTo(time.instant().toEpochMilli());

        List<AttemptStream> halfway = orders(StreamStatus.RUNNING, 20, 0);
        assertThat(store.<Attempts.Sign>compute(
                        transaction -> attempts.report(transaction, running, halfway, List.of())))
                .isEqualTo(Attempts.Sign.GO_ON);
        assertThat(store.<List<Attempt>>read(transaction -> jobs.attempts(transaction, job.id()))
                        .getFirst()
                        .totals())
                .isEqualTo(new Job.Totals(20, 200, 1));

        Job ended = end(running, AttemptResult.succeeded(orders(StreamStatus.COMPLETE, 50, 0)));
        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.totals()).isEqualTo(new Job.Totals(50, 500, 1));
        assertThat(ended.course().owner()).isNull();
        assertThat(shown()).isEqualTo(ShownStatus.HEALTHY);
        assertThat(store.<List<AttemptStream>>read(transaction -> jobs.streams(transaction, job.id(), 0)))
                .singleElement()
                .satisfies(stream -> {
                    assertThat(stream.counts()).isEqualTo(new AttemptStream.Counts(52, 500, 50, 1, 1, 0, 90));
                    assertThat(stream.details().text()).contains("notes");
                });
        assertThat(heard).containsExactly("added", "began", "SUCCEEDED");
        assertProblem(() -> end(running, AttemptResult.succeeded(List.of())), "E_LEASE_LOST");
    }

    @Test
    void aConnectionRunsOnceAtATime() {
        Job job = add(JobKind.SYNC);
        assertProblem(() -> add(JobKind.CLEAR), "E_JOB_OPEN");
        end(begin(), AttemptResult.succeeded(List.of()));
        Job next = add(JobKind.CLEAR);
        assertThat(next.id()).isGreaterThan(job.id());
        RunningJob clearing = begin();
        assertThat(clearing.held().job().syncId())
                .as("grows though the clock stands still")
                .isEqualTo(time.instant().toEpochMilli() + 1);
        end(clearing, AttemptResult.succeeded(List.of()));
        assertThat(shown()).isEqualTo(ShownStatus.NOT_SYNCED);
        store.change(transaction -> new Connections(time).delete(transaction, connection));
        assertProblem(() -> add(JobKind.SYNC), "E_CONNECTION_GONE");
    }

    @Test
    void aFailedAttemptIsFollowedByAnotherOneOnceTheWaitIsOver() {
        add(JobKind.SYNC);
        Job waiting = end(begin(), AttemptResult.failed(PASSING, orders(StreamStatus.FAILED, 0, 0)));
        assertThat(waiting.status()).isEqualTo(JobStatus.INCOMPLETE);
        assertThat(waiting.course().failures()).isEqualTo(FailureCount.NONE.complete());
        assertThat(next(Limits.USUAL, 0)).isEmpty();

        time.now = time.now.plusSeconds(10);
        RunningJob second = begin();
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(second.held().job().syncId()).isEqualTo(waiting.course().syncId());
        Job again = end(second, AttemptResult.failed(PASSING, orders(StreamStatus.FAILED, 30, 0)));
        assertThat(again.course().failures())
                .isEqualTo(FailureCount.NONE.complete().partial());
        Job ended = end(begin(), AttemptResult.succeeded(orders(StreamStatus.COMPLETE, 20, 30)));
        assertThat(ended.totals().records()).as("what both attempts committed").isEqualTo(50);
        assertThat(store.<List<Attempt>>read(transaction -> jobs.attempts(transaction, ended.id())))
                .extracting(Attempt::status)
                .containsExactly(Attempt.Status.FAILED, Attempt.Status.FAILED, Attempt.Status.SUCCEEDED);
        assertThat(heard).containsExactly("added", "began", "SUCCEEDED");
    }

    @Test
    void whatAnAttemptDiscardedDoesNotCount() {
        add(JobKind.SYNC);
        end(begin(), AttemptResult.failed(PASSING, orders(StreamStatus.FAILED, 30, 0)));
        Job ended = end(begin(), AttemptResult.succeeded(orders(StreamStatus.COMPLETE, 50, 0)));
        assertThat(ended.totals().records()).isEqualTo(50);
    }

    @Test
    void whatCannotPassEndsTheJobAtOnce() {
        add(JobKind.SYNC);
        Job job = end(begin(), AttemptResult.failed(Problem.of("E_CONFIG", ProblemKind.CONFIG, "wrong"), List.of()));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(shown()).isEqualTo(ShownStatus.FAILED);
        assertThat(store.<List<Attempt>>read(transaction -> jobs.attempts(transaction, job.id()))
                        .getFirst()
                        .failure())
                .isEqualTo(Problem.of("E_CONFIG", ProblemKind.CONFIG, "wrong"));
    }

    @Test
    void cancellingEndsWhatWaitsAtOnceAndWhatRunsSoon() {
        Job waiting = add(JobKind.SYNC);
        assertThat(store.<Job>compute(transaction -> jobs.cancel(transaction, waiting.id()))
                        .status())
                .isEqualTo(JobStatus.CANCELLED);
        assertProblem(() -> store.compute(transaction -> jobs.cancel(transaction, waiting.id())), "E_JOB_ENDED");

        add(JobKind.SYNC);
        RunningJob running = begin();
        Job wished = store.compute(
                transaction -> jobs.cancel(transaction, running.job().id()));
        assertThat(wished.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(store.<Attempts.Sign>compute(
                        transaction -> attempts.report(transaction, running, List.of(), List.of())))
                .isEqualTo(Attempts.Sign.CANCEL);
        assertThat(end(running, AttemptResult.stopped(List.of())).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void whatTheServerStopsGoesOnAndIsNobodysFailure() {
        add(JobKind.SYNC);
        Job job = end(begin(), AttemptResult.stopped(List.of()), true);
        assertThat(job.status()).isEqualTo(JobStatus.INCOMPLETE);
        assertThat(job.course().failures()).isEqualTo(FailureCount.NONE);
        assertThat(begin().attempt()).isEqualTo(1);
    }

    @Test
    void aJobOfTheDeadGoesOnAtOnceAndNotForever() {
        Job job = add(JobKind.SYNC);
        for (int death = 1; death <= 5; death++) {
            RunningJob dead = begin();
            store.change(transaction -> attempts.takeOver(transaction, dead.lease()));
            assertProblem(() -> end(dead, AttemptResult.succeeded(List.of())), "E_LEASE_LOST");
        }
        assertThat(find(job.id()).status()).isEqualTo(JobStatus.FAILED);
        assertThat(store.<List<Attempt>>read(transaction -> jobs.attempts(transaction, job.id())))
                .hasSize(5)
                .extracting(Attempt::failure)
                .allSatisfy(failure -> assertThat(String.valueOf(failure)).contains("E_SERVER_DIED"));

        add(JobKind.SYNC);
        RunningJob dead = begin();
        store.compute(transaction -> jobs.cancel(transaction, dead.job().id()));
        store.change(transaction -> attempts.takeOver(transaction, dead.lease()));
        assertThat(find(dead.job().id()).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void limitsHoldBackWhatWaitsAndLetOthersPass() {
        Connection second = rooms.connection("two");
        Job first = add(JobKind.SYNC);
        Job other = add(second, JobKind.SYNC);
        Job check = store.compute(transaction -> jobs.add(
                transaction,
                JobWish.ofActor(
                        connection.workspaceId(),
                        JobKind.CHECK,
                        connection.ends().sourceId(),
                        null)));
        assertThat(next(Limits.USUAL, 0)).extracting(Job::id).containsExactly(first.id(), other.id(), check.id());
        assertThat(next(new Limits(1, 5, 9, 9, 9), 0)).extracting(Job::id).containsExactly(first.id(), check.id());
        assertThat(next(new Limits(1, 5, 9, 9, 9), 1)).extracting(Job::id).containsExactly(check.id());
        assertThat(next(new Limits(9, 5, 1, 9, 9), 0)).extracting(Job::id).containsExactly(first.id(), other.id());
        begin();
        assertThat(next(new Limits(9, 5, 9, 1, 9), 1)).extracting(Job::id).containsExactly(other.id(), check.id());
        assertThat(next(new Limits(9, 5, 1, 9, 9), 1)).extracting(Job::id).containsExactly(other.id());
    }

    @Test
    void whatWaitsBehindManyThatMayNotBeginIsFound() {
        for (int i = 0; i < 7; i++) {
            store.change(transaction -> jobs.add(
                    transaction,
                    JobWish.ofActor(
                            connection.workspaceId(),
                            JobKind.CHECK,
                            connection.ends().sourceId(),
                            null)));
        }
        Job second = add(rooms.connection("two"), JobKind.SYNC);
        Job third = add(rooms.connection("three"), JobKind.SYNC);
        List<Job> next = store.compute(
                transaction -> new Queue(new Limits(9, 9, 1, 9, 9), 2).next(transaction, time.instant(), 0, 0));
        assertThat(next).extracting(Job::id).hasSize(3).contains(second.id(), third.id());
        List<Job> without = store.compute(
                transaction -> new Queue(new Limits(1, 1, 9, 9, 9), 3).next(transaction, time.instant(), 0, 1));
        assertThat(without).extracting(Job::id).containsExactly(second.id());
    }

    @Test
    void aRunOfAConnectionThatIsDeletedEnds() {
        Job waiting = add(JobKind.SYNC);
        Connection other = rooms.connection("two");
        Job stays = add(other, JobKind.SYNC);
        Connections connections = new Connections(time, null, List.of(new DeletedConnections(jobs)));
        store.change(transaction -> connections.replace(transaction, other.with("renamed", other.settings())));
        store.change(transaction -> connections.delete(transaction, connection));
        assertThat(find(waiting.id()).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(find(stays.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void aConnectionThatOnlyFailsIsSwitchedOffAfterAWarning() {
        for (int day = 0; day < 30; day++) {
            time.now = time.now.plus(Duration.ofHours(6));
            add(JobKind.SYNC);
            end(begin(), AttemptResult.failed(Problem.of("E_CONFIG", ProblemKind.CONFIG, "wrong"), List.of()));
        }
        assertThat(heard.stream().filter(event -> event.contains("after")))
                .containsExactly("warned after 20", "disabled after 30");
        Standing standing = store.<Optional<Connection>>read(
                        transaction -> new Connections(time).find(transaction, connection.id()))
                .orElseThrow()
                .standing();
        assertThat(standing.status()).isEqualTo(Standing.Status.INACTIVE);
        assertThat(standing.reason()).isEqualTo("TOO_MANY_FAILED_JOBS_WITH_NO_RECENT_SUCCESS");
        assertThat(shown()).isEqualTo(ShownStatus.PAUSED);
    }

    @Test
    void listsAreFilteredAndOldJobsGo() {
        Job first = add(JobKind.SYNC);
        end(begin(), AttemptResult.succeeded(List.of()));
        time.now = time.now.plusSeconds(60);
        Job second = add(JobKind.CLEAR);
        end(begin(), AttemptResult.failed(Problem.of("E_CONFIG", ProblemKind.CONFIG, "wrong"), List.of()));
        JobFilter all = JobFilter.of(connection.workspaceId(), connection.id());
        assertThat(list(all, JobOrder.NEWEST)).containsExactly(second.id(), first.id());
        assertThat(list(all, JobOrder.OLDEST)).containsExactly(first.id(), second.id());
        assertThat(list(
                        new JobFilter(
                                List.of(connection.workspaceId()),
                                null,
                                Set.of(JobKind.CLEAR, JobKind.REFRESH),
                                Set.of(JobStatus.FAILED),
                                new JobFilter.Span(time.now, null),
                                JobFilter.Span.ALWAYS),
                        JobOrder.CHANGED_LAST))
                .containsExactly(second.id());
        assertThat(store.<Integer>compute(
                        transaction -> jobs.forget(transaction, time.now.plus(Duration.ofDays(1)), 100)))
                .isEqualTo(1);
        assertThat(list(all, JobOrder.CHANGED_FIRST)).containsExactly(second.id());
    }

    private List<Long> list(JobFilter filter, JobOrder order) {
        return store.read(transaction -> jobs.list(transaction, filter, order, Page.first(9))).stream()
                .map(Job::id)
                .toList();
    }
}
